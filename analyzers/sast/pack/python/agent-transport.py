import httpx
import litellm
import requests
from anthropic import Anthropic
from langchain_openai import ChatOpenAI
from openai import AsyncOpenAI, OpenAI

# ruleid: llm-tls-disabled
first = litellm.completion(model="gpt-5", messages=[], ssl_verify=False)
# ruleid: llm-tls-disabled
second = ChatOpenAI(model="gpt-5", base_url="http://llm.example.com/v1")
# ruleid: llm-tls-disabled
litellm.ssl_verify = False
# ruleid: llm-tls-disabled
third = AsyncOpenAI(base_url="http://llm.example.com/v1", api_key="x")

# ok: llm-tls-disabled
safe = OpenAI(http_client=httpx.Client(verify=context))
# ok: llm-tls-disabled
local = OpenAI(base_url="http://localhost:11434/v1", api_key="ollama")
# ok: llm-tls-disabled
container = OpenAI(base_url="http://vllm:8000/v1", api_key="x")
# ok: llm-tls-disabled
plain = OpenAI(base_url="https://llm.example.com/v1")

# ruleid: llm-missing-timeout
endless = Anthropic(timeout=None)
# ruleid: llm-missing-timeout
answer = endless.messages.create(model="claude-opus-5", max_tokens=9, messages=[], timeout=None)
# ruleid: llm-missing-timeout
raw = requests.post("https://api.openai.com/v1/chat/completions", json={}, headers={})

# ok: llm-missing-timeout
limited = Anthropic(timeout=60)
# ok: llm-missing-timeout
default = OpenAI()
# ok: llm-missing-timeout
raw2 = requests.post("https://api.openai.com/v1/chat/completions", json={}, timeout=30)
# ok: llm-missing-timeout
other = requests.post("https://example.com", json={})
