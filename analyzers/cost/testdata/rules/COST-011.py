import openai
from agents import Agent, Runner
from crewai import Agent as CrewAgent
from langchain.agents import create_agent

client = openai.OpenAI()
worker = Agent(name="worker", model="gpt-6.1-sol", tools=[search])
plain = Agent(name="plain", model="gpt-6.1-sol")


async def runs(question, limit):
    await Runner.run(worker, question, max_turns=500)  # want COST-011 warning: max_turns=500 hardly limits the agent: each round costs
    await Runner.run(worker, question, max_turns=None)  # want COST-011: max_turns is switched off
    await Runner.run(worker, question, max_turns=15)
    await Runner.run(worker, question)  # 10 turns
    await Runner.run(worker, question, max_turns=limit)
    await Runner.run(plain, question, max_turns=500)  # nothing to take turns for


crew = CrewAgent(role="r", goal="g", backstory="b", llm="gpt-6.1-sol", tools=[search], max_iter=300)  # want COST-011: max_iter=300


def until_done(task):
    messages = [{"role": "user", "content": task}]
    while True:
        r = client.chat.completions.create(model="gpt-6.1-sol", messages=messages, tools=TOOLS)  # want COST-011 warning: Each round of this loop costs ≈ $
        messages.append(r.choices[0].message)
        if not r.choices[0].message.tool_calls:
            return r
        for call in r.choices[0].message.tool_calls:
            messages.append({"role": "tool", "tool_call_id": call.id, "content": execute(call)})


def at_most(task):
    messages = [{"role": "user", "content": task}]
    for _ in range(10):
        r = client.chat.completions.create(model="gpt-6.1-sol", messages=messages, tools=TOOLS)
        if not r.choices[0].message.tool_calls:
            return r
        messages.append(execute(r))


def with_a_person():
    while True:
        text = input("> ")
        if text == "quit":
            break
        print(client.chat.completions.create(model="gpt-6.1-sol", messages=[{"role": "user", "content": text}]))


def once_each(items):
    for item in items:
        client.chat.completions.create(model="gpt-6.1-sol", messages=[{"role": "user", "content": item}])
