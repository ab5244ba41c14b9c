import importlib
import google.generativeai as genai
from openai import OpenAI
from config import cfg

completion = lambda **options: None

if cfg.litellm:
    import litellm

    completion = litellm.completion
else:
    client = OpenAI()
    completion = client.chat.completions.create

def ask(messages):
    return completion(model="gpt-6-luna", messages=messages)  # site: litellm completion gpt-6-luna

named = importlib.import_module("litellm")
named.completion(model="gpt-6-luna", messages=[])  # site: litellm completion gpt-6-luna
importlib.import_module("json").completion(model="gpt-6-luna", messages=[])

class Gemini(genai.GenerativeModel):
    def tokens(self, text):
        return self.count_tokens(text)

class Plain:
    def generate_content(self, text):
        return text

class Bot:
    def __init__(self):
        self.model = "gemini-4-argon"
        self.llm = Gemini(model_name=self.model)  # site: google-generativeai GenerativeModel gemini-4-argon config
        self.plain = Plain()

    def ask(self, text):
        self.plain.generate_content(text)
        return self.llm.generate_content(text)  # site: google-generativeai generate_content gemini-4-argon
