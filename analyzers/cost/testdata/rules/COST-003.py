import enum

import anthropic
import litellm
import openai
from agents import Agent, ModelSettings, Runner
from google import genai
from google.genai import types
from langchain_anthropic import ChatAnthropic
from langchain_openai import ChatOpenAI
from pydantic import BaseModel

client = openai.OpenAI()
google = genai.Client()


def single(q):
    client.chat.completions.create(model="gpt-5.6-luna", messages=[{"role": "user", "content": q}])  # want COST-003 info: No cap on the answer
    client.responses.create(model="gpt-5.6-luna", input=q)  # want COST-003 info
    google.models.generate_content(model="gemini-3.8-flash", contents=q)  # want COST-003 info
    litellm.completion(model="gpt-5.6-luna", messages=[])  # want COST-003 info


def looped(qs):
    for q in qs:
        client.responses.create(model="gpt-5.6-luna", input=q)  # want COST-003 warning


def one_configuration(qs):
    llm = ChatOpenAI(model="gpt-5.6-luna")  # want COST-003 info
    llm.invoke("a")
    llm.invoke("b")
    return llm.invoke("c")


def looped_configuration(qs):
    llm = ChatOpenAI(model="gpt-5.6-luna")  # want COST-003 warning
    llm.invoke("a")
    return [llm.invoke(q) for q in qs]


def agent(q):
    helper = Agent(name="helper", instructions="Help.", model="gpt-5.6-luna")  # want COST-003 info
    Runner.run_sync(helper, q)
    return Runner.run_sync(helper, q)


class Report(BaseModel):
    title: str
    findings: list[str]


def long_form(q):
    client.responses.parse(model="gpt-5.6-luna", input=q, text_format=Report)  # want COST-003 info


# Silent from here on.


def capped(q, **kwargs):
    client.chat.completions.create(model="gpt-5.6-luna", max_completion_tokens=500, messages=[])
    client.chat.completions.create(model="gpt-5.6-luna", max_tokens=500, messages=[])
    client.responses.create(model="gpt-5.6-luna", max_output_tokens=500, input=q)
    client.responses.create(model="gpt-5.6-luna", input=q, **kwargs)
    google.models.generate_content(model="gemini-3.8-flash", contents=q, config=types.GenerateContentConfig(max_output_tokens=500))
    google.models.generate_content(model="gemini-3.8-flash", contents=q, config={"max_output_tokens": 500})
    litellm.completion(model="gpt-5.6-luna", messages=[], max_tokens=500)


def configured_cap(q):
    llm = ChatOpenAI(model="gpt-5.6-luna", max_tokens=500)
    llm.invoke(q)
    helper = Agent(name="helper", model="gpt-5.6-luna", model_settings=ModelSettings(max_tokens=500))
    return Runner.run_sync(helper, q)


def required(q):
    anthropic.Anthropic().messages.create(model="claude-sonnet-5-5", max_tokens=500, messages=[])
    ChatAnthropic(model="claude-sonnet-5-5").invoke(q)
    litellm.completion(model="anthropic/claude-sonnet-5-5", messages=[])


class Kind(enum.Enum):
    BUG = "bug"
    IDEA = "idea"


class Verdict(BaseModel):
    kind: Kind
    score: float
    urgent: bool


def bounded(q):
    client.responses.parse(model="gpt-5.6-luna", input=q, text_format=Verdict)


def vectors(q):
    client.embeddings.create(model="text-embedding-3-small", input=q)


def sixteen(q):
    client.completions.create(model="gpt-3.5-turbo-instruct", prompt=q)


def assembled(q, limit):
    arguments = {"model": "gpt-5.6-luna", "input": q}
    if limit:
        arguments["max_output_tokens"] = limit
    return client.responses.create(**arguments)
