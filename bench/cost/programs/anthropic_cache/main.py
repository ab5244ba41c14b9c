"""Asks many questions about one contract, which stays in the provider's cache."""
from pathlib import Path

import anthropic

client = anthropic.Anthropic()
CONTRACT = (Path(__file__).parent / "contract.txt").read_text()
QUESTIONS = [
    "Who are the parties?", "When does the contract end?", "What is the notice period?", "Which law applies?",
    "What does the customer pay each month?", "Is there a limit of liability?", "May the supplier use subcontractors?", "What happens to data at the end?",
]


def ask(question):
    message = client.messages.create(
        model="claude-sonnet-4-6",
        max_tokens=300,
        system=[
            {"type": "text", "text": "You answer questions about the contract below in one or two sentences and name the clause."},
            {"type": "text", "text": CONTRACT, "cache_control": {"type": "ephemeral"}},
        ],
        messages=[{"role": "user", "content": question}],
    )
    return message.content[0].text


if __name__ == "__main__":
    for question in QUESTIONS:
        print(question, ask(question))
