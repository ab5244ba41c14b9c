import http.client
import os
import urllib.request
from urllib.parse import urljoin

import aiohttp
import httpx
import requests
from cachetools import TTLCache
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from openai import OpenAI

API = "https://api.example.com"
HOST = os.getenv("HOST", "https://default.example.com") # => env read HOST default=https://default.example.com
app = FastAPI()


def plain(city, path, url, verb, payload):
    requests.get("https://api.example.com/v1/users") # => http GET https://api.example.com/v1/users host=api.example.com full
    requests.post(API + "/users", json=payload) # => http POST https://api.example.com/users host=api.example.com full
    requests.get(f"{API}/users/{city}") # => http GET https://api.example.com/users/… host=api.example.com host
    requests.get(f"https://api.example.com{path}") # => http GET https://api.example.com… host= none
    requests.get(f"https://{city}.example.com/x") # => http GET https://….example.com/x host= none
    requests.get(f"https://example.com:8080/{city}") # => http GET https://example.com:8080/… host=example.com host
    requests.get("https://user:pass@example.com/x") # => http GET https://example.com/x host=example.com full
    requests.get("https://api.example.com?q=" + city) # => http GET https://api.example.com?q=… host=api.example.com host
    requests.get(url) # => http GET … host= none
    requests.get(f"{HOST}/users") # => http GET …/users host= none
    requests.request("DELETE", "https://api.example.com/users/1") # => http DELETE https://api.example.com/users/1 host=api.example.com full
    requests.request(verb, url=API) # => http  https://api.example.com host=api.example.com full
    requests.get(urljoin(API, "/v2/x")) # => http GET https://api.example.com/v2/x host=api.example.com full
    requests.get("https://{}/x".format("a.example.com")) # => http GET https://a.example.com/x host=a.example.com full
    requests.get("https://a.example.com/%s" % city) # => http GET https://a.example.com/… host=a.example.com host
    requests.get("https://a.example.com/x" if city else "https://a.example.com/y") # => http GET https://a.example.com/… host=a.example.com host
    requests.get("https://a.example.com/x" if city else "https://b.example.com/y") # => http GET … host= none
    with requests.Session() as s:
        s.get("https://api.example.com/a") # => http GET https://api.example.com/a host=api.example.com full
        s.headers.get("x")


async def clients(path):
    async with httpx.AsyncClient(base_url="https://api.example.com/v1") as client: # => http  https://api.example.com/v1 host=api.example.com full
        await client.get("/users") # => http GET https://api.example.com/v1/users host=api.example.com full
        await client.post(f"/users/{path}") # => http POST https://api.example.com/v1/users/… host=api.example.com host
        await client.get("https://other.example.com/x") # => http GET https://other.example.com/x host=other.example.com full
        async with client.stream("GET", "/events") as r: # => http GET https://api.example.com/v1/events host=api.example.com full
            r.read()
    async with aiohttp.ClientSession() as session:
        async with session.get("https://api.example.com/x") as r: # => http GET https://api.example.com/x host=api.example.com full
            await r.json()
        await session.ws_connect("wss://ws.example.com/x") # => http GET wss://ws.example.com/x host=ws.example.com full
    async with aiohttp.ClientSession(API) as session:
        await session.delete("/x") # => http DELETE https://api.example.com/x host=api.example.com full


def stdlib(data):
    urllib.request.urlopen("https://example.com/x") # => http GET https://example.com/x host=example.com full
    urllib.request.urlopen("https://example.com/x", data=data) # => http POST https://example.com/x host=example.com full
    req = urllib.request.Request("https://example.com/req")
    urllib.request.urlopen(req) # => http GET https://example.com/req host=example.com full
    urllib.request.urlretrieve("https://example.com/a.zip", "a.zip") # => http GET https://example.com/a.zip host=example.com full & file write a.zip full
    conn = http.client.HTTPSConnection("example.com", 8443) # => http  https://example.com:8443 host=example.com full
    conn.request("GET", "/path") # => http GET https://example.com:8443/path host=example.com full


class Weather:
    def __init__(self, key, url="https://w.example.com"):
        self.base = "https://weather.example.com"
        self.url = url
        self.session = requests.Session()
        self.client = httpx.Client(base_url=self.base) # => http  https://weather.example.com host=weather.example.com full

    def _url(self, city):
        return f"{self.base}/v1/{city}"

    def get(self, city):
        self.session.get(f"{self.base}/{city}") # => http GET https://weather.example.com/… host=weather.example.com host
        self.client.get("/now") # => http GET https://weather.example.com/now host=weather.example.com full
        requests.get(self._url(city)) # => http GET https://weather.example.com/v1/… host=weather.example.com host
        return requests.get(self.url) # => http GET … host= none


def others(session, client, cache, self_client, request: Request, params):
    session.post("https://hooks.example.com/x") # => http POST https://hooks.example.com/x host=hooks.example.com full
    client.get("/relative")
    cache.get("https://example.com/x")
    ttl = TTLCache(10, 10)
    ttl.get("https://example.com/x")
    params.get("url")
    request.get("https://x")
    test = TestClient(app)
    test.get("/users")
    OpenAI(base_url="https://proxy.example.com/v1") # => http  https://proxy.example.com/v1 host=proxy.example.com full
    OpenAI()


@app.get("/users")
def users():
    return {}


from pydantic import BaseModel


class Tool(BaseModel):
    base: str = "https://tool.example.com"
    version = "v1"

    def run(self):
        requests.get(f"{self.base}/x") # => http GET …/x host= none
        requests.get(f"https://x.example.com/{self.version}") # => http GET https://x.example.com/v1 host=x.example.com full
        inside = httpx.Client(transport=httpx.ASGITransport(app=app), base_url="http://app.example.com")
        inside.get("/x")
        with httpx.Client() as c:
            c.send(httpx.Request("GET", "https://req.example.com/x")) # => http  https://req.example.com/x host=req.example.com full
