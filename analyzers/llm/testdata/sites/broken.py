from openai import OpenAI

client = OpenAI()
client.responses.create(model="gpt-5", input="x")  # site: openai responses gpt-5


def half(x):
    y = (


client.responses.create(model="gpt-4o", input="x")  # site: openai responses gpt-4o
