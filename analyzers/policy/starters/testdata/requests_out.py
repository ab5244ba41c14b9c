import os

import httpx
import requests
from openai import OpenAI

API = "https://api.example.org/v2"
client = OpenAI()
local = OpenAI(base_url="http://localhost:11434/v1", api_key="none")
# expect: external_api_whitelist deny
other = OpenAI(base_url="https://llm.example.org/v1")


def send(event, url):
    # expect: external_api_whitelist deny
    requests.post("https://collector.example.net/events", json=event)
    # expect: external_api_whitelist deny
    requests.get(f"{API}/users/{event['id']}")
    # expect: external_api_whitelist warn
    requests.get(url)
    requests.get("http://127.0.0.1:8000/health")
    requests.get("http://ollama:11434/api/tags")
    requests.get("https://api.openai.com/v1/models")
    requests.post("https://team.openai.azure.com/openai/deployments/gpt/chat/completions", json={})


async def fetch(path):
    # expect: external_api_whitelist deny
    async with httpx.AsyncClient(base_url="https://data.example.org") as session:
        # expect: external_api_whitelist deny
        return await session.get(f"/files/{path}")


def configured():
    # expect: external_api_whitelist warn
    return requests.get(os.environ["SERVICE_URL"] + "/status")


def no_request():
    return {"url": "https://docs.example.org", "get": dict().get("https://docs.example.org")}
