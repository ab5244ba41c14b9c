import hmac

import httpx
import requests
from agents.mcp import MCPServerSse, MCPServerStdio
from fastapi import Depends, FastAPI, Request
from fastmcp import FastMCP
from fastmcp.server.auth import JWTVerifier
from fastmcp.server.dependencies import get_http_headers
from langchain_mcp_adapters.client import MultiServerMCPClient
from mcp import StdioServerParameters
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamablehttp_client

app = FastAPI()

# ruleid: mcp-unpinned-server
files = StdioServerParameters(command="npx", args=["-y", "@modelcontextprotocol/server-filesystem", "notes"])
# ruleid: mcp-unpinned-server
fetch = MCPServerStdio(params={"command": "uvx", "args": ["mcp-server-fetch"]})
# ruleid: mcp-unpinned-server
many = MultiServerMCPClient({"git": {"command": "npx", "args": ["@cyanheads/git-mcp-server@latest"], "transport": "stdio"}})

# ok: mcp-unpinned-server
pinned = StdioServerParameters(command="npx", args=["-y", "@modelcontextprotocol/server-filesystem@2026.1.14", "notes"])
# ok: mcp-unpinned-server
pinned2 = MCPServerStdio(params={"command": "uvx", "args": ["mcp-server-fetch==2026.2.1"]})
# ok: mcp-unpinned-server
own = StdioServerParameters(command="python", args=["server.py"])
# ok: mcp-unpinned-server
local = StdioServerParameters(command="npx", args=["-y", "./server"])


async def clients():
    # ruleid: mcp-insecure-transport
    async with sse_client("http://mcp.example.com/sse") as streams:
        print(streams)
    # ruleid: mcp-insecure-transport
    server = MCPServerSse(params={"url": "http://10.1.2.3:8000/sse"})
    # ok: mcp-insecure-transport
    async with sse_client("http://localhost:8000/sse"):
        pass
    # ok: mcp-insecure-transport
    async with streamablehttp_client("https://mcp.example.com/mcp"):
        return server


mcp = FastMCP("open")
# ruleid: mcp-insecure-transport
mcp.run(transport="http", host="0.0.0.0", port=8000)

closed = FastMCP("closed", auth=JWTVerifier(jwks_uri="https://id.example/jwks", audience="x"))
# ok: mcp-insecure-transport
closed.run(transport="http", host="0.0.0.0", port=8000)

inner = FastMCP("inner")
# ok: mcp-insecure-transport
inner.run(transport="http", host="127.0.0.1")


@mcp.tool()
def orders() -> str:
    token = get_http_headers()["authorization"]
    # ruleid: mcp-token-passthrough
    return httpx.get("https://orders.example", headers={"Authorization": token}).text


async def proxy(request: Request):
    headers = {"authorization": request.headers.get("Authorization")}
    # ruleid: mcp-token-passthrough
    return requests.get("https://orders.example", headers=headers)


def forward_all():
    # ruleid: mcp-token-passthrough
    return httpx.post("https://orders.example", headers=get_http_headers())


@mcp.tool()
def exchanged() -> str:
    token = exchange_token(get_http_headers()["authorization"], audience="orders")
    # ok: mcp-token-passthrough
    return httpx.get("https://orders.example", headers={"Authorization": token}).text


async def checked(request: Request):
    caller = verify_token(request.headers["authorization"])
    # ok: mcp-token-passthrough
    return httpx.get("https://orders.example", headers={"X-User": caller, "Authorization": OWN_TOKEN})


async def language(request: Request):
    # ok: mcp-token-passthrough
    return httpx.get("https://orders.example", headers={"Accept-Language": get_http_headers()["accept-language"]})


@mcp.tool(name="search")
def search_orders(query: str) -> str: ...


@mcp.tool(name="search")
# ruleid: mcp-tool-shadow-name
def search_customers(query: str) -> str: ...


@closed.tool(name="search")
# ok: mcp-tool-shadow-name
def search_elsewhere(query: str) -> str: ...


@mcp.tool(name="search_shop")
# ok: mcp-tool-shadow-name
def search_shop(query: str) -> str: ...


@inner.tool()
# ruleid: mcp-tool-shadow-name
def lookup(query: str) -> str: ...


@inner.tool()
# ruleid: mcp-tool-shadow-name
def lookup(query: str, limit: int) -> str: ...


@inner.tool()
# ok: mcp-tool-shadow-name
def lookup_all(query: str) -> str: ...


@app.post("/a2a/tasks")
# ruleid: a2a-unverified-message
async def receive(task: dict):
    return await agent.run(task["text"])


@app.post("/v1/message/send")
# ruleid: a2a-unverified-message
def message(payload: dict):
    return agent.run_sync(payload["message"])


@app.post("/agent/inbox")
# ruleid: a2a-unverified-message
async def inbox(request: Request):
    body = await request.json()
    return await agent.run(body["task"])


@app.post("/a2a/checked")
# ok: a2a-unverified-message
async def receive_checked(task: dict, caller: str = Depends(current_caller)):
    return await agent.run(task["text"])


@app.post("/a2a/signed")
# ok: a2a-unverified-message
async def receive_signed(request: Request):
    check(hmac, request.headers["X-Signature"], await request.body())
    return await agent.run("x")


@app.post("/a2a/verified")
# ok: a2a-unverified-message
async def receive_verified(task: dict):
    verify_caller(task)
    return await agent.run(task["text"])


@app.post("/orders")
# ok: a2a-unverified-message
async def order(task: dict):
    return task
