"""Takes the most frequent of five answers."""
from collections import Counter

from openai import OpenAI

client = OpenAI()
PROBLEM = "A bat and a ball cost 1.10 together. The bat costs 1.00 more than the ball. What does the ball cost? Think step by step, then write the amount in cents on the last line."

response = client.chat.completions.create(model="gpt-4o", n=5, temperature=0.7, messages=[{"role": "user", "content": PROBLEM}])
answers = Counter((choice.message.content or "").strip().splitlines()[-1] for choice in response.choices)
print(answers.most_common(1)[0][0])
