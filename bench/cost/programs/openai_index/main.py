"""Embeds a handbook and answers two questions about it."""
from pathlib import Path

import numpy as np
from openai import OpenAI

client = OpenAI()


def embed(text):
    return np.array(client.embeddings.create(model="text-embedding-3-large", input=text).data[0].embedding)


def answer(question, chunks, vectors):
    scores = vectors @ embed(question)
    best = [chunks[i] for i in np.argsort(-scores)[:3]]
    prompt = "Answer the question with the excerpts of the handbook only.\n\n" + "\n\n".join(best) + f"\n\nQuestion: {question}"
    response = client.responses.create(model="gpt-5.4-mini", input=prompt, max_output_tokens=500)
    return response.output_text


def main():
    text = (Path(__file__).parent / "handbook.txt").read_text()
    chunks = [text[i:i + 600] for i in range(0, len(text), 500)]
    vectors = np.stack([embed(chunk) for chunk in chunks])
    for question in ["How many days of leave do part-time employees have?", "Who approves a business trip?"]:
        print(question, "->", answer(question, chunks, vectors))


if __name__ == "__main__":
    main()
