import ast
import asyncio
import html
import importlib
import json
import os
import pickle
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlparse, quote

import agents
import anthropic
import boto3
import flask
import httpx
import litellm
import nh3
import ollama
import pandas as pd
import requests
import sqlalchemy
import streamlit as st
import yaml
from agents import Agent, Runner
from crewai import Crew
from fastapi.responses import HTMLResponse
from google import genai
from langchain_openai import ChatOpenAI
from markupsafe import Markup
from openai import AsyncOpenAI, OpenAI
from sqlalchemy import text

client = OpenAI()
claude = anthropic.Anthropic()
llm = ChatOpenAI(model="gpt-5-mini")
OUT = Path("out")
ALLOWED_HOSTS = {"example.com"}
BASE_URL = "https://api.example.com"


def code_openai(question):
    response = client.chat.completions.create(model="gpt-5", messages=[{"role": "user", "content": question}])
    # ruleid: agent-llm-output-code-exec
    return eval(response.choices[0].message.content)


async def code_responses(question):
    answer = await AsyncOpenAI().responses.create(model="gpt-5", input=question)
    source = answer.output_text.strip()
    if source.startswith("```python"):
        source = source.split("```python")[1].split("```")[0]
    namespace = {}
    # ruleid: agent-llm-output-code-exec
    exec(source, namespace)
    return namespace


class Analyst:
    def __init__(self):
        self.client = anthropic.Anthropic()

    def plot(self, df, question):
        message = self.client.messages.create(model="claude-opus-5", max_tokens=500, messages=[{"role": "user", "content": question}])
        # ruleid: agent-llm-output-code-exec
        code = compile(message.content[0].text, "<plot>", "exec")
        # ruleid: agent-llm-output-code-exec
        return df.query(message.content[0].text)

    def stream(self, question):
        with self.client.messages.stream(model="claude-opus-5", max_tokens=500, messages=[{"role": "user", "content": question}]) as stream:
            text = ""
            for part in stream.text_stream:
                text += part
        # ruleid: agent-llm-output-code-exec
        exec(text)

    def tools(self, message):
        for block in message.content:
            if block.type == "tool_use" and block.name == "python":
                # ruleid: agent-llm-output-code-exec
                exec(block.input["code"])


def code_blocks(message):
    for block in message.content:
        if block.type != "tool_use":
            continue
        # ruleid: agent-llm-output-code-exec
        exec(block.input["code"])
    calls = [block for block in message.content if block.type == "tool_use"]
    # ruleid: agent-llm-output-code-exec
    exec(calls[0].input["code"])


def code_pipe(question):
    answers = prompt | llm | parser
    # ruleid: agent-llm-output-code-exec
    exec(answers.invoke({"question": question}))
    helper = ChatOpenAI(model="gpt-5")
    # ruleid: agent-llm-output-code-exec
    exec(helper.invoke(question).content)


def code_chunks(question):
    text = ""
    for chunk in client.chat.completions.create(model="gpt-5", messages=[], stream=True):
        text += chunk.choices[0].delta.content or ""
    # ruleid: agent-llm-output-code-exec
    exec(text)


def code_langchain(question):
    chain = prompt | llm
    # ruleid: agent-llm-output-code-exec
    exec(chain.invoke({"question": question}).content)


def code_module(question):
    reply = ollama.chat(model="llama3", messages=[{"role": "user", "content": question}])
    # ruleid: agent-llm-output-code-exec
    module = importlib.import_module(reply["message"]["content"])
    # ruleid: agent-llm-output-code-exec
    subprocess.run([sys.executable, "-c", reply["message"]["content"]])
    return module


def code_literal(question):
    response = client.chat.completions.create(model="gpt-5", messages=[])
    # ok: agent-llm-output-code-exec
    values = ast.literal_eval(response.choices[0].message.content)
    # ok: agent-llm-output-code-exec
    tree = ast.parse(response.choices[0].message.content)
    # ok: agent-llm-output-code-exec
    return eval("1 + 1"), values, tree, json.loads(response.choices[0].message.content)


def code_number():
    response = client.chat.completions.create(model="gpt-5", messages=[])
    n = int(response.choices[0].message.content)
    # ok: agent-llm-output-code-exec
    return eval(f"2 ** {n}")


def code_other(program):
    result = subprocess.run(["git", "log"], capture_output=True)
    # ok: agent-llm-output-code-exec
    exec(result.stdout)
    response = requests.get("https://example.com")
    # ok: agent-llm-output-code-exec
    return eval(response.text)


def code_sandbox(sandbox, question):
    response = client.chat.completions.create(model="gpt-5", messages=[])
    # ok: agent-llm-output-code-exec
    return sandbox.run_code(response.choices[0].message.content)


