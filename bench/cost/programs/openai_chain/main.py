"""Reasons about a plan in four steps; the provider keeps the conversation."""
from openai import OpenAI

client = OpenAI()

STEPS = [
    "We move our monolith of 300k lines of Python from one big Postgres to services. List the three largest risks.",
    "For each risk name one early warning sign.",
    "Which of them would you take on first, and why?",
    "Write the decision down in five sentences for people who were not here.",
]


def main():
    previous = None
    for step in STEPS:
        response = client.responses.create(
            model="gpt-6.1-sol",
            instructions="You are a pragmatic software architect. Be concrete and short.",
            input=step,
            previous_response_id=previous,
            reasoning={"effort": "low"},
        )
        print(response.output_text)
        previous = response.id


main()
