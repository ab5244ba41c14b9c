"""A chat at the terminal that keeps its history."""
import asyncio

from agents import Agent, Runner, function_tool

MENU = {"soup": 6.5, "lentil stew": 11, "trout": 18.5, "apple cake": 5}


@function_tool
def get_menu() -> str:
    """Today's menu with prices."""
    return "\n".join(f"{dish}: {price} EUR" for dish, price in MENU.items())


@function_tool
def book_table(people: int, time: str) -> str:
    """Books a table for this evening."""
    return f"Table for {people} at {time} is booked."


agent = Agent(name="Waiter", model="gpt-5.4-mini", instructions="You are the waiter of a small restaurant. Answer in one or two sentences.", tools=[get_menu, book_table])


async def main():
    history = []
    while True:
        try:
            text = input("> ")
        except EOFError:
            break
        if text in ("quit", "exit"):
            break
        history.append({"role": "user", "content": text})
        result = await Runner.run(agent, history, max_turns=5)
        print(result.final_output)
        history = result.to_input_list()


asyncio.run(main())
