import os

import anthropic
import openai
from agents import Agent, Runner

client = anthropic.Anthropic()
oai = openai.OpenAI()
MODEL = "gpt-5.6-sol"  # want COST-018 info: gpt-6.1-sol costs less than gpt-5.6-sol

oai.responses.create(model=MODEL, input="x")
oai.responses.create(model=MODEL, input="y")
client.messages.create(model="claude-opus-5", max_tokens=99, messages=[])  # want COST-018: claude-opus-5-5 costs less
client.messages.create(model="claude-fable-5-1", max_tokens=99, messages=[])  # want COST-018: claude-fable-5-2 costs less
client.messages.create(model="claude-sonnet-5", max_tokens=99, messages=[])  # want COST-018: cached prompts
client.messages.create(model=os.getenv("M", "claude-opus-4-8"), max_tokens=99, messages=[])  # want COST-018

# The newest; ones whose successor makes more tokens of a text; one that retires; another platform.
client.messages.create(model="claude-opus-5-5", max_tokens=99, messages=[])
client.messages.create(model="claude-opus-4-6", max_tokens=99, messages=[])
client.messages.create(model="claude-sonnet-4-5", max_tokens=99, messages=[])
anthropic.AnthropicBedrock().messages.create(model="claude-opus-5", max_tokens=99, messages=[])
openai.AzureOpenAI().responses.create(model="gpt-5.6-sol", input="x")
openai.OpenAI(base_url="https://gateway.example.com/v1").responses.create(model="gpt-5.6-sol", input="x")
oai.responses.create(model="gpt-5.5", input="x")
oai.embeddings.create(model="text-embedding-ada-002", input="x")

# A framework's own default is no choice of the code.
Runner.run_sync(Agent(name="a"), "x")