def shell_openai(question):
    response = client.chat.completions.create(model="gpt-5", messages=[])
    command = response.choices[0].message.content
    # ruleid: agent-llm-output-shell
    os.system(command)
    # ruleid: agent-llm-output-shell
    subprocess.run(f"git {command}", shell=True, check=True)
    # ruleid: agent-llm-output-shell
    subprocess.run(["bash", "-c", command])
    # ruleid: agent-llm-output-shell
    subprocess.check_output(shlex.split(command))


async def shell_agents(question):
    agent = Agent(name="Operator", instructions="Answer with a command.")
    result = await Runner.run(agent, question)
    # ruleid: agent-llm-output-shell
    process = await asyncio.create_subprocess_shell(result.final_output)
    return process


def shell_tool_calls(messages):
    message = litellm.completion(model="gpt-5", messages=messages).choices[0].message
    for call in message.tool_calls or []:
        args = json.loads(call.function.arguments)
        # ruleid: agent-llm-output-shell
        subprocess.Popen(args["command"], shell=True)


def shell_crew():
    crew = Crew(agents=[], tasks=[])
    # ruleid: agent-llm-output-shell
    os.popen(str(crew.kickoff(inputs={})))


def shell_bedrock():
    bedrock = boto3.client("bedrock-runtime")
    out = bedrock.converse(modelId="anthropic.claude", messages=[])
    # ruleid: agent-llm-output-shell
    os.system(out["output"]["message"]["content"][0]["text"])


def shell_fixed_program():
    message = client.chat.completions.create(model="gpt-5", messages=[]).choices[0].message.content
    # ok: agent-llm-output-shell
    subprocess.run(["git", "commit", "-m", message], check=True)
    # ok: agent-llm-output-shell
    subprocess.run(["git", "status"], input=message, text=True)
    # ok: agent-llm-output-shell
    os.system("say " + shlex.quote(message))


def shell_choice():
    commands = {"status": ["git", "status"], "log": ["git", "log"]}
    message = client.chat.completions.create(model="gpt-5", messages=[]).choices[0].message.content
    # ok: agent-llm-output-shell
    subprocess.run(["git", "log", "-n", str(int(message))])
    if message == "status":
        # ok: agent-llm-output-shell
        subprocess.run("git status", shell=True)


def shell_no_model(runner):
    answer = runner.run("make")
    # ok: agent-llm-output-shell
    os.system(answer.stdout)


def sql_openai(cursor, question):
    response = client.chat.completions.create(model="gpt-5", messages=[])
    sql = response.choices[0].message.content.strip()
    # ruleid: agent-llm-output-sql
    cursor.execute(sql)
    return cursor.fetchall()


def sql_session(session, question):
    sql = llm.invoke(question).content
    # ruleid: agent-llm-output-sql
    return session.execute(text(sql)).all()


def sql_pandas(conn, question):
    gemini = genai.Client()
    answer = gemini.models.generate_content(model="gemini-3", contents=question)
    # ruleid: agent-llm-output-sql
    return pd.read_sql_query(answer.text, conn)


async def sql_fetch(pool, question):
    answer = await litellm.acompletion(model="gpt-5", messages=[])
    name = answer.choices[0].message.content
    # ruleid: agent-llm-output-sql
    rows = await pool.fetch(f"SELECT * FROM users WHERE name = '{name}'")
    # ok: agent-llm-output-sql
    return rows or await pool.fetch("SELECT * FROM users WHERE name = $1", name)


def sql_parameters(cursor):
    city = llm.invoke("Which city?").content
    # ok: agent-llm-output-sql
    cursor.execute("SELECT * FROM hotels WHERE city = %s", (city,))
    # ok: agent-llm-output-sql
    cursor.execute("SELECT * FROM hotels LIMIT " + str(int(city)))


def sql_not_a_database(tool, request_handler):
    answer = llm.invoke("What next?")
    # ok: agent-llm-output-sql
    tool.execute(answer.content)
    # ok: agent-llm-output-sql
    return request_handler.fetch(answer.content)


def html_views(question):
    completion = client.chat.completions.create(model="gpt-5", messages=[])
    answer = completion.choices[0].message.content
    # ruleid: agent-llm-output-html
    page = HTMLResponse(f"<p>{answer}</p>")
    # ruleid: agent-llm-output-html
    st.markdown(answer, unsafe_allow_html=True)
    # ruleid: agent-llm-output-html
    return page, Markup(answer), 1


def html_template(question):
    answer = llm.invoke(question).content
    # ruleid: agent-llm-output-html
    return flask.render_template_string("<b>" + answer + "</b>")


