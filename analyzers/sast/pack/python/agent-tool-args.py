import ast
import asyncio
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import traceback
from pathlib import Path
from typing import Literal
from urllib.parse import urlparse

import aiohttp
import httpx
import requests
from agents import Agent, RunContextWrapper, function_tool
from crewai.tools import BaseTool
from google.adk.agents import LlmAgent
from langchain_core.tools import StructuredTool, tool
from mcp.server.fastmcp import FastMCP
from mcp.server.lowlevel import Server
from pydantic_ai import Agent as PydanticAgent, RunContext

mcp = FastMCP("notes")
server = Server("low")
helper = PydanticAgent("openai:gpt-5")
NOTES = Path("notes")
ALLOWED = {"example.com"}
BASE_URL = "https://api.example.com"
db = sqlite3.connect("orders.db")


@tool
def ping(host: str) -> str:
    """Ping a host."""
    # ruleid: tool-arg-shell
    return subprocess.check_output(f"ping -c 1 {host}", shell=True, text=True)


@function_tool
async def shell(ctx: RunContextWrapper, command: str, timeout: int = 10) -> str:
    # ruleid: tool-arg-shell
    process = await asyncio.create_subprocess_shell(command)
    # ok: tool-arg-shell
    await asyncio.create_subprocess_shell(f"sleep {timeout}")
    return str(process)


@mcp.tool(name="grep")
def grep(pattern: str, folder: str = ".") -> str:
    # ruleid: tool-arg-shell
    os.system("grep -r " + pattern + " " + folder)
    # ruleid: tool-arg-shell
    subprocess.run(["bash", "-c", f"grep -r {pattern}"])
    # ruleid: tool-arg-shell
    return subprocess.run(shlex.split(pattern)).stdout


@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list:
    if name == "run":
        # ruleid: tool-arg-shell
        return [os.popen(arguments["command"]).read()]
    return []


class Deploy(BaseTool):
    name: str = "deploy"

    def _run(self, branch: str) -> str:
        # ruleid: tool-arg-shell
        return subprocess.getoutput("git push origin " + branch)


def restart(service: str) -> str:
    # ruleid: tool-arg-shell
    os.system(f"systemctl restart {service}")
    return "done"


restart_tool = StructuredTool.from_function(func=restart, name="restart")


def uptime(host: str) -> str:
    # ruleid: tool-arg-shell
    return os.popen("ssh " + host + " uptime").read()


operator = LlmAgent(name="operator", model="gemini-3", tools=[uptime])


@tool
def ping_list(host: str, count: int, mode: Literal["fast", "slow"] = "fast") -> str:
    # ok: tool-arg-shell
    subprocess.run(["ping", "-c", "1", "--", host], check=True)
    # ok: tool-arg-shell
    subprocess.run(f"ping -c {count} localhost", shell=True)
    # ok: tool-arg-shell
    subprocess.run(f"ping-{mode} localhost", shell=True)
    # ok: tool-arg-shell
    return subprocess.getoutput("ping " + shlex.quote(host))


@tool
def service(name: str) -> str:
    if name not in {"web", "worker"}:
        return "no such service"
    # ok: tool-arg-shell
    return os.popen(f"systemctl status {name}").read()


@mcp.resource("file://{path}")
def file(path: str) -> str:
    # ruleid: tool-arg-path-traversal
    return open(path).read()


@tool
def split(command: str) -> str:
    words = command.split()
    # ruleid: tool-arg-shell
    return subprocess.run(words, capture_output=True, text=True).stdout


def not_a_tool(command: str) -> None:
    # ok: tool-arg-shell
    os.system(command)


@function_tool
def calculate(expression: str) -> str:
    # ruleid: tool-arg-code-exec
    return str(eval(expression, {"__builtins__": {}}))


@helper.tool
def python(ctx: RunContext[None], code: str) -> str:
    namespace = {}
    # ruleid: tool-arg-code-exec
    exec(code, namespace)
    return str(namespace.get("result"))


@mcp.tool()
def script(source: str) -> str:
    # ruleid: tool-arg-code-exec
    return subprocess.run(["python", "-c", source], capture_output=True, text=True).stdout


@function_tool
def parse(expression: str, sandbox=None) -> str:
    # ok: tool-arg-code-exec
    value = ast.literal_eval(expression)
    # ok: tool-arg-code-exec
    return str(value) + sandbox.run_code(expression)


@tool
def power(n: int) -> int:
    # ok: tool-arg-code-exec
    return eval(f"2 ** {n}")


def evaluate(expression: str):
    # ok: tool-arg-code-exec
    return eval(expression)


@mcp.tool()
def read_note(name: str) -> str:
    # ruleid: tool-arg-path-traversal
    return (NOTES / name).read_text()


@tool("write_file")
def write_file(path: str, content: str) -> str:
    full = os.path.join("workspace", path)
    # ruleid: tool-arg-path-traversal
    with open(full, "w") as f:
        f.write(content)
    return "ok"


class Remove(BaseTool):
    name: str = "remove"

    def _run(self, folder: str) -> str:
        # ruleid: tool-arg-path-traversal
        shutil.rmtree(folder)
        return "gone"


