import anthropic
import openai
import pandas as pd

client = anthropic.Anthropic()
oai = openai.OpenAI()


def rows(cursor):
    data = cursor.execute("SELECT * FROM t").fetchall()  # want COST-017 warning: all rows of a query
    client.messages.create(model="claude-haiku-5-5", max_tokens=99, messages=[{"role": "user", "content": f"Sum up {data}"}])


def first_rows(cursor):
    data = cursor.execute("SELECT * FROM t").fetchall()
    client.messages.create(model="claude-haiku-5-5", max_tokens=99, messages=[{"role": "user", "content": f"Sum up {data[:100]}"}])


def few_rows(cursor):
    data = cursor.execute("SELECT * FROM t LIMIT 20").fetchall()
    client.messages.create(model="claude-haiku-5-5", max_tokens=99, messages=[{"role": "user", "content": f"Sum up {data}"}])


def folder(root):
    code = "\n".join(p.read_text() for p in root.rglob("*.py"))  # want COST-017 warning: all files of a folder
    oai.responses.create(model="gpt-6.1-sol", input="Review:\n" + code)


def pages(reader):
    text = "".join(page.extract_text() for page in reader.pages)  # want COST-017 warning: all pages of a document
    oai.responses.create(model="gpt-6.1-sol", input=f"Sum up: {text}")


def few_pages(reader):
    text = "".join(page.extract_text() for page in reader.pages[:5])
    oai.responses.create(model="gpt-6.1-sol", input=f"Sum up: {text}")


def file(path):
    with open(path) as f:
        text = f.read()
    oai.responses.create(model="gpt-6.1-sol", input=f"Sum up: {text}")  # want COST-017 info: a whole file


def shortened(path):
    with open(path) as f:
        text = f.read()
    text_ = text[:1000]
    oai.responses.create(model="gpt-6.1-sol", input=f"Sum up: {text}")


def own_file():
    with open("prompts/intro.txt") as f:
        text = f.read()
    oai.responses.create(model="gpt-6.1-sol", input=f"Sum up: {text}")


def no_step(path):
    text = open(path).read()
    client.messages.create(model="claude-sonnet-5-5", max_tokens=99, messages=[{"role": "user", "content": text}])


def stated(text):
    # qodacode: slot.text=250000
    oai.responses.create(model="gpt-6.1-sol", input=f"Sum up: {text}")  # want COST-017 warning: The prompt has ≈ 250,0


def stated_short(text):
    # qodacode: slot.text=200000
    oai.responses.create(model="gpt-6.1-sol", input=f"Sum up: {text}")