def html_escaped(question):
    answer = client.chat.completions.create(model="gpt-5", messages=[]).choices[0].message.content
    # ok: agent-llm-output-html
    st.markdown(answer)
    # ok: agent-llm-output-html
    page = HTMLResponse(f"<p>{html.escape(answer)}</p>")
    # ok: agent-llm-output-html
    clean = Markup(nh3.clean(answer))
    # ok: agent-llm-output-html
    return flask.render_template("answer.html", answer=answer), page, clean


def path_tool_call(response):
    call = response.choices[0].message.tool_calls[0]
    args = json.loads(call.function.arguments)
    # ruleid: agent-llm-output-path
    with open(args["path"], "w") as f:
        f.write(args["text"])
    # ruleid: agent-llm-output-path
    Path("out", args["name"]).write_text(args["text"])
    # ruleid: agent-llm-output-path
    shutil.rmtree(os.path.join("out", args["name"]))


def path_anthropic(message):
    for block in message.content:
        if block.type == "tool_use":
            # ruleid: agent-llm-output-path
            os.remove(block.input["file"])


def path_content_only(question):
    answer = client.chat.completions.create(model="gpt-5", messages=[]).choices[0].message.content
    # ok: agent-llm-output-path
    Path("answer.md").write_text(answer)
    # ok: agent-llm-output-path
    with open("answer.md", "w") as f:
        f.write(answer)
    name = os.path.basename(answer)
    # ok: agent-llm-output-path
    (OUT / name).write_text("x")


def path_guarded(message):
    for block in message.content:
        if block.type == "tool_use":
            target = (OUT / block.input["name"]).resolve()
            if not target.is_relative_to(OUT.resolve()):
                raise ValueError("outside")
            # ok: agent-llm-output-path
            target.write_text("x")
            # ok: agent-llm-output-path
            Path(safe_path(block.input["name"])).unlink()


def url_requests(response):
    url = json.loads(response.choices[0].message.content)["url"]
    # ruleid: agent-llm-output-url
    page = requests.get(url, timeout=10)
    # ruleid: agent-llm-output-url
    return page, httpx.post(f"https://{url}/hook"), 1


async def url_session(session, question):
    answer = await llm.ainvoke(question)
    # ruleid: agent-llm-output-url
    async with session.get(answer.content) as page:
        return await page.text()


def url_fixed_host(response):
    city = response.choices[0].message.content
    # ok: agent-llm-output-url
    weather = requests.get(f"https://api.weather.example/v1/{city}")
    # ok: agent-llm-output-url
    other = requests.get(f"{BASE_URL}/cities/{city}")
    # ok: agent-llm-output-url
    more = requests.get("https://api.weather.example/v1", params={"q": city})
    # ok: agent-llm-output-url
    last = requests.post(BASE_URL + "/cities/" + city)
    return weather, other, more, last


def url_checked(response):
    url = response.choices[0].message.content
    if urlparse(url).hostname not in ALLOWED_HOSTS:
        raise ValueError("not on the list")
    # ok: agent-llm-output-url
    return requests.get(url, allow_redirects=False)


def deserialize(response):
    text = response.choices[0].message.content
    # ruleid: agent-llm-output-deserialize
    plan = yaml.load(text, Loader=yaml.Loader)
    # ruleid: agent-llm-output-deserialize
    plan = yaml.unsafe_load(text)
    # ruleid: agent-llm-output-deserialize
    return plan, pickle.loads(text.encode())


def deserialize_safe(response, cache):
    text = response.choices[0].message.content
    # ok: agent-llm-output-deserialize
    plan = yaml.safe_load(text)
    # ok: agent-llm-output-deserialize
    plan = yaml.load(text, Loader=yaml.SafeLoader)
    # ok: agent-llm-output-deserialize
    plan = json.loads(text)
    # ok: agent-llm-output-deserialize
    return plan, pickle.loads(cache)


def dispatch(message, tools):
    for call in message.tool_calls:
        # ruleid: agent-llm-json-unvalidated
        function = getattr(tools, call.function.name)
        # ruleid: agent-llm-json-unvalidated
        other = globals()[call.function.name]
        yield function(**json.loads(call.function.arguments)), other


def dispatch_blocks(self, response):
    for block in response.content:
        if block.type == "tool_use":
            # ruleid: agent-llm-json-unvalidated
            yield getattr(self, block.name)(**block.input)


TOOLS = {"search": print}


def dispatch_table(message, tools):
    for call in message.tool_calls:
        # ok: agent-llm-json-unvalidated
        yield TOOLS[call.function.name](**json.loads(call.function.arguments))


def dispatch_listed(message, tools):
    name = message.tool_calls[0].function.name
    if name not in TOOLS:
        raise KeyError(name)
    # ok: agent-llm-json-unvalidated
    function = getattr(tools, name)
    # ok: agent-llm-json-unvalidated
    return function, getattr(message, "content", None)
