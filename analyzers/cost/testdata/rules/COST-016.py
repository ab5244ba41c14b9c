import random
import time

import openai
from langchain_openai import ChatOpenAI

client = openai.OpenAI()
GREETING = "Write a greeting."


def invariant(names):
    for name in names:
        r = client.chat.completions.create(model="gpt-6.1-sol", temperature=0, messages=[{"role": "user", "content": GREETING}])  # want COST-016 warning: saves
        print(name, r)


def comprehension(names):
    return [(n, client.responses.create(model="gpt-6.1-sol", temperature=0, input=GREETING)) for n in names]  # want COST-016


def seeded(names, topic):
    prompt = f"Write about {topic}."
    for name in names:
        print(name, client.chat.completions.create(model="gpt-6.1-sol", seed=7, messages=[{"role": "user", "content": prompt}]))  # want COST-016


def unpriced(names, model):
    for name in names:
        print(name, client.responses.create(model=model, temperature=0, input=GREETING))  # want COST-016: ask once


def configured(names):
    llm = ChatOpenAI(model="gpt-6.1-sol", temperature=0)
    for name in names:
        print(name, llm.invoke(GREETING))  # want COST-016


# Silent from here on.


def depends(names):
    for name in names:
        client.responses.create(model="gpt-6.1-sol", temperature=0, input=f"Greet {name}.")


def through_a_name(names):
    for name in names:
        prompt = "Greet " + name
        client.responses.create(model="gpt-6.1-sol", temperature=0, input=prompt)


def warm(names):
    for name in names:
        client.responses.create(model="gpt-6.1-sol", temperature=0.7, input=GREETING)


def default_temperature(names):
    for name in names:
        client.responses.create(model="gpt-6.1-sol", input=GREETING)


def conversation(names):
    messages = [{"role": "user", "content": "Hi"}]
    for name in names:
        r = client.chat.completions.create(model="gpt-6.1-sol", temperature=0, messages=messages)
        messages.append(r.choices[0].message)


def called(names):
    for name in names:
        client.responses.create(model="gpt-6.1-sol", temperature=0, input=next_question())


def models(names):
    for model in ["gpt-6.1-sol", "gpt-6.1-terra"]:
        client.responses.create(model=model, temperature=0, input=GREETING)


def clients(pool):
    for c in pool:
        c.chat.completions.create(model="gpt-6.1-sol", temperature=0, messages=[{"role": "user", "content": GREETING}])


def shuffled(names):
    for name in names:
        client.responses.create(model="gpt-6.1-sol", temperature=0, input=random.choice(["a", "b"]))


def measured():
    for _ in range(100):
        start = time.perf_counter()
        client.responses.create(model="gpt-6.1-sol", temperature=0, input=GREETING)
        print(time.perf_counter() - start)


class Walker:
    def walk(self, names):
        for name in names:
            self.state = name
            client.responses.create(model="gpt-6.1-sol", temperature=0, input=self.state)


def with_tools(names, tools):
    for name in names:
        client.responses.create(model="gpt-6.1-sol", temperature=0, tools=tools, input=GREETING)


def hidden(names, **kwargs):
    for name in names:
        client.responses.create(model="gpt-6.1-sol", input=GREETING, **kwargs)
