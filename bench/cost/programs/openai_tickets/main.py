"""Files tickets: category, urgency and a reply for each."""
import json
from enum import Enum
from pathlib import Path

from openai import OpenAI
from pydantic import BaseModel

client = OpenAI()

SYSTEM = """You are the first line of support at a company that sells accounting software to small businesses.
For each ticket decide its category and urgency, and draft a short, friendly reply. Never promise dates.
Refunds above 50 EUR are decided by a person: say so. Legal questions are not answered."""


class Category(str, Enum):
    billing = "billing"
    bug = "bug"
    question = "question"
    other = "other"


class Ticket(BaseModel):
    category: Category
    urgent: bool
    reply: str


def classify(text: str) -> Ticket:
    completion = client.chat.completions.parse(
        model="gpt-4o-mini",
        messages=[{"role": "system", "content": SYSTEM}, {"role": "user", "content": text}],
        response_format=Ticket,
        max_tokens=400,
    )
    return completion.choices[0].message.parsed


def main():
    tickets = json.loads((Path(__file__).parent / "tickets.json").read_text())
    for ticket in tickets:
        result = classify(ticket["body"])
        print(ticket["id"], result.category.value, "!" if result.urgent else "")


if __name__ == "__main__":
    main()
