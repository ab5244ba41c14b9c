import anthropic
import openai
from textwrap import dedent

client = openai.OpenAI()
claude = anthropic.Anthropic()
SYSTEM = "You are a helpful assistant."


def literal():
    return client.responses.create(model="gpt-4o", input="Say hello to the world.")


def messages(query):
    return client.chat.completions.create(
        model="gpt-4o",
        messages=[{"role": "system", "content": SYSTEM}, {"role": "user", "content": f"Answer this: {query}"}],
        max_tokens=200,
    )


def long_slot(context, q="What is it?"):
    prompt = "Use the context.\n" + context + "\nQuestion: " + q
    return client.responses.create(model="gpt-4o", input=prompt, max_output_tokens=100)


def sliced(text):
    return client.responses.create(model="gpt-4o", input=text[:4000], max_output_tokens=100)


def formatted(context):
    template = "Context: {context}\nTopic: {topic} {{literal}}"
    return client.responses.create(model="gpt-4o", input=template.format(context=context, topic="cats"), max_output_tokens=100)


def percent(name):
    return client.responses.create(model="gpt-4o", input="Dear %s, you are %d%% done." % (name, 5), max_output_tokens=100)


def stated(context):
    # qodacode: slot.context=4000 output=800
    return claude.messages.create(model="claude-opus-5-5", max_tokens=1024, messages=[{"role": "user", "content": context}])


def built(urgent):
    prompt = "Write a letter."
    if urgent:
        prompt += " Hurry up, it is urgent!"
    return client.responses.create(model="gpt-4o", input=prompt, max_output_tokens=100)


def history():
    messages = [{"role": "system", "content": "You chat."}]
    while True:
        messages.append({"role": "user", "content": input()})
        r = client.chat.completions.create(model="gpt-4o", messages=messages, max_tokens=100)
        messages.append({"role": "assistant", "content": r.choices[0].message.content})


def make(name):
    return f"My name is {name}."


def inlined():
    return client.responses.create(model="gpt-4o", input=make("Ada"), max_output_tokens=100)


def picture(data):
    return client.chat.completions.create(model="gpt-4o", max_tokens=100, messages=[{"role": "user", "content": [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": data, "detail": "low"}},
        {"type": "image_url", "image_url": {"url": data}},
    ]}])


def joined():
    parts = ["One.", "Two.", "Three."]
    return client.responses.create(model="gpt-4o", input="\n".join(parts) + dedent("Four."), max_output_tokens=100)


def read(path):
    return client.responses.create(model="gpt-4o", input=open(path).read(), max_output_tokens=100)


def branch(formal):
    return client.responses.create(model="gpt-4o", input="Good evening, dear Sir or Madam." if formal else "Hi", max_output_tokens=100)


def embedding(texts):
    return client.embeddings.create(model="text-embedding-3-small", input="Hello there")


def tools():
    def weather(city: str) -> str:
        """Tells the weather of a city."""

    return client.chat.completions.create(model="gpt-4o", max_tokens=100, messages=[{"role": "user", "content": "Weather?"}], tools=[
        {"type": "function", "function": {"name": "weather", "description": "Tells the weather of a city.", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}},
    ])


def candidates():
    return client.chat.completions.create(model="gpt-4o", n=3, max_tokens=100, messages=[{"role": "user", "content": "A name?"}])


def flex():
    return client.responses.create(model="gpt-6.1-sol", service_tier="flex", reasoning={"effort": "high"}, max_output_tokens=10000, input="Think.")


def unknown(m, messages, **options):
    return client.chat.completions.create(model="gpt-4o", messages=messages, **options)
