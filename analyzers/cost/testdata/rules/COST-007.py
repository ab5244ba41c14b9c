import litellm
import openai
from langchain_openai import OpenAIEmbeddings
from more_itertools import chunked

client = openai.OpenAI()


def looped(docs):
    out = []
    for doc in docs:
        r = client.embeddings.create(model="text-embedding-3-small", input=doc)  # want COST-007 warning: One request per text
        out.append(r.data[0].embedding)
    return out


def others(docs, rows):
    a = [client.embeddings.create(model="text-embedding-3-small", input=d.text) for d in docs]  # want COST-007
    for row in rows:
        client.embeddings.create(model="text-embedding-3-small", input=row["text"])  # want COST-007
        client.embeddings.create(model="text-embedding-3-small", input=[row["text"]])  # want COST-007
        client.embeddings.create(model="text-embedding-3-small", input=f"passage: {row}")  # want COST-007
        litellm.embedding(model="text-embedding-3-small", input=[row])  # want COST-007
    for i in range(len(docs)):
        client.embeddings.create(model="text-embedding-3-small", input=docs[i])  # want COST-007
    return a


def embed(text: str):
    text = text.replace("\n", " ")
    return client.embeddings.create(model="text-embedding-3-small", input=[text]).data[0].embedding  # want COST-007


def through_a_function(chunks):
    for chunk in chunks:
        embed(chunk)


# Silent from here on.


def sliced(docs):
    for i in range(0, len(docs), 512):
        client.embeddings.create(model="text-embedding-3-small", input=docs[i : i + 512])
        batch = docs[i : i + 512]
        client.embeddings.create(model="text-embedding-3-small", input=batch)


def batched(batches, docs):
    for b in batches:
        client.embeddings.create(model="text-embedding-3-small", input=b)
    for part in chunked(docs, 100):
        client.embeddings.create(model="text-embedding-3-small", input=part)
    for group in [docs[i : i + 9] for i in range(0, 99, 9)]:
        client.embeddings.create(model="text-embedding-3-small", input=group)


def lists(pages):
    for page in pages:
        texts = [p.text for p in page]
        client.embeddings.create(model="text-embedding-3-small", input=texts)
        client.embeddings.create(model="text-embedding-3-small", input=[p.text for p in page])
        client.embeddings.create(model="text-embedding-3-small", input=page.texts)


def of_lists(texts: list[str]):
    return client.embeddings.create(model="text-embedding-3-small", input=texts)


def calls_of_lists(pages):
    for page in pages:
        of_lists(page)


def conversation():
    while True:
        client.embeddings.create(model="text-embedding-3-small", input=input("> "))


def once(doc):
    return client.embeddings.create(model="text-embedding-3-small", input=doc)


def supported(texts, embeddings):
    try:
        return embeddings.embed_documents(texts)
    except NotImplementedError:
        return [client.embeddings.create(model="text-embedding-3-small", input=t) for t in texts]


def again(text):
    vector = None
    for _ in range(3):
        try:
            vector = client.embeddings.create(model="text-embedding-3-small", input=[text])
        except openai.RateLimitError:
            continue
    return vector
