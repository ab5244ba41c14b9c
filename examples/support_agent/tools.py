"""What the agent may do besides answering."""

import sqlite3
import subprocess

from agents import function_tool

orders = sqlite3.connect("orders.db")


@function_tool
def find_orders(customer: str) -> list[tuple]:
    """Finds the orders of a customer."""
    query = f"SELECT id, status FROM orders WHERE customer = '{customer}'"
    return orders.execute(query).fetchall()


# policy: no shell commands without approval
@function_tool
def read_log(service: str) -> str:
    """Reads the last lines of a service's log."""
    command = f"tail -n 50 /var/log/{service}.log"
    return subprocess.run(command, shell=True, capture_output=True, text=True).stdout
