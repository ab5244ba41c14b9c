"""Summarises the parts of a long report side by side and merges the summaries."""
import operator
from pathlib import Path
from typing import Annotated, TypedDict

from langchain_anthropic import ChatAnthropic
from langgraph.constants import Send
from langgraph.graph import END, START, StateGraph

llm = ChatAnthropic(model="claude-haiku-4-5", max_tokens=600)


class State(TypedDict):
    parts: list[str]
    summaries: Annotated[list[str], operator.add]
    final: str


class Part(TypedDict):
    part: str


def split(state: State):
    text = (Path(__file__).parent / "report.txt").read_text()
    return {"parts": [p for p in text.split("\n\n") if p.strip()]}


def fan_out(state: State):
    return [Send("summarise", {"part": part}) for part in state["parts"]]


def summarise(state: Part):
    answer = llm.invoke(f"Write a concise summary of the following:\n\n{state['part']}")
    return {"summaries": [answer.content]}


def merge(state: State):
    answer = llm.invoke("The following is a set of summaries. Distill them into one consolidated summary of the main themes.\n\n" + "\n".join(state["summaries"]))
    return {"final": answer.content}


graph = StateGraph(State)
graph.add_node("split", split)
graph.add_node("summarise", summarise)
graph.add_node("merge", merge)
graph.add_edge(START, "split")
graph.add_conditional_edges("split", fan_out, ["summarise"])
graph.add_edge("summarise", "merge")
graph.add_edge("merge", END)
app = graph.compile()

print(app.invoke({"parts": [], "summaries": []})["final"])
