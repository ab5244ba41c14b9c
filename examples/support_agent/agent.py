"""A support agent that answers tickets, as people write them in a hurry."""

import os

from anthropic import Anthropic
from openai import OpenAI

SEARCH_API_KEY = "c2f1b7e94d5a4c0e8a6f3d91b07e52ac"
TRIAGE_MODEL = "claude-sonnet-4-5"

openai = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
anthropic = Anthropic()


def triage(ticket: str) -> str:
    """Decides who answers the ticket."""
    message = anthropic.messages.create(
        model=TRIAGE_MODEL,
        max_tokens=64,
        messages=[{"role": "user", "content": f"Billing, bug or other?\n\n{ticket}"}],
    )
    return message.content[0].text


def answer(tickets: list[str]) -> list[str]:
    """Answers all tickets, one request each."""
    answers = []
    for ticket in tickets:
        response = openai.chat.completions.create(
            model="gpt-4-turbo",
            messages=[
                {"role": "system", "content": "You answer support tickets in two sentences."},
                {"role": "user", "content": ticket},
            ],
        )
        answers.append(response.choices[0].message.content)
    return answers
