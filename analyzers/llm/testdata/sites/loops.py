import time
from concurrent.futures import ThreadPoolExecutor

from openai import OpenAI

client = OpenAI()


def once(x):
    return client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5


def each(x):
    return client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5 loop


def mapped(x):
    return client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5 loop


def deep(x):
    return client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5 loop


def middle(x):
    return deep(x)


def lexical(xs):
    for x in xs:
        client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5 loop
    while xs:
        client.responses.create(model="gpt-5", input=xs.pop())  # site: openai responses gpt-5 loop
    [client.responses.create(model="gpt-5", input=x) for x in xs]  # site: openai responses gpt-5 loop
    [x for x in client.responses.create(model="gpt-5", input="x").output]  # site: openai responses gpt-5
    for chunk in client.responses.create(model="gpt-5", input="x", stream=True):  # site: openai responses gpt-5
        print(chunk)
    for x in xs:
        each(x)
        middle(x)
    once(1)
    with ThreadPoolExecutor() as pool:
        pool.map(mapped, xs)


def retry(x):
    for attempt in range(3):
        try:
            return client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5
        except Exception:
            time.sleep(2**attempt)


def retry_break(x):
    while True:
        try:
            r = client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5
            break
        except Exception:
            continue
    return r


def robust(xs):
    for x in xs:
        try:
            print(client.responses.create(model="gpt-5", input=x))  # site: openai responses gpt-5 loop
        except Exception:
            continue


def agent():
    while True:
        r = client.responses.create(model="gpt-5", input="x")  # site: openai responses gpt-5 loop
        if not r.output:
            break


def submitted(x):
    return client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5 loop


def threaded(x):
    return client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5 loop


def applied(x):
    return client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5 loop


def handed_once(x):
    return client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5


def hands(xs, pool, frame):
    futures = [pool.submit(submitted, x) for x in xs]
    for x in xs:
        Thread(target=threaded, args=(x,)).start()
    frame["text"].apply(applied)
    frame["text"].apply(lambda x: client.responses.create(model="gpt-5", input=x))  # site: openai responses gpt-5 loop
    pool.submit(handed_once, 1)
    return futures


def retry_with(x, lock):
    for attempt in range(3):
        with lock:
            try:
                return client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5
            except Exception:
                time.sleep(1)


def retry_flag(x):
    done = False
    while not done:
        try:
            r = client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5
            done = True
        except Exception:
            time.sleep(1)
    return r


def retry_valid(x):
    for attempt in range(3):
        try:
            r = client.responses.create(model="gpt-5", input=x)  # site: openai responses gpt-5
            if r.output:
                return r
        except Exception:
            time.sleep(1)
