"""Drafts an essay and revises it after critique, at most three times."""
from typing import TypedDict

from langchain_core.messages import HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from langgraph.graph import END, StateGraph

model = ChatOpenAI(model="gpt-4.1", temperature=0)
MAX_REVISIONS = 3

WRITER_PROMPT = """You are an essay assistant tasked with writing excellent 5-paragraph essays. Generate the best essay possible for the user's request. If the user provides critique, respond with a revised version of your previous attempts."""
REFLECTION_PROMPT = """You are a teacher grading an essay submission. Generate critique and recommendations for the user's submission. Provide detailed recommendations, including requests for length, depth, style, etc."""


class AgentState(TypedDict):
    task: str
    draft: str
    critique: str
    revision_number: int


def generation_node(state: AgentState):
    messages = [SystemMessage(content=WRITER_PROMPT), HumanMessage(content=f"{state['task']}\n\nPrevious draft:\n{state.get('draft', '')}\n\nCritique:\n{state.get('critique', '')}")]
    response = model.invoke(messages)
    return {"draft": response.content, "revision_number": state.get("revision_number", 0) + 1}


def reflection_node(state: AgentState):
    response = model.invoke([SystemMessage(content=REFLECTION_PROMPT), HumanMessage(content=state["draft"])])
    return {"critique": response.content}


def should_continue(state):
    if state["revision_number"] >= MAX_REVISIONS:
        return END
    return "reflect"


builder = StateGraph(AgentState)
builder.add_node("generate", generation_node)
builder.add_node("reflect", reflection_node)
builder.set_entry_point("generate")
builder.add_conditional_edges("generate", should_continue, {END: END, "reflect": "reflect"})
builder.add_edge("reflect", "generate")
graph = builder.compile()


def main():
    for s in graph.stream({"task": "What is the difference between LangChain and LangSmith?", "revision_number": 0}):
        print(s)


if __name__ == "__main__":
    main()
