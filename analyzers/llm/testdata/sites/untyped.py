from .clients import get_client, shared
from app.llm import OpenAI, client as c
import instructor
from typing import Any, Final
from .providers import AsyncClient

MODEL = "gpt-4o"


def f(client, anthropic, anything: Any, own: AsyncClient, wrapped: instructor.Instructor):
    client.chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    get_client().chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    shared.chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    c.responses.create(model=MODEL, input="x")  # site: openai responses gpt-4o
    OpenAI().chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    instructor.from_provider("openai/x").chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    anthropic.messages.create(model="claude-opus-5", max_tokens=3, messages=[])  # site: anthropic messages claude-opus-5
    client.embeddings.create(model="text-embedding-3-small", input="x")  # site: openai embeddings text-embedding-3-small
    client.beta.threads.messages.create(thread_id="t", role="user", content="x")
    client.messages.create(role="user", content="x")
    client.responses.create(code=200)
    wrapped.chat.completions.create_with_completion(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    anything.chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    own.chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
    final: Final = get_client()
    final.chat.completions.create(model=MODEL, messages=[])  # site: openai chat.completions gpt-4o
