import anthropic
import openai

client = anthropic.Anthropic()
RULES = """
Rule 0: never say the word number 0, and always answer in complete sentences with a friendly tone.
Rule 1: never say the word number 1, and always answer in complete sentences with a friendly tone.
Rule 2: never say the word number 2, and always answer in complete sentences with a friendly tone.
Rule 3: never say the word number 3, and always answer in complete sentences with a friendly tone.
Rule 4: never say the word number 4, and always answer in complete sentences with a friendly tone.
Rule 5: never say the word number 5, and always answer in complete sentences with a friendly tone.
Rule 6: never say the word number 6, and always answer in complete sentences with a friendly tone.
Rule 7: never say the word number 7, and always answer in complete sentences with a friendly tone.
Rule 8: never say the word number 8, and always answer in complete sentences with a friendly tone.
Rule 9: never say the word number 9, and always answer in complete sentences with a friendly tone.
Rule 10: never say the word number 10, and always answer in complete sentences with a friendly tone.
Rule 11: never say the word number 11, and always answer in complete sentences with a friendly tone.
Rule 12: never say the word number 12, and always answer in complete sentences with a friendly tone.
Rule 13: never say the word number 13, and always answer in complete sentences with a friendly tone.
Rule 14: never say the word number 14, and always answer in complete sentences with a friendly tone.
Rule 15: never say the word number 15, and always answer in complete sentences with a friendly tone.
Rule 16: never say the word number 16, and always answer in complete sentences with a friendly tone.
Rule 17: never say the word number 17, and always answer in complete sentences with a friendly tone.
Rule 18: never say the word number 18, and always answer in complete sentences with a friendly tone.
Rule 19: never say the word number 19, and always answer in complete sentences with a friendly tone.
Rule 20: never say the word number 20, and always answer in complete sentences with a friendly tone.
Rule 21: never say the word number 21, and always answer in complete sentences with a friendly tone.
Rule 22: never say the word number 22, and always answer in complete sentences with a friendly tone.
Rule 23: never say the word number 23, and always answer in complete sentences with a friendly tone.
Rule 24: never say the word number 24, and always answer in complete sentences with a friendly tone.
Rule 25: never say the word number 25, and always answer in complete sentences with a friendly tone.
Rule 26: never say the word number 26, and always answer in complete sentences with a friendly tone.
Rule 27: never say the word number 27, and always answer in complete sentences with a friendly tone.
Rule 28: never say the word number 28, and always answer in complete sentences with a friendly tone.
Rule 29: never say the word number 29, and always answer in complete sentences with a friendly tone.
Rule 30: never say the word number 30, and always answer in complete sentences with a friendly tone.
Rule 31: never say the word number 31, and always answer in complete sentences with a friendly tone.
Rule 32: never say the word number 32, and always answer in complete sentences with a friendly tone.
Rule 33: never say the word number 33, and always answer in complete sentences with a friendly tone.
Rule 34: never say the word number 34, and always answer in complete sentences with a friendly tone.
Rule 35: never say the word number 35, and always answer in complete sentences with a friendly tone.
Rule 36: never say the word number 36, and always answer in complete sentences with a friendly tone.
Rule 37: never say the word number 37, and always answer in complete sentences with a friendly tone.
Rule 38: never say the word number 38, and always answer in complete sentences with a friendly tone.
Rule 39: never say the word number 39, and always answer in complete sentences with a friendly tone.
Rule 40: never say the word number 40, and always answer in complete sentences with a friendly tone.
Rule 41: never say the word number 41, and always answer in complete sentences with a friendly tone.
Rule 42: never say the word number 42, and always answer in complete sentences with a friendly tone.
Rule 43: never say the word number 43, and always answer in complete sentences with a friendly tone.
Rule 44: never say the word number 44, and always answer in complete sentences with a friendly tone.
Rule 45: never say the word number 45, and always answer in complete sentences with a friendly tone.
Rule 46: never say the word number 46, and always answer in complete sentences with a friendly tone.
Rule 47: never say the word number 47, and always answer in complete sentences with a friendly tone.
Rule 48: never say the word number 48, and always answer in complete sentences with a friendly tone.
Rule 49: never say the word number 49, and always answer in complete sentences with a friendly tone.
Rule 50: never say the word number 50, and always answer in complete sentences with a friendly tone.
Rule 51: never say the word number 51, and always answer in complete sentences with a friendly tone.
Rule 52: never say the word number 52, and always answer in complete sentences with a friendly tone.
Rule 53: never say the word number 53, and always answer in complete sentences with a friendly tone.
Rule 54: never say the word number 54, and always answer in complete sentences with a friendly tone.
Rule 55: never say the word number 55, and always answer in complete sentences with a friendly tone.
Rule 56: never say the word number 56, and always answer in complete sentences with a friendly tone.
Rule 57: never say the word number 57, and always answer in complete sentences with a friendly tone.
Rule 58: never say the word number 58, and always answer in complete sentences with a friendly tone.
Rule 59: never say the word number 59, and always answer in complete sentences with a friendly tone.
Rule 60: never say the word number 60, and always answer in complete sentences with a friendly tone.
Rule 61: never say the word number 61, and always answer in complete sentences with a friendly tone.
Rule 62: never say the word number 62, and always answer in complete sentences with a friendly tone.
Rule 63: never say the word number 63, and always answer in complete sentences with a friendly tone.
Rule 64: never say the word number 64, and always answer in complete sentences with a friendly tone.
Rule 65: never say the word number 65, and always answer in complete sentences with a friendly tone.
Rule 66: never say the word number 66, and always answer in complete sentences with a friendly tone.
Rule 67: never say the word number 67, and always answer in complete sentences with a friendly tone.
Rule 68: never say the word number 68, and always answer in complete sentences with a friendly tone.
Rule 69: never say the word number 69, and always answer in complete sentences with a friendly tone.
"""


def plain(question):
    client.messages.create(model="claude-opus-5", max_tokens=100, system=RULES, messages=[{"role": "user", "content": question}])


def marked(question):
    client.messages.create(model="claude-opus-5", max_tokens=100, system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}], messages=[{"role": "user", "content": question}])


def looped(questions):
    for question in questions[:50]:
        client.messages.create(model="claude-opus-5", max_tokens=100, system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}], messages=[{"role": "user", "content": question}])


def below():
    client.messages.create(model="claude-haiku-4-5", max_tokens=100, system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}], messages=[{"role": "user", "content": "Hi"}])


def automatic(question):
    openai.responses.create(model="gpt-6.1-sol", max_output_tokens=100, instructions=RULES, input=question, reasoning={"effort": "none"})


def stepped(book):
    # qodacode: slot.book=300000
    openai.responses.create(model="gpt-6.1-sol", max_output_tokens=100, input=book, reasoning={"effort": "none"})


def below_step(book):
    # qodacode: slot.book=271000
    openai.responses.create(model="gpt-6.1-sol", max_output_tokens=100, input=book[:9], reasoning={"effort": "none"})


def embeddings(chunk):
    # qodacode: slot.chunk=500
    openai.embeddings.create(model="text-embedding-3-large", input=chunk)
