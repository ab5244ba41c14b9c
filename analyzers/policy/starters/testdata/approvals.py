import subprocess

from agents import Agent, Runner, function_tool
from sqlalchemy import text

from app.db import engine


@function_tool
# expect: agent_approval_required deny
def delete_user(user_id: int) -> str:
    """Delete a user."""
    with engine.begin() as conn:
        # expect: no_prod_db_deletes deny
        conn.execute(text("DELETE FROM users WHERE id = :id"), {"id": user_id})
    return "gone"


@function_tool(needs_approval=True)
def restart(service: str) -> str:
    """Restart a service."""
    subprocess.run(["systemctl", "restart", service], check=True)
    return "done"


@function_tool
def find_user(name: str) -> str:
    """Find a user."""
    with engine.begin() as conn:
        return str(conn.execute(text("SELECT * FROM users WHERE name = :name"), {"name": name}).all())


@function_tool
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


@function_tool
def pay(amount: float) -> str:
    """Pay."""
    if input(f"Pay {amount}? ") != "yes":
        return "refused"
    with engine.begin() as conn:
        conn.execute(text("INSERT INTO payments (amount) VALUES (:a)"), {"a": amount})
    return "paid"


@function_tool
def unused(name: str) -> str:
    """Drop a table."""
    with engine.begin() as conn:
        # expect: no_prod_db_deletes deny
        conn.execute(text("DROP TABLE " + name))
    return "gone"


agent = Agent(name="support", tools=[delete_user, restart, find_user, add, pay])


async def main(question: str):
    return await Runner.run(agent, question)
