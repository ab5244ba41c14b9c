from google import genai

client = genai.Client()
FLASH = "gemini-3.8-flash"  # want COST-019 info: gemini-3.8-flash costs twice as much from 2027-01-01 (40 days)


def ask(q):
    client.models.generate_content(model="gemini-4-argon", contents=q)  # want COST-019 info: from 2026-12-01 (9 days): $4.00 in · $20.00 out /1M instead of $2.00 in · $10.00 out /1M; ≈ $
    client.models.generate_content(model=FLASH, contents=q)
    client.models.generate_content(model=FLASH, contents=q + q)
    client.models.generate_content(model="gemini-3.5-flash", contents=q)
    genai.Client(vertexai=True).models.generate_content(model="gemini-4-argon", contents=q)
