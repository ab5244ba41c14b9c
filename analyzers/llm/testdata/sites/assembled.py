from litellm import Router
from openai import OpenAI

client = OpenAI()
router = Router(model_list=[])


def ask(messages, tools, extra, **kwargs):
    params = {"model": "gpt-4o", "messages": messages}
    if tools:
        params["tools"] = tools
    client.chat.completions.create(**params)  # site: openai chat.completions gpt-4o
    late = {"messages": messages}
    late["model"] = "gpt-5"
    client.chat.completions.create(**late, stream=True)  # site: openai chat.completions gpt-5
    merged = {"model": "gpt-4.1", **kwargs}
    client.chat.completions.create(**merged)  # site: openai chat.completions gpt-4.1
    none = {"messages": messages}
    none.update(extra)
    client.chat.completions.create(**none)  # site: openai chat.completions -
    client.chat.completions.create(**kwargs)  # site: openai chat.completions -
    router.completion(model="gpt-4o", messages=messages)  # site: litellm completion gpt-4o


def branches(provider, messages, base_url):
    options = {}
    if base_url:
        options["base_url"] = base_url
    maybe = OpenAI(**options)
    params = {"messages": messages}
    if provider == "a":
        params["model"] = "gpt-4o"
        maybe.chat.completions.create(**params)  # site: openai chat.completions gpt-4o
    elif provider == "b":
        params["model"] = "gpt-5"
        maybe.chat.completions.create(**params)  # site: openai chat.completions gpt-5
    else:
        maybe.chat.completions.create(**params)  # site: openai chat.completions -
