import asyncio
import anthropic
import instructor
import openai
from agents import Agent, ModelSettings, Runner, WebSearchTool, function_tool
from crewai import Agent as CrewAgent
from langchain_anthropic import ChatAnthropic
from langchain_core.prompts import ChatPromptTemplate, MessagesPlaceholder
from langchain_openai import ChatOpenAI
from langgraph.prebuilt import create_react_agent
from pydantic import BaseModel, Field
from pydantic_ai import Agent as PydanticAgent
from tenacity import retry, stop_after_attempt
import json


class City(BaseModel):
    """A city."""

    name: str = Field(description="its name in English")
    inhabitants: int


@function_tool
def weather(city: str, day: int = 0) -> str:
    """Tells the weather of a city on one of the next days."""
    return city


helper = Agent(name="Helper", instructions="You help.", model="gpt-6.1-sol", tools=[weather])
plain = Agent(name="Plain", instructions="You help.", model="gpt-4o", model_settings=ModelSettings(max_tokens=300))
searcher = Agent(name="Searcher", instructions="You search.", model="gpt-4o", tools=[WebSearchTool()])
router = Agent(name="Router", instructions="You route.", model="gpt-4o", handoffs=[helper, plain])


async def run(question):
    await Runner.run(helper, question)
    await Runner.run(helper, question, max_turns=40)
    await Runner.run(plain, question, max_turns=3)
    await Runner.run(searcher, question)
    await Runner.run(router, "Where to?", max_turns=5)  # qodacode: turns=2
    await Runner.run(helper, question, max_turns=limit())


prompt = ChatPromptTemplate.from_messages([("system", "Translate to {language}."), MessagesPlaceholder("history"), ("human", "{text}")])
llm = ChatOpenAI(model="gpt-4o", max_tokens=256)
chain = prompt | llm


def translate(text):
    chain.invoke({"language": "French", "text": text, "history": []})
    llm.invoke("Hello!")
    (prompt | ChatAnthropic(model="claude-haiku-5-5", max_tokens=100)).invoke({"language": "French", "text": "Good morning"})


react = create_react_agent(llm, [weather])
react.invoke({"messages": [("user", "What is the weather?")]}, {"recursion_limit": 10})
react.invoke({"messages": [("user", "What is the weather?")]})

typed = PydanticAgent("openai:gpt-4o", system_prompt="Be short.", output_type=City)
typed.run_sync("Paris")
tooled = PydanticAgent("openai:gpt-4o", system_prompt="Be short.")


@tooled.tool_plain
def dice() -> int:
    """Rolls a die."""
    return 4


tooled.run_sync("Roll!")
crew = CrewAgent(role="Writer", goal="Write", backstory="You have written all your life.", llm="gpt-4o", max_iter=4, tools=[weather])

client = instructor.from_openai(openai.OpenAI())
client.chat.completions.create(model="gpt-4o", response_model=City, max_retries=3, messages=[{"role": "user", "content": "Paris"}], max_tokens=100)


@retry(stop=stop_after_attempt(4))
def parsed(text: str):
    r = openai.OpenAI().responses.create(model="gpt-4o", input="Say {}", max_output_tokens=100)
    return json.loads(r.output_text)


@retry
def retried():
    return openai.OpenAI().responses.create(model="gpt-4o", input="Say {}", max_output_tokens=100)
