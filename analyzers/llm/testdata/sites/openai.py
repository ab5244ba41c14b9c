"""OpenAI's client since 1.0."""
import asyncio
import os
from functools import partial

import openai
from openai import AsyncOpenAI, OpenAI as O

MODEL = "gpt-4o"
SETTINGS = {"model": "gpt-4o-mini", "temperature": 0}
PREFIX = "gpt-"

client = O()
aclient = AsyncOpenAI(api_key=os.environ["KEY"])


def chat():
    client.chat.completions.create(model="gpt-4o-2024-08-06", messages=[])  # site: openai chat.completions gpt-4o-2024-08-06
    client.chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    client.beta.chat.completions.parse(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    client.chat.completions.create(**SETTINGS, messages=[])  # site: openai chat.completions gpt-4o-mini
    client.chat.completions.create(model=PREFIX + "5", messages=[])  # site: openai chat.completions gpt-5 pieced
    client.chat.completions.create(model=os.getenv("MODEL", "gpt-5"), messages=[])  # site: openai chat.completions gpt-5 default
    client.chat.completions.create(model=os.environ["MODEL"], messages=[])  # site: openai chat.completions -
    client.with_options(timeout=3).chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    client.chat.completions.with_raw_response.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    O().chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    openai.chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    with client.chat.completions.stream(model=MODEL, messages=[]) as stream:  # site: openai chat.completions gpt-4o
        for event in stream:
            print(event)


async def others():
    await aclient.responses.create(model="gpt-5", input="hi")  # site: openai responses gpt-5
    await aclient.responses.parse(model="gpt-5", input="hi")  # site: openai responses gpt-5
    await aclient.completions.create(model="gpt-3.5-turbo", prompt="x")  # site: openai completions gpt-3.5-turbo
    await aclient.embeddings.create(model="text-embedding-3-small", input=["a"])  # site: openai embeddings text-embedding-3-small
    async with AsyncOpenAI() as c:
        await c.responses.create(model="gpt-5", input="hi")  # site: openai responses gpt-5


class Bot:
    model = "gpt-4.1"

    def __init__(self, llm: O | None = None, name="gpt-4o"):
        self.client = O()
        self.llm = llm or O()
        self.name = name

    def ask(self, q):
        self.client.chat.completions.create(model=self.model, messages=[q])  # site: openai chat.completions gpt-4.1
        self.llm.chat.completions.create(model=self.name, messages=[q])  # site: openai chat.completions gpt-4o default

    def other(self, c: AsyncOpenAI, untyped, model="gpt-4o"):
        c.responses.create(model=model, input="x")  # site: openai responses gpt-4o default
        untyped.responses.create(model=model, input="x")  # site: openai responses gpt-4o default
        untyped.client.chat.completions.create(messages=[], **untyped.params)  # site: openai chat.completions -


def make():
    return O()


make().chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
ask = client.chat.completions.create
ask(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o

asyncio.to_thread(client.responses.create, model=MODEL, input="x")  # site: openai responses gpt-4o
asyncio.get_event_loop().run_in_executor(None, client.responses.create, *[])  # site: openai responses -
complete = partial(client.chat.completions.create, model=MODEL)  # site: openai chat.completions gpt-4o
complete(messages=[])
asyncio.to_thread(client.models.list)

# None of these ask a model.
client.models.list()
client.files.create(file=b"", purpose="batch")
client.beta.threads.messages.create(thread_id="t", role="user", content="x")
client.beta.assistants.create(model="gpt-4o")
client.images.generate(model="dall-e-3", prompt="x")
client.chat.completions.list()
client.vector_stores.create(name="x")
client.conversations.create()
