# path: scripts/nightly.py
import csv

import anthropic
import openai

client = openai.OpenAI()


def over_file(path):
    out = []
    for row in csv.DictReader(open(path)):
        out.append(client.responses.create(model="gpt-5.6-sol", input=f"Summarize: {row}"))  # want COST-006 info: flex
    return out


def counted(items):
    for i in range(50):
        print(client.responses.create(model="gpt-5.6-sol", input=f"Variant {i}"))  # want COST-006: 50 rounds


def batches_only(rows):
    return [anthropic.Anthropic().messages.create(model="claude-sonnet-5-5", max_tokens=500, messages=[{"role": "user", "content": r}]) for r in rows]  # want COST-006: a batch costs


# Silent from here on.


def few(items):
    for i in range(5):
        print(client.responses.create(model="gpt-5.6-sol", input=f"Variant {i}"))


def some(steps):
    for step in ["a", "b", "c"]:
        print(client.responses.create(model="gpt-5.6-sol", input=step))


def streamed(rows):
    for r in rows:
        client.responses.create(model="gpt-5.6-sol", input=r, stream=True)


def carried(rows):
    summary = ""
    for r in rows:
        summary = client.responses.create(model="gpt-5.6-sol", input=f"{summary}\n{r}").output_text
    return summary


def conversation(rows):
    messages = []
    for r in rows:
        messages.append({"role": "user", "content": r})
        client.chat.completions.create(model="gpt-5.6-sol", messages=messages)


def searching(rows):
    for r in rows:
        answer = client.responses.create(model="gpt-5.6-sol", input=r).output_text
        if "yes" in answer:
            return r


def interactive(rows):
    for r in rows:
        client.responses.create(model="gpt-5.6-sol", input=r)
        input("next? ")


def tiered(rows):
    for r in rows:
        client.responses.create(model="gpt-5.6-sol", input=r, service_tier="flex")


def tools(rows):
    for r in rows:
        client.responses.create(model="gpt-5.6-sol", input=r, tools=TOOLS)
