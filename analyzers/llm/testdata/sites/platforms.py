import os

from anthropic import Anthropic, AnthropicBedrock, AsyncAnthropicVertex
from openai import AzureOpenAI, OpenAI
from openai._client import OpenAI as Deep
from openai.providers import bedrock

azure = AzureOpenAI(api_version="2024-06-01")
router = OpenAI(base_url="https://openrouter.ai/api/v1")
local = OpenAI(base_url=os.getenv("LLM_URL", "http://localhost:11434/v1"))
official = OpenAI(base_url="https://api.openai.com/v1")
deep = Deep()
runtime = OpenAI(provider=bedrock(region="x"))
unset = OpenAI(base_url=None)


def f():
    azure.chat.completions.create(model="gpt-4o", messages=[])  # site: openai chat.completions gpt-4o azure
    router.chat.completions.create(model="openai/gpt-4o", messages=[])  # site: openai chat.completions openai/gpt-4o custom
    local.chat.completions.create(model="gpt-4o", messages=[])  # site: openai chat.completions gpt-4o custom
    official.chat.completions.create(model="gpt-4o", messages=[])  # site: openai chat.completions gpt-4o
    unset.chat.completions.create(model="gpt-4o", messages=[])  # site: openai chat.completions gpt-4o
    AnthropicBedrock().messages.create(model="anthropic.claude-3-haiku-20240307-v1:0", max_tokens=9, messages=[])  # site: anthropic messages anthropic.claude-3-haiku-20240307-v1:0 bedrock
    AsyncAnthropicVertex(region="x").messages.create(model="claude-sonnet-4-5@20250929", max_tokens=9, messages=[])  # site: anthropic messages claude-sonnet-4-5@20250929 vertex
    Anthropic().messages.create(model="claude-opus-5", max_tokens=9, messages=[])  # site: anthropic messages claude-opus-5


    deep.chat.completions.create(model="gpt-4o", messages=[])  # site: openai chat.completions gpt-4o
    runtime.chat.completions.create(model="gpt-4o", messages=[])  # site: openai chat.completions gpt-4o custom


class Wrapped:
    def __init__(self):
        self.inner = OpenAI(base_url="https://proxy.example/v1")

    def ask(self):
        self.inner.responses.create(model="gpt-4o", input="x")  # site: openai responses gpt-4o custom
