"""A tool loop over SQLite, written by hand as a graph."""
import sqlite3
from typing import Annotated

from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from langgraph.graph import START, StateGraph
from langgraph.graph.message import add_messages
from langgraph.prebuilt import ToolNode, tools_condition
from typing_extensions import TypedDict

db = sqlite3.connect(":memory:", check_same_thread=False)
db.executescript("""
create table orders(id integer primary key, customer text, city text, total real, day text);
insert into orders(customer, city, total, day) values ('Ada','London',120.5,'2026-10-01'),('Bo','Malmo',80,'2026-10-03'),
 ('Cy','London',15.9,'2026-10-07'),('Di','Cardiff',230,'2026-11-02'),('Ed','Malmo',42,'2026-11-09');
""")


@tool
def list_tables() -> str:
    """List the tables of the database with their columns."""
    return "\n".join(row[0] for row in db.execute("select sql from sqlite_master"))


@tool
def run_query(sql: str) -> str:
    """Run a read-only SQL query and return up to 50 rows."""
    try:
        return "\n".join(str(row) for row in db.execute(sql).fetchmany(50))
    except sqlite3.Error as e:
        return f"error: {e}"


class State(TypedDict):
    messages: Annotated[list, add_messages]


tools = [list_tables, run_query]
llm = ChatOpenAI(model="gpt-4.1").bind_tools(tools)


def chatbot(state: State):
    return {"messages": [llm.invoke([("system", "You answer questions about the orders database. Look at the tables first. Never change data."), *state["messages"]])]}


builder = StateGraph(State)
builder.add_node("chatbot", chatbot)
builder.add_node("tools", ToolNode(tools))
builder.add_edge(START, "chatbot")
builder.add_conditional_edges("chatbot", tools_condition)
builder.add_edge("tools", "chatbot")
graph = builder.compile()


def main():
    result = graph.invoke({"messages": [("user", "Which city ordered most in November?")]})
    print(result["messages"][-1].content)


if __name__ == "__main__":
    main()
