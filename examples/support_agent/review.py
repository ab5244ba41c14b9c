"""Writes an answer and has it criticised until the critic is content."""

from typing import Literal, TypedDict

from langchain.chat_models import init_chat_model
from langgraph.graph import END, START, StateGraph

model = init_chat_model("openai:gpt-6-luna")


class Review(TypedDict):
    ticket: str
    draft: str
    verdict: str


def writer(state: Review) -> dict:
    reply = model.invoke(f"Answer this ticket: {state['ticket']}\n\nThe critic says: {state.get('verdict', 'nothing yet')}")
    return {"draft": reply.content}


def critic(state: Review) -> dict:
    reply = model.invoke(f"Is this answer good? Say APPROVED, or what is missing.\n\n{state['draft']}")
    return {"verdict": reply.content}


def is_good(state: Review) -> Literal["writer", "__end__"]:
    return END if "APPROVED" in state["verdict"] else "writer"


builder = StateGraph(Review)
builder.add_node("writer", writer)
builder.add_node("critic", critic)
builder.add_edge(START, "writer")
builder.add_edge("writer", "critic")
builder.add_conditional_edges("critic", is_good)
review = builder.compile()
