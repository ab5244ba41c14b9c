import json
import time

import backoff
import openai
import tenacity
from tenacity import Retrying, retry, stop_after_attempt, stop_never, wait_exponential

client = openai.OpenAI(max_retries=50)  # want COST-015 warning: max_retries=50 is hardly a cap
fine = openai.OpenAI(max_retries=5)


@backoff.on_exception(backoff.expo, openai.RateLimitError)  # want COST-015 warning: what never succeeds never ends
def a(m):
    return client.chat.completions.create(model="gpt-5.6-luna", messages=m)


@backoff.on_exception(backoff.expo, openai.RateLimitError, max_tries=5)
def b(m):
    return client.chat.completions.create(model="gpt-5.6-luna", messages=m)


@backoff.on_exception(backoff.expo, openai.RateLimitError, max_time=60)
def b2(m):
    return client.chat.completions.create(model="gpt-5.6-luna", messages=m)


@retry  # want COST-015: answers that can't be read are
def c(m):
    return json.loads(client.chat.completions.create(model="gpt-5.6-luna", messages=m).choices[0].message.content)


@retry(wait=wait_exponential(1, 60))  # want COST-015
def d(m):
    return client.chat.completions.create(model="gpt-5.6-luna", messages=m)


@tenacity.retry(stop=stop_never)  # want COST-015
def e(m):
    return client.chat.completions.create(model="gpt-5.6-luna", messages=m)


@retry(stop=stop_after_attempt(5))
def f(m):
    return client.chat.completions.create(model="gpt-5.6-luna", messages=m)


@retry(**RETRY)
def g(m):
    return client.chat.completions.create(model="gpt-5.6-luna", messages=m)


@retry
def not_a_model(x):
    return fetch(x)


def forever(m):
    while True:  # want COST-015: This loop tries the request again
        try:
            return client.chat.completions.create(model="gpt-5.6-luna", messages=m)
        except openai.RateLimitError:
            time.sleep(20)


def forever_broken_off(m):
    while True:  # want COST-015
        try:
            r = client.chat.completions.create(model="gpt-5.6-luna", messages=m)
            break
        except Exception as error:
            print(error)
            time.sleep(5)
    return r


def counted(m):
    tries = 0
    while True:
        try:
            return client.chat.completions.create(model="gpt-5.6-luna", messages=m)
        except openai.RateLimitError:
            tries += 1
            if tries > 5:
                raise
            time.sleep(20)


def limited(m):
    for _ in range(5):
        try:
            return client.chat.completions.create(model="gpt-5.6-luna", messages=m)
        except openai.RateLimitError:
            time.sleep(20)


def serve(queue):
    while True:
        try:
            client.chat.completions.create(model="gpt-5.6-luna", messages=queue.get())
        except openai.APIError as error:
            log(error)


def attempts(m):
    for attempt in Retrying(wait=wait_exponential(1, 60)):  # want COST-015
        with attempt:
            return client.chat.completions.create(model="gpt-5.6-luna", messages=m)