@mcp.tool()
def read_checked(name: str) -> str:
    path = (NOTES / name).resolve()
    if not path.is_relative_to(NOTES.resolve()):
        raise ValueError("outside")
    # ok: tool-arg-path-traversal
    return path.read_text()


@mcp.tool()
def read_last_part(name: str, page: int) -> str:
    # ok: tool-arg-path-traversal
    first = (NOTES / os.path.basename(name)).read_text()
    # ok: tool-arg-path-traversal
    second = (NOTES / f"page-{page}.md").read_text()
    # ok: tool-arg-path-traversal
    third = open(resolve_safe(name)).read()
    return first + second + third


@mcp.tool()
def append(text: str) -> str:
    # ok: tool-arg-path-traversal
    with open("log.txt", "a") as f:
        f.write(text)
    return "ok"


@tool
def fetch(url: str) -> str:
    # ruleid: tool-arg-ssrf
    return requests.get(url, timeout=10).text


@mcp.tool()
async def fetch_async(host: str) -> str:
    async with httpx.AsyncClient() as client:
        # ruleid: tool-arg-ssrf
        response = await client.get(f"https://{host}/health")
    return response.text


@function_tool
async def post(url: str, body: str) -> str:
    if not url.startswith("https://"):
        raise ValueError("https only")
    async with aiohttp.ClientSession() as session:
        # ruleid: tool-arg-ssrf
        async with session.post(url, data=body) as response:
            return await response.text()


@tool
def weather(city: str) -> str:
    # ok: tool-arg-ssrf
    first = requests.get(f"https://api.weather.example/v1/{city}").text
    # ok: tool-arg-ssrf
    second = requests.get("https://api.weather.example/v1", params={"q": city}).text
    address = f"https://api.weather.example/v1/{city}"
    if second:
        address += f"?city={city}"
    # ok: tool-arg-ssrf
    third = requests.get(address).text
    # ok: tool-arg-ssrf
    return first + second + third + requests.get(f"{BASE_URL}/{city}").text


@tool
def fetch_listed(url: str) -> str:
    if urlparse(url).hostname not in ALLOWED:
        raise ValueError("not on the list")
    # ok: tool-arg-ssrf
    return requests.get(url, allow_redirects=False).text


@tool
def fetch_validated(url: str) -> str:
    validate_url(url)
    # ok: tool-arg-ssrf
    return requests.get(url).text


@mcp.tool()
def orders(customer: str) -> list:
    # ruleid: tool-arg-sql
    return db.execute(f"SELECT * FROM orders WHERE customer = '{customer}'").fetchall()


@tool
def users(name: str, limit: int = 10) -> list:
    cursor = db.cursor()
    # ruleid: tool-arg-sql
    cursor.execute("SELECT * FROM users WHERE name = '%s' LIMIT %d" % (name, limit))
    return cursor.fetchall()


@function_tool
def run_query(query: str) -> str:
    # ruleid: tool-arg-sql
    return str(db.execute(query).fetchall())


@mcp.tool()
def orders_safe(customer: str, limit: int) -> list:
    # ok: tool-arg-sql
    return db.execute("SELECT * FROM orders WHERE customer = ?", (customer,)).fetchall()


@mcp.tool()
def orders_limit(limit: int) -> list:
    # ok: tool-arg-sql
    return db.execute(f"SELECT * FROM orders LIMIT {limit}").fetchall()


@mcp.tool()
def orders_table(table: str) -> list:
    if table not in ("orders", "customers"):
        raise ValueError(table)
    # ok: tool-arg-sql
    return db.execute(f"SELECT * FROM {table}").fetchall()


@tool
def environment() -> dict:
    # ruleid: tool-returns-secret
    return dict(os.environ)


@mcp.tool()
def config(name: str) -> str:
    key = os.getenv("STRIPE_API_KEY")
    # ruleid: tool-returns-secret
    return json.dumps({"region": "eu", "key": key})


@function_tool
def risky(order: str) -> str:
    try:
        return lookup(order)
    except Exception:
        # ruleid: tool-returns-secret
        return f"failed: {traceback.format_exc()}"


@tool
def settings() -> dict:
    # ok: tool-returns-secret
    return {"lang": os.environ["LANG"], "zone": os.getenv("TZ")}


@tool
def weather_with_key(city: str) -> str:
    key = os.environ["WEATHER_API_KEY"]
    response = requests.get("https://api.weather.example", params={"q": city, "key": key})
    # ok: tool-returns-secret
    return response.text


@tool
def short_error(order: str) -> str:
    try:
        return lookup(order)
    except Exception as error:
        logger.error(traceback.format_exc())
        # ok: tool-returns-secret
        return f"no order {order}: {error}"


def plain() -> dict:
    # ok: tool-returns-secret
    return dict(os.environ)


import sqlite3

archive = sqlite3.connect("archive.db")


@function_tool
def archived(customer: str) -> list:
    query = f"SELECT id FROM orders WHERE customer = '{customer}'"
    # ruleid: tool-arg-sql
    return archive.execute(query).fetchall()


@function_tool
def archived_since(year: str) -> list:
    # ok: tool-arg-sql
    return archive.execute("SELECT id FROM orders WHERE year >= ?", (year,)).fetchall()
