import anthropic
import openai
from agents import Agent, Runner

client = anthropic.Anthropic()
oai = openai.OpenAI()
SYSTEM = {"role": "system", "content": "Be brief."}


def repl():
    messages = []
    while True:
        messages.append({"role": "user", "content": input("> ")})
        r = client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages)  # want COST-010 warning: messages grows with each round
        messages.append({"role": "assistant", "content": r.content})


def tools_loop(task):
    history = [{"role": "user", "content": task}]
    while True:
        r = oai.chat.completions.create(model="gpt-5.6-luna", messages=[SYSTEM] + history)  # want COST-010: history grows
        history.append(r.choices[0].message)
        if not r.choices[0].message.tool_calls:
            return r
        for call in r.choices[0].message.tool_calls:
            history.append({"role": "tool", "tool_call_id": call.id, "content": run(call)})


def spread(lines):
    turns = []
    for line in lines:
        turns += [{"role": "user", "content": line}]
        r = oai.responses.create(model="gpt-5.6-luna", input=[SYSTEM, *turns])  # want COST-010: turns grows
        turns.append({"role": "assistant", "content": r.output_text})


async def agents_repl():
    agent = Agent(name="a", model="gpt-5.6-luna")
    items = []
    while True:
        items.append({"role": "user", "content": input()})
        result = await Runner.run(agent, items)  # want COST-010: items grows
        items = result.to_input_list()


class Chat:
    def __init__(self):
        self.messages = []

    def ask(self, text):
        self.messages.append({"role": "user", "content": text})
        r = oai.chat.completions.create(model="gpt-5.6-luna", messages=self.messages)  # want COST-010: self.messages grows
        self.messages.append({"role": "assistant", "content": r.choices[0].message.content})

    def loop(self):
        while True:
            self.ask(input())


# None of these: a sliced list,
def sliced():
    messages = []
    while True:
        messages.append({"role": "user", "content": input("> ")})
        client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages[-10:])


def cut():
    messages = []
    while True:
        messages.append({"role": "user", "content": input("> ")})
        client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages)
        messages = messages[-10:]


# one that is cleared, summarized or measured,
def cleared():
    messages = []
    while True:
        text = input()
        if text == "/new":
            messages.clear()
        messages.append({"role": "user", "content": text})
        client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages)


def summarized():
    messages = []
    while True:
        messages.append({"role": "user", "content": input()})
        messages = compact(messages)
        client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages)


def measured():
    messages = []
    while True:
        messages.append({"role": "user", "content": input()})
        if len(messages) > 30:
            messages.pop(0)
        client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages)


# one that begins anew in each round,
def anew(questions):
    for q in questions:
        messages = []
        messages.append({"role": "user", "content": q})
        client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages)


# loops whose rounds the code limits,
def limited(task, max_steps=10):
    messages = [{"role": "user", "content": task}]
    for _ in range(max_steps):
        r = client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages)
        messages.append({"role": "assistant", "content": r.content})
    steps = 0
    while steps < max_steps:
        steps += 1
        r = client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages)
        messages.append({"role": "assistant", "content": r.content})


def counted(task):
    messages = [{"role": "user", "content": task}]
    n = 0
    while True:
        n += 1
        if n > 10:
            break
        r = client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=messages)
        messages.append({"role": "assistant", "content": r.content})


# a history that the provider keeps or cuts,
def kept():
    items, last = [], None
    while True:
        items.append({"role": "user", "content": input()})
        r = oai.responses.create(model="gpt-5.6-luna", input=items, previous_response_id=last)
        last = r.id


def truncated():
    items = []
    while True:
        items.append({"role": "user", "content": input()})
        oai.responses.create(model="gpt-5.6-luna", input=items, truncation="auto")


# results that are not sent.
def results(questions):
    answers = []
    for q in questions:
        answers.append(client.messages.create(model="claude-sonnet-5-5", max_tokens=1000, messages=[{"role": "user", "content": q}]))
    return answers
