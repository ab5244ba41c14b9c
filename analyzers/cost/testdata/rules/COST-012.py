import statistics

import openai
from google import genai
from google.genai import types
from langchain_openai import ChatOpenAI

client = openai.OpenAI()
google = genai.Client()


def first(m):
    r = client.chat.completions.create(model="gpt-5.6-luna", messages=m, n=3)  # want COST-012 warning: n=3 bills 3 answers
    return r.choices[0].message.content


def chained(m):
    return client.chat.completions.create(model="gpt-5.6-luna", messages=m, n=3).choices[0].message.content  # want COST-012: ≈ $


async def awaited(m, aclient: openai.AsyncOpenAI):
    r = await aclient.chat.completions.create(model="gpt-5.6-luna", messages=m, n=3)  # want COST-012
    print(r.usage)
    answer = r.choices[0].message.content
    return answer


def gemini(q):
    r = google.models.generate_content(model="gemini-3.8-flash", contents=q, config=types.GenerateContentConfig(candidate_count=4))  # want COST-012: candidate_count=4
    return r.text


def best(p):
    return client.completions.create(model="gpt-3.5-turbo-instruct", prompt=p, best_of=5).choices[0].text  # want COST-012: best_of=5


llm = ChatOpenAI(model="gpt-5.6-luna", n=4)  # want COST-012
print(llm.invoke("hello").content)
several = ChatOpenAI(model="gpt-5.6-luna", n=4)
print(several.generate([["hello"]]))


# All of them are used, or may be.
def voted(m):
    r = client.chat.completions.create(model="gpt-5.6-luna", messages=m, n=3)
    return statistics.mode(c.message.content for c in r.choices)


def second(m):
    r = client.chat.completions.create(model="gpt-5.6-luna", messages=m, n=2)
    return r.choices[0].message.content, r.choices[1].message.content


def given(m):
    return client.chat.completions.create(model="gpt-5.6-luna", messages=m, n=3)


def passed(m):
    r = client.chat.completions.create(model="gpt-5.6-luna", messages=m, n=3)
    log(r)
    return r.choices[0].message.content


def indexed(m):
    r = client.chat.completions.create(model="gpt-5.6-luna", messages=m, n=3)
    return [r.choices[i].message.content for i in range(3)]


def single(m, n=1):
    client.chat.completions.create(model="gpt-5.6-luna", messages=m, n=1).choices[0]
    client.chat.completions.create(model="gpt-5.6-luna", messages=m, n=n).choices[0]
