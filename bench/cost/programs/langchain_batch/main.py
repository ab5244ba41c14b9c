"""Labels reviews with a chain, five at a time."""
import csv
from pathlib import Path

from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI

prompt = ChatPromptTemplate.from_messages([
    ("system", "You label product reviews. Reply with exactly one word: positive, negative or mixed."),
    ("human", "Review: {review}"),
])
chain = prompt | ChatOpenAI(model="gpt-4o-mini", temperature=0, max_tokens=5) | StrOutputParser()


def main():
    with open(Path(__file__).parent / "reviews.csv", newline="") as f:
        rows = list(csv.DictReader(f))
    labels = chain.batch([{"review": row["text"]} for row in rows], config={"max_concurrency": 5})
    for row, label in zip(rows, labels):
        print(row["id"], label)


if __name__ == "__main__":
    main()
