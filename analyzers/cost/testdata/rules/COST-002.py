import datetime
import functools
import os
import uuid

import openai
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()
client = openai.OpenAI()


class Verdict(BaseModel):
    reason: str


@app.post("/classify")
def handler(text: str):
    return client.chat.completions.create(model="gpt-6.1-sol", temperature=0, messages=[{"role": "user", "content": f"Classify: {text}"}])  # want COST-002 info: in each web request


@app.get("/motto")
async def constant():
    return client.chat.completions.create(model="gpt-6.1-sol", temperature=0, messages=[{"role": "user", "content": "Write our motto."}])  # want COST-002 warning: the same question each time


@app.post("/deep")
async def through_functions(text: str):
    return asked(text)


def asked(text):
    prompt = "Classify: " + text
    return client.responses.create(model="gpt-6.1-sol", temperature=0, input=prompt)  # want COST-002 info


def looped(tickets):
    for t in tickets:
        client.responses.create(model="gpt-6.1-sol", temperature=0.0, input=f"Classify: {t}")  # want COST-002 info: in a loop
        client.responses.create(model="gpt-6.1-sol", input=f"Classify: {t}", temperature=0, store=False)  # want COST-002
        client.responses.parse(model="gpt-6.1-sol", input=t, text_format=Verdict)  # want COST-002


# Silent from here on.


@app.post("/warm")
def warm(text: str):
    return client.responses.create(model="gpt-6.1-sol", input=f"Classify: {text}")


def no_repetition(text: str):
    return client.responses.create(model="gpt-6.1-sol", temperature=0, input=f"Classify: {text}")


@app.post("/now")
def now(text: str):
    return client.responses.create(model="gpt-6.1-sol", temperature=0, input=f"It is {datetime.datetime.now()}. {text}")


@app.post("/id")
def tagged(text: str):
    tag = uuid.uuid4()
    return client.responses.create(model="gpt-6.1-sol", temperature=0, input=f"[{tag}] {text}")


@app.post("/request")
def of_request(text: str, request_id: str):
    return client.responses.create(model="gpt-6.1-sol", temperature=0, input=f"[{request_id}] {text}")


@app.post("/stream")
def streamed(text: str):
    return client.responses.create(model="gpt-6.1-sol", temperature=0, stream=True, input=f"Classify: {text}")


@app.post("/tools")
def tools(text: str):
    return client.responses.create(model="gpt-6.1-sol", temperature=0, tools=TOOLS, input=f"Classify: {text}")


@app.post("/chat")
def chat(text: str, history: list):
    messages = [{"role": "system", "content": "Be brief."}]
    messages.extend(history)
    return client.chat.completions.create(model="gpt-6.1-sol", temperature=0, messages=messages)


@app.post("/given")
def given(messages: list):
    return client.chat.completions.create(model="gpt-6.1-sol", temperature=0, messages=messages)


def already(tickets, results):
    for t in tickets:
        if t in results:
            continue
        results[t] = client.responses.create(model="gpt-6.1-sol", temperature=0, input=f"Classify: {t}")


def on_disk(tickets):
    for t in tickets:
        if not os.path.exists(t.path):
            client.responses.create(model="gpt-6.1-sol", temperature=0, input=f"Classify: {t}")


def asked_by_a_person():
    while True:
        q = input("> ")
        client.responses.create(model="gpt-6.1-sol", temperature=0, input=q)


def hidden(tickets, **options):
    for t in tickets:
        client.responses.create(model="gpt-6.1-sol", input=f"Classify: {t}", **options)


def improved(text):
    while not good(text):
        text = client.responses.create(model="gpt-6.1-sol", temperature=0, input=f"Improve: {text}").output_text


def various(tickets):
    for t in tickets:
        client.responses.parse(model="gpt-6.1-sol", temperature=0.8, input=t, text_format=Verdict)
