import openai
from openai import ChatCompletion as CC

openai.ChatCompletion.create(model="gpt-4", messages=[])  # site: openai chat.completions gpt-4
openai.ChatCompletion.acreate(engine="gpt-35", messages=[])  # site: openai chat.completions gpt-35
openai.Completion.create(model="gpt-3.5-turbo", prompt="x")  # site: openai completions gpt-3.5-turbo
openai.Embedding.create(model="text-embedding-ada-002", input="x")  # site: openai embeddings text-embedding-ada-002
CC.create(model="gpt-4", messages=[])  # site: openai chat.completions gpt-4
openai.Image.create(prompt="x")
openai.Model.list()
