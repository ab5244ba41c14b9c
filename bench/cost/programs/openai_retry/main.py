"""Extracts a recipe as JSON, asking again when the answer can't be read."""
import json

from openai import OpenAI

client = OpenAI()
PAGE = """Grandma's plum cake. Take 300 g of flour, 150 g of cold butter, 100 g of sugar, one egg and a pinch of salt, knead quickly and
leave it in the fridge for half an hour. Meanwhile stone about a kilo of plums. Roll out the dough on a tray, lay the plums on it in rows,
sprinkle with sugar and cinnamon and bake at 180 degrees for 40 minutes. Serves eight, with whipped cream."""


def extract(page: str, attempts: int = 3) -> dict:
    prompt = f"""Extract the recipe from the page as JSON with the keys title, servings, ingredients (a list of name, amount, unit) and steps (a list of strings).
Return only the JSON, without a code fence.

Page:
{page}"""
    for attempt in range(attempts):
        response = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}], max_tokens=1000)
        try:
            return json.loads(response.choices[0].message.content)
        except json.JSONDecodeError:
            if attempt == attempts - 1:
                raise
    raise ValueError("no attempts")


if __name__ == "__main__":
    print(extract(PAGE))
