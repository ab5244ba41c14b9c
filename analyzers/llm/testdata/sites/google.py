import google.generativeai as old
from google import genai
from google.genai import types
from vertexai.generative_models import GenerativeModel

client = genai.Client()
vertex = genai.Client(vertexai=True, project="p")
explicit = genai.Client(vertexai=False)
MODEL_ID = "gemini-3.6-flash"


async def current(self, texts):
    client.models.generate_content(model=MODEL_ID, contents="x", config=types.GenerateContentConfig(max_output_tokens=5))  # site: google-genai models.generate_content gemini-3.6-flash
    for chunk in client.models.generate_content_stream(model="gemini-3.8-flash", contents="x"):  # site: google-genai models.generate_content gemini-3.8-flash
        print(chunk)
    await client.aio.models.generate_content(model=MODEL_ID, contents="x")  # site: google-genai models.generate_content gemini-3.6-flash
    vertex.models.generate_content(model=MODEL_ID, contents="x")  # site: google-genai models.generate_content gemini-3.6-flash vertex
    explicit.models.generate_content(model=MODEL_ID, contents="x")  # site: google-genai models.generate_content gemini-3.6-flash
    self.client.models.generate_content(model=MODEL_ID, contents="x")  # site: google-genai models.generate_content gemini-3.6-flash
    chat = client.chats.create(model=MODEL_ID)  # site: google-genai create gemini-3.6-flash config
    for text in texts:
        chat.send_message(text)  # site: google-genai send_message gemini-3.6-flash drive loop
    live = client.aio.chats.create(model=MODEL_ID)  # site: google-genai create gemini-3.6-flash config
    await live.send_message("x")  # site: google-genai send_message gemini-3.6-flash drive
    client.models.embed_content(model="gemini-embedding-001", contents=texts)  # site: google-genai models.embed_content gemini-embedding-001
    client.models.list()
    client.models.get(model=MODEL_ID)


def older(texts):
    model = old.GenerativeModel("gemini-1.5-pro", generation_config={"max_output_tokens": 9})  # site: google-generativeai GenerativeModel gemini-1.5-pro config
    model.generate_content("x")  # site: google-generativeai generate_content gemini-1.5-pro
    session = model.start_chat(history=[])
    session.send_message("x")  # site: google-generativeai send_message gemini-1.5-pro drive
    on_vertex = GenerativeModel(model_name="gemini-1.5-flash")  # site: google-generativeai GenerativeModel gemini-1.5-flash config vertex
    on_vertex.generate_content("x")  # site: google-generativeai generate_content gemini-1.5-flash vertex
    old.embed_content("models/text-embedding-004", "x")  # site: google-generativeai embed_content models/text-embedding-004
