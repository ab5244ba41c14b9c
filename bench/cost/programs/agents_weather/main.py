"""Answers one question about the weather with two tools."""
from agents import Agent, Runner, function_tool

FORECAST = {"Lisbon": "sunny, 24 degrees, light wind from the west", "Oslo": "snow, -3 degrees, roads may be icy in the morning"}


@function_tool
def get_weather(city: str) -> str:
    """Get today's weather for a city."""
    return FORECAST.get(city, f"No station in {city}. Known stations: {', '.join(FORECAST)}.")


@function_tool
def packing_list(temperature: int, days: int) -> str:
    """Suggest what to pack for a trip."""
    base = ["socks", "shirts", "rain jacket"] if temperature > 10 else ["gloves", "wool sweater", "boots"]
    return "\n".join(f"{days} x {item}" for item in base)


agent = Agent(
    name="Travel helper",
    model="gpt-5.4-mini",
    instructions="You help travellers. Look up the weather before you suggest what to pack. Be brief.",
    tools=[get_weather, packing_list],
)


def main():
    result = Runner.run_sync(agent, "I fly to Lisbon on Friday for four days. What should I pack?")
    print(result.final_output)


if __name__ == "__main__":
    main()
