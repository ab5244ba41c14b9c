import openai
from openai.types.shared import Reasoning

client = openai.OpenAI()


def looped(items):
    for item in items:
        client.responses.create(model="gpt-6.1-sol", input=item, reasoning={"effort": "high"})  # want COST-013 info: per run is for reasoning
        client.responses.create(model="gpt-6.1-sol", input=item, reasoning=Reasoning(effort="xhigh"))  # want COST-013: "xhigh"
        client.chat.completions.create(model="gpt-6.1-sol", messages=[{"role": "user", "content": item}], reasoning_effort="max")  # want COST-013
        client.responses.create(model="gpt-5.5-pro", input=item)  # want COST-013: gpt-5.5-pro in a loop
        client.responses.create(model=pick(), input=item, reasoning={"effort": "high"})  # want COST-013: billed as output
        client.responses.create(model="gpt-6.1-sol", input=item, reasoning={"effort": "medium"})
        client.responses.create(model="gpt-6.1-sol", input=item)


def once(item, level):
    client.responses.create(model="gpt-6.1-sol", input=item, reasoning={"effort": "high"})
    for x in item:
        client.responses.create(model="gpt-6.1-sol", input=x, reasoning={"effort": level})


def retried(item):
    while True:
        try:
            return client.responses.create(model="gpt-6.1-sol", input=item, reasoning={"effort": "high"})
        except openai.RateLimitError:
            sleep(1)
            attempts()
            if tired():
                raise
