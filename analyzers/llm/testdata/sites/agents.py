import asyncio

from agents import Agent, ModelSettings, OpenAIChatCompletionsModel, RunConfig, Runner, function_tool
from agents.agent import Agent as Deep
from openai import AsyncOpenAI

plain = Agent(name="plain", instructions="Help.")  # site: openai-agents Agent gpt-5.6-luna agent default pieced
named = Agent[dict](name="named", model="gpt-5.2", model_settings=ModelSettings(max_tokens=100))  # site: openai-agents Agent gpt-5.2 agent
deep = Deep(name="deep", model="gpt-4o")  # site: openai-agents Agent gpt-4o agent
gateway = AsyncOpenAI(base_url="https://gateway.example/v1")
routed = Agent(name="routed", model=OpenAIChatCompletionsModel(model="qwen-max", openai_client=gateway))  # site: openai-agents Agent qwen-max agent custom
copy = named.clone(tools=[])


async def main(agent: Agent, question):
    await Runner.run(named, "x", max_turns=3)  # site: openai-agents Runner.run gpt-5.2
    Runner.run_sync(starting_agent=plain, input="x")  # site: openai-agents Runner.run gpt-5.6-luna default pieced
    Runner.run_streamed(copy, "x")  # site: openai-agents Runner.run gpt-5.2
    await Runner.run(agent, question)  # site: openai-agents Runner.run -
    await Runner.run(plain, "x", run_config=RunConfig(model="gpt-4.1"))  # site: openai-agents Runner.run gpt-4.1
    await Runner.run(routed, "x")  # site: openai-agents Runner.run qwen-max custom
    await asyncio.gather(*[Runner.run(named, q) for q in question])  # site: openai-agents Runner.run gpt-5.2 loop
    while True:
        await Runner.run(named, input())  # site: openai-agents Runner.run gpt-5.2 loop


def inside(items):
    reviewer = Agent(  # site: openai-agents Agent gpt-5.4 agent
        name="reviewer",
        model="gpt-5.4",
    )
    return [ask(reviewer, item) for item in items]


def ask(agent, item):
    return Runner.run_sync(agent, item)  # site: openai-agents Runner.run gpt-5.4 loop


# An agent of the program's own package.
Agent(name="x", role="planner", llm=None)
Agent()
