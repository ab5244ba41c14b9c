from pydantic_ai import Agent, ModelSettings, UsageLimits
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

agent = Agent("openai:gpt-5.2", instructions="Be short.", model_settings=ModelSettings(max_tokens=50))  # site: pydantic-ai Agent openai:gpt-5.2 agent
model = OpenAIChatModel("gpt-4o", provider=OpenAIProvider(base_url="https://gateway.example"))
gateway = Agent(model)  # site: pydantic-ai Agent gpt-4o agent custom
direct = Agent(OpenAIChatModel("gpt-4o-mini", provider=OpenAIProvider(api_key="k")))  # site: pydantic-ai Agent gpt-4o-mini agent
typed = Agent[None, str](model="anthropic:claude-opus-5-5")  # site: pydantic-ai Agent anthropic:claude-opus-5-5 agent
late = Agent(output_type=str)  # site: pydantic-ai Agent - agent


async def main(questions):
    agent.run_sync("x")  # site: pydantic-ai run_sync openai:gpt-5.2
    await agent.run("x", usage_limits=UsageLimits(request_limit=8))  # site: pydantic-ai run openai:gpt-5.2
    await gateway.run("x")  # site: pydantic-ai run gpt-4o custom
    await late.run("x", model="openai:gpt-4.1")  # site: pydantic-ai run openai:gpt-4.1
    async with typed.run_stream("x") as result:  # site: pydantic-ai run_stream anthropic:claude-opus-5-5
        async for text in result.stream_text():
            print(text)
    async with typed.iter("x") as run:  # site: pydantic-ai iter anthropic:claude-opus-5-5
        async for node in run:
            print(node)
    for q in questions:
        agent.run_sync(q)  # site: pydantic-ai run_sync openai:gpt-5.2 loop


@agent.tool
def delegate(ctx):
    return direct.run_sync("x", usage=ctx.usage)  # site: pydantic-ai run_sync gpt-4o-mini


AGENTS = {
    "fast": Agent("openai:gpt-5-nano"),  # site: pydantic-ai Agent openai:gpt-5-nano agent
    "big": Agent("openai:gpt-5"),  # site: pydantic-ai Agent openai:gpt-5 agent
}


class State:
    agent: Agent = Agent("openai:gpt-4.1")  # site: pydantic-ai Agent openai:gpt-4.1 agent


async def elsewhere(ctx, state: State, name, job):
    await AGENTS["big"].run("x")  # site: pydantic-ai run openai:gpt-5
    await AGENTS[name].run("x")  # site: pydantic-ai run -
    await state.agent.run("x")  # site: pydantic-ai run openai:gpt-4.1
    await ctx.deps.search_agent.run("x")  # site: pydantic-ai run -
    await job.run("x")
