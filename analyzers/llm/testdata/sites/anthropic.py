import anthropic
from anthropic import AsyncAnthropic
from twilio.rest import Client

client = anthropic.Anthropic()
DEFAULTS = dict(model="claude-sonnet-4-5", max_tokens=100)


def f(unknown, sms):
    client.messages.create(model="claude-opus-5", max_tokens=9, messages=[])  # site: anthropic messages claude-opus-5
    client.beta.messages.create(model="claude-opus-5", max_tokens=9, messages=[])  # site: anthropic messages claude-opus-5
    with client.messages.stream(model="claude-opus-5", max_tokens=9, messages=[]) as s:  # site: anthropic messages claude-opus-5
        print(s)
    client.messages.create(**DEFAULTS, messages=[])  # site: anthropic messages claude-sonnet-4-5
    client.completions.create(model="claude-2.1", max_tokens_to_sample=9, prompt="x")  # site: anthropic completions claude-2.1
    AsyncAnthropic().messages.create(model="claude-opus-5", max_tokens=9, messages=[])  # site: anthropic messages claude-opus-5
    unknown.messages.create(model="claude-opus-5", max_tokens=9, messages=[])  # site: anthropic messages claude-opus-5
    client.messages.count_tokens(model="claude-opus-5", messages=[])
    client.messages.batches.create(requests=[])
    client.models.list()
    sms.messages.create(body="hi", from_="+1", to="+2")
    Client("a", "b").messages.create(body="hi", from_="+1", to="+2")
