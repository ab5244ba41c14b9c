"""Translates a page of interface texts, at most four at a time."""
import asyncio

from openai import AsyncOpenAI

client = AsyncOpenAI()
TEXTS = ["Save", "Your changes could not be saved. Try again later.", "Delete 3 files?", "You have been signed out because nothing happened for 30 minutes.", "Search in this folder", "Nothing found"]
LANGUAGES = ["German", "Polish", "Japanese"]


async def translate(text: str, language: str, limit: asyncio.Semaphore) -> str:
    async with limit:
        response = await client.chat.completions.create(
            model="gpt-4.1-nano" if len(text) < 8 else "gpt-4.1-mini",
            messages=[
                {"role": "system", "content": f"Translate the text of a user interface to {language}. Keep it short. Reply with the translation only."},
                {"role": "user", "content": text},
            ],
            temperature=0,
        )
        return response.choices[0].message.content


async def main():
    limit = asyncio.Semaphore(4)
    jobs = [translate(text, language, limit) for language in LANGUAGES for text in TEXTS]
    for line in await asyncio.gather(*jobs):
        print(line)


asyncio.run(main())
