"""Sorts the morning's support mail: a triage agent hands each message to a specialist."""
import asyncio

from agents import Agent, ModelSettings, Runner, function_tool

INBOX = [
    "I was charged twice for my subscription in October, please give me one of them back.",
    "The app crashes when I open the camera on my Pixel 9. I have reinstalled it twice.",
    "How do I change the card that you charge?",
    "Where is order 88121? It should have been here on Tuesday.",
]


@function_tool
def find_invoice(customer: str, month: str) -> str:
    """Finds the invoices of a customer in a month."""
    return f"2 invoices of {customer} in {month}: #1881 12.00 EUR paid, #1882 12.00 EUR paid"


@function_tool
def issue_refund(invoice: str, reason: str) -> str:
    """Gives the money of an invoice back."""
    return f"refund of {invoice} is on its way, 3-5 working days"


@function_tool
def search_issues(query: str) -> str:
    """Searches the issue tracker."""
    return "\n".join(f"#{n} camera preview crashes on some devices since 4.{n % 10}, fixed in 4.12" for n in (812, 818, 840))


settings = ModelSettings(max_tokens=800)
billing = Agent(name="Billing", model="gpt-4.1-mini", instructions="You solve questions about invoices and refunds. Verify invoices before you refund.", tools=[find_invoice, issue_refund], model_settings=settings)
technical = Agent(name="Technical", model="gpt-4.1", instructions="You solve technical problems. Search known issues first, then answer with numbered steps.", tools=[search_issues], model_settings=settings)
triage = Agent(
    name="Triage",
    model="gpt-4.1-mini",
    instructions="Decide who should answer the customer's message and hand it over. Answer yourself if nobody fits.",
    handoffs=[billing, technical],
    model_settings=settings,
)


async def main():
    for message in INBOX:
        result = await Runner.run(triage, message, max_turns=6)
        print(result.last_agent.name, ":", result.final_output)


if __name__ == "__main__":
    asyncio.run(main())
