from groq import Groq
from mylib import completion, embedding
from together import Together
from cohere.client import CohereClient

Groq().chat.completions.create(model="llama-3.3-70b", messages=[])
t = Together()
t.chat.completions.create(model="meta-llama/x", messages=[])
CohereClient().chat.completions.create(model="command", messages=[])
completion(model="gpt-4o", messages=[])
embedding(model="x", input="y")


class FakeCompletions:
    def create(self, **kwargs):
        return kwargs


class Fake:
    pass


fake = Fake()
fake.chat.completions.create(model="gpt-4o", messages=[])


def f(session, order):
    session.messages.create(model="Order", max_tokens=3)
    session.responses.create(survey="x")
    order.completions.create(model="gpt-4o")
    order.embeddings.create(name="x")
    session.chat.completions.create(model="llama", messages=[])


"client.chat.completions.create(model='gpt-4o')"
# client.chat.completions.create(model="gpt-4o")


def others(stripe, twilio_client, vision, session):
    stripe.PaymentIntent.create(amount=1, currency="usd")
    twilio_client.messages.create(body="x", from_="+1", to="+2")
    vision.models.generate_content("x")
    session.chats.create(name="room")
    session.chats.create(members=[]).send_message("x")


def typed(client: "OpenAI", text: str = "ChatOpenAI(model='gpt-4o').invoke('x')") -> "ChatOpenAI":
    """agent.run_sync("x"), Runner.run(agent, "x"), crew.kickoff()"""
    return text
