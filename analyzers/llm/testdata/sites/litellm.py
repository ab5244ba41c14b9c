import asyncio

import litellm
from litellm import acompletion, completion as ask, embedding

litellm.completion(model="anthropic/claude-opus-5", messages=[])  # site: litellm completion anthropic/claude-opus-5
litellm.completion("gpt-4o", [])  # site: litellm completion gpt-4o
ask(model="gemini/gemini-2.5-pro", messages=[])  # site: litellm completion gemini/gemini-2.5-pro
ask(model="azure/my-gpt", messages=[])  # site: litellm completion azure/my-gpt azure
ask(model="bedrock/anthropic.claude-3-haiku-20240307-v1:0", messages=[])  # site: litellm completion bedrock/anthropic.claude-3-haiku-20240307-v1:0 bedrock
ask(model="openai/gpt-4o", api_base="http://localhost:4000", messages=[])  # site: litellm completion openai/gpt-4o custom
embedding(model="text-embedding-3-small", input=["x"])  # site: litellm embedding text-embedding-3-small
litellm.text_completion(model="gpt-3.5-turbo", prompt="x")  # site: litellm text_completion gpt-3.5-turbo


async def f():
    await acompletion(model="gpt-4o", messages=[])  # site: litellm completion gpt-4o


asyncio.to_thread(litellm.completion, "gpt-4o", [])  # site: litellm completion gpt-4o
litellm.set_verbose = True
litellm.token_counter(model="gpt-4o", messages=[])
litellm.completion_cost(completion_response=None, model="gpt-4o")
litellm.supports_vision(model="gpt-4o")
