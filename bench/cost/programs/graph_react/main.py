"""A ReAct agent over a small library catalogue."""
from langchain.agents import create_agent
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI

BOOKS = [("The Dispossessed", "Le Guin", 1974, 2), ("Solaris", "Lem", 1961, 0), ("Roadside Picnic", "Strugatsky", 1972, 1), ("Kindred", "Butler", 1979, 3)]


@tool
def search_books(query: str) -> str:
    """Search the catalogue by title or author. Returns title, author, year and copies on the shelf."""
    hits = [b for b in BOOKS if query.lower() in f"{b[0]} {b[1]}".lower()] or BOOKS
    return "\n".join(f"{t} by {a} ({y}), {n} on the shelf" for t, a, y, n in hits)


@tool
def reserve(title: str) -> str:
    """Reserve a book for the user."""
    return f"'{title}' is reserved at the front desk until Saturday."


model = ChatOpenAI(model="gpt-4.1-mini", temperature=0)
agent = create_agent(model, tools=[search_books, reserve], system_prompt="You are a librarian. Check the catalogue before you recommend, and reserve only what is on the shelf.")

if __name__ == "__main__":
    state = agent.invoke(
        {"messages": [{"role": "user", "content": "I liked Solaris. Find me something similar that I can take home today and reserve it."}]},
        {"recursion_limit": 12},
    )
    print(state["messages"][-1].content)
