"""A supervisor that sends work to a researcher and a coder."""
from typing import Literal

from langchain.agents import create_agent
from langchain_anthropic import ChatAnthropic
from langchain_core.messages import HumanMessage
from langchain_core.tools import tool
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.types import Command
from typing_extensions import TypedDict

members = ["researcher", "coder"]
system_prompt = (
    "You are a supervisor tasked with managing a conversation between the following workers: researcher, coder. "
    "Given the following user request, respond with the worker to act next. Each worker will perform a task and "
    "respond with their results and status. When finished, respond with FINISH."
)


class Router(TypedDict):
    """Worker to route to next. If no workers needed, route to FINISH."""

    next: Literal["researcher", "coder", "FINISH"]


llm = ChatAnthropic(model="claude-sonnet-5", max_tokens=1500)


@tool
def lookup(topic: str) -> str:
    """Looks a topic up in the encyclopedia."""
    return f"{topic}: GDP of New York state was 2.3 trillion USD in 2025, that of California 4.2 trillion. Population 19.9 and 39.4 million."


@tool
def run_python(code: str) -> str:
    """Runs Python code and returns what it prints."""
    return "115577.9\n106598.9"


class State(MessagesState):
    next: str


def supervisor_node(state: State) -> Command[Literal["researcher", "coder", "__end__"]]:
    messages = [{"role": "system", "content": system_prompt}] + state["messages"]
    response = llm.with_structured_output(Router).invoke(messages)
    goto = response["next"]
    if goto == "FINISH":
        goto = END
    return Command(goto=goto, update={"next": goto})


research_agent = create_agent(llm, tools=[lookup], system_prompt="You are a researcher. DO NOT do any math.")
code_agent = create_agent(llm, tools=[run_python])


def research_node(state: State) -> Command[Literal["supervisor"]]:
    result = research_agent.invoke(state)
    return Command(update={"messages": [HumanMessage(content=result["messages"][-1].content, name="researcher")]}, goto="supervisor")


def code_node(state: State) -> Command[Literal["supervisor"]]:
    result = code_agent.invoke(state)
    return Command(update={"messages": [HumanMessage(content=result["messages"][-1].content, name="coder")]}, goto="supervisor")


builder = StateGraph(State)
builder.add_edge(START, "supervisor")
builder.add_node("supervisor", supervisor_node)
builder.add_node("researcher", research_node)
builder.add_node("coder", code_node)
graph = builder.compile()

if __name__ == "__main__":
    for s in graph.stream({"messages": [("user", "Find the latest GDP of New York and California, then calculate the average per person")]}, {"recursion_limit": 20}):
        print(s)
