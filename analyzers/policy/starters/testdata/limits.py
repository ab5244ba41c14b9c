import asyncio

from aiolimiter import AsyncLimiter
from fastapi import FastAPI
from openai import AsyncOpenAI, OpenAI
from ratelimit import limits, sleep_and_retry

client = OpenAI()
asynchronous = AsyncOpenAI()
limiter = AsyncLimiter(60, 60)
app = FastAPI()


def label(tickets):
    for ticket in tickets:
        # expect: llm_rate_limit warn
        client.responses.create(model="gpt-5-mini", input=ticket)


def label_comprehended(tickets):
    # expect: llm_rate_limit warn
    return [client.responses.create(model="gpt-5-mini", input=t) for t in tickets]


async def limited(tickets):
    for ticket in tickets:
        async with limiter:
            await asynchronous.responses.create(model="gpt-5-mini", input=ticket)


@sleep_and_retry
@limits(calls=60, period=60)
def ask(text):
    return client.responses.create(model="gpt-5-mini", input=text)


def attempts(text):
    for _ in range(3):
        # expect: llm_rate_limit info
        client.responses.create(model="gpt-5-mini", input=text)


def chat():
    while True:
        text = input("> ")
        # expect: llm_rate_limit info
        print(client.responses.create(model="gpt-5-mini", input=text).output_text)


@app.post("/answer")
async def answer(question: str):
    # expect: llm_rate_limit warn
    return await asynchronous.responses.create(model="gpt-5-mini", input=question)


def once(text):
    return client.responses.create(model="gpt-5-mini", input=text)
