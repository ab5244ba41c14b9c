"""Routes a request to one of three writers."""
from typing import Literal, TypedDict

from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel, Field

llm = ChatOpenAI(model="gpt-4o-mini")


class Route(BaseModel):
    step: Literal["poem", "story", "joke"] = Field(description="The next step in the routing process")


router = llm.with_structured_output(Route)


class State(TypedDict):
    input: str
    decision: str
    output: str


def write_story(state: State):
    return {"output": llm.invoke(state["input"]).content}


def write_joke(state: State):
    return {"output": llm.invoke(state["input"]).content}


def write_poem(state: State):
    return {"output": llm.invoke(state["input"]).content}


def route_request(state: State):
    decision = router.invoke([("system", "Route the input to story, joke, or poem based on the user's request."), ("user", state["input"])])
    return {"decision": decision.step}


def pick(state: State):
    return {"story": "write_story", "joke": "write_joke", "poem": "write_poem"}[state["decision"]]


builder = StateGraph(State)
builder.add_node("route", route_request)
builder.add_node("write_story", write_story)
builder.add_node("write_joke", write_joke)
builder.add_node("write_poem", write_poem)
builder.add_edge(START, "route")
builder.add_conditional_edges("route", pick, ["write_story", "write_joke", "write_poem"])
for name in ("write_story", "write_joke", "write_poem"):
    builder.add_edge(name, END)
graph = builder.compile()

if __name__ == "__main__":
    print(graph.invoke({"input": "Write me a joke about cats"})["output"])
