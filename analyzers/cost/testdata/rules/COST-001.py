import os
import time

import anthropic
import litellm
import openai
from agents import Agent, Runner
from pydantic_settings import BaseSettings

client = anthropic.Anthropic()
TRIAGE = "claude-opus-5-5"  # want COST-001 warning: in a loop of 20 rounds
SHARED = "claude-opus-5-5"  # want COST-001 warning: in 2 calls in loops


def literal(tickets):
    for t in tickets:
        client.messages.create(model="claude-opus-5-5", max_tokens=800, messages=[{"role": "user", "content": t}])  # want COST-001 warning: claude-sonnet-5-5 would cost


def constant(tickets):
    for t in tickets[:20]:
        client.messages.create(model=TRIAGE, max_tokens=800, messages=[{"role": "user", "content": t}])


def shared(tickets, reviews):
    for t in tickets:
        client.messages.create(model=SHARED, max_tokens=800, messages=[{"role": "user", "content": t}])
    return [client.messages.create(model=SHARED, max_tokens=800, messages=[{"role": "user", "content": r}]) for r in reviews]


def prefixed(tickets):
    for t in tickets:
        litellm.completion(model="anthropic/claude-opus-5-5", messages=[{"role": "user", "content": t}])  # want COST-001: in a loop of ~10 rounds


def preset(t, model="claude-opus-5-5"):  # want COST-001
    return client.messages.create(model=model, max_tokens=800, messages=[{"role": "user", "content": t}])


def uses_preset(tickets):
    for t in tickets:
        preset(t)


def agent_loop(task, tools):
    messages = [{"role": "user", "content": task}]
    while True:
        r = client.messages.create(model="claude-opus-5-5", max_tokens=800, tools=tools, messages=messages)  # want COST-001 hint
        messages.append({"role": "assistant", "content": r.content})
        if r.stop_reason != "tool_use":
            return r


# Silent from here on.


def cheap(tickets):
    for t in tickets:
        client.messages.create(model="claude-haiku-5-5", max_tokens=800, messages=[{"role": "user", "content": t}])


def once(t):
    return client.messages.create(model="claude-opus-5-5", max_tokens=800, messages=[{"role": "user", "content": t}])


def retry(t):
    for attempt in range(5):
        try:
            return client.messages.create(model="claude-opus-5-5", max_tokens=800, messages=[{"role": "user", "content": t}])
        except anthropic.RateLimitError:
            time.sleep(2**attempt)


def read_stream(t):
    for event in client.messages.create(model="claude-opus-5-5", max_tokens=800, stream=True, messages=[{"role": "user", "content": t}]):
        print(event)


def environment(tickets):
    for t in tickets:
        client.messages.create(model=os.getenv("MODEL", "claude-opus-5-5"), max_tokens=800, messages=[{"role": "user", "content": t}])


class Settings(BaseSettings):
    model: str = "claude-opus-5-5"


settings = Settings()


def from_settings(tickets):
    for t in tickets:
        client.messages.create(model=settings.model, max_tokens=800, messages=[{"role": "user", "content": t}])


def elsewhere(tickets):
    gateway = openai.OpenAI(base_url="http://localhost:4000")
    for t in tickets:
        gateway.responses.create(model="gpt-6.1-sol", input=t)


def unknown(tickets, model):
    for t in tickets:
        client.messages.create(model=model, max_tokens=800, messages=[{"role": "user", "content": t}])


def embedded(texts):
    for t in texts:
        openai.embeddings.create(model="text-embedding-3-large", input=t)


def retired(tickets):
    for t in tickets:
        client.messages.create(model="claude-3-opus-20240229", max_tokens=800, messages=[{"role": "user", "content": t}])


def with_tools_over_data(tickets):
    helper = Agent(name="helper", instructions="Help.", model="gpt-6.1-sol", tools=[lookup])  # want COST-001 hint
    for t in tickets:
        Runner.run_sync(helper, t)


def conversation():
    while True:
        q = input("> ")
        client.messages.create(model="claude-opus-5-5", max_tokens=800, messages=[{"role": "user", "content": q}])  # want COST-001 hint
