"""Retrieves, grades what was found, rewrites the question if nothing fits, and answers."""
from pathlib import Path
from typing import Literal

from langchain_core.vectorstores import InMemoryVectorStore
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel, Field
from typing_extensions import TypedDict

notes = (Path(__file__).parent / "notes.txt").read_text().split("\n---\n")
store = InMemoryVectorStore.from_texts(notes, embedding=OpenAIEmbeddings(model="text-embedding-3-small", check_embedding_ctx_length=False))
retriever = store.as_retriever(search_kwargs={"k": 3})
llm = ChatOpenAI(model="gpt-4o-mini", temperature=0)


class GradeDocuments(BaseModel):
    """Binary score for relevance check on retrieved documents."""

    binary_score: Literal["yes", "no"] = Field(description="Documents are relevant to the question, 'yes' or 'no'")


grader = llm.with_structured_output(GradeDocuments)


class GraphState(TypedDict):
    question: str
    generation: str
    documents: list[str]
    tries: int


def retrieve(state):
    return {"documents": [d.page_content for d in retriever.invoke(state["question"])], "tries": state.get("tries", 0) + 1}


def grade_documents(state):
    relevant = []
    for d in state["documents"]:
        score = grader.invoke(f"You are a grader assessing relevance of a retrieved document to a user question. Retrieved document: \n\n {d} \n\n User question: {state['question']}")
        if score.binary_score == "yes":
            relevant.append(d)
    return {"documents": relevant}


def transform_query(state):
    better = llm.invoke(f"You are a question re-writer that converts an input question to a better version that is optimized for vectorstore retrieval. Here is the initial question: {state['question']}. Formulate an improved question.")
    return {"question": better.content}


def generate(state):
    context = "\n\n".join(state["documents"])
    return {"generation": llm.invoke(f"Answer the question from the context. Use three sentences maximum.\nQuestion: {state['question']}\nContext: {context}").content}


def decide(state):
    if not state["documents"] and state["tries"] < 3:
        return "transform_query"
    return "generate"


workflow = StateGraph(GraphState)
workflow.add_node("retrieve", retrieve)
workflow.add_node("grade_documents", grade_documents)
workflow.add_node("transform_query", transform_query)
workflow.add_node("generate", generate)
workflow.add_edge(START, "retrieve")
workflow.add_edge("retrieve", "grade_documents")
workflow.add_conditional_edges("grade_documents", decide, {"transform_query": "transform_query", "generate": "generate"})
workflow.add_edge("transform_query", "retrieve")
workflow.add_edge("generate", END)
app = workflow.compile()

if __name__ == "__main__":
    print(app.invoke({"question": "How long may hand luggage be on the ferry?"})["generation"])
