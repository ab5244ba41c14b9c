import json
import os

import discord
import httpx
import requests
import streamlit as st
from agents import Agent, FunctionTool
from anthropic import Anthropic
from fastapi import Depends, FastAPI, Query
from flask import request
from google.genai import types
from langchain_community.document_loaders import WebBaseLoader
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_core.prompts import ChatPromptTemplate, PromptTemplate
from langchain_core.tools import StructuredTool
from openai import OpenAI
from pydantic import BaseModel

app = FastAPI()
client = OpenAI()
claude = Anthropic()
TONES = {"short": "Be short.", "kind": "Be kind."}
DESCRIPTIONS = {"search": "Searches."}


class Question(BaseModel):
    text: str
    tone: str


def flask_view():
    # ruleid: prompt-user-in-system
    messages = [{"role": "system", "content": f"You help. The user says {request.json['text']}"}]
    return client.chat.completions.create(model="gpt-5", messages=messages)


@app.post("/ask")
async def ask(question: Question, user=Depends(str)):
    system = "You help with orders. Their name is " + question.text
    # ruleid: prompt-user-in-system
    return claude.messages.create(model="claude-opus-5", max_tokens=500, system=system, messages=[])


@app.get("/persona")
async def persona(req: Question, persona: str = Query("kind")):
    # ruleid: prompt-user-in-system
    first = {"role": "system", "content": f"Be {persona}"}
    # ruleid: prompt-user-in-system
    return first, {"role": "system", "content": f"Be {req.tone}"}


@app.websocket("/chat")
async def chat(websocket):
    text = await websocket.receive_text()
    # ruleid: prompt-user-in-system
    agent = Agent(name="helper", instructions=f"Help with {text}")
    # ruleid: prompt-user-in-system
    return agent, SystemMessage(content=text)


def form():
    topic = st.text_input("Topic")
    # ruleid: prompt-user-in-system
    return types.GenerateContentConfig(system_instruction=f"You know all about {topic}")


def console():
    role = input("Who am I? ")
    # ruleid: prompt-user-in-system
    return [("x", 1), {"content": f"You are {role}", "role": "developer"}]


def as_user():
    # ok: prompt-user-in-system
    return [{"role": "system", "content": "You help."}, {"role": "user", "content": request.json["text"]}]


@app.post("/tone")
def tone(question: Question):
    # ok: prompt-user-in-system
    first = SystemMessage(content=TONES[question.tone])
    # ok: prompt-user-in-system
    second = SystemMessage(content=TONES.get(question.tone, "Be kind."))
    return first, second, HumanMessage(content=question.text)


@app.get("/items/{count}")
def items(count: int, user: str = Depends(str)):
    # ok: prompt-user-in-system
    return {"role": "system", "content": f"Answer with {count} items for {user}."}


def retrieved(retriever, question):
    docs = retriever.invoke(question)
    context = "\n".join(d.page_content for d in docs)
    # ruleid: prompt-untrusted-in-system
    return [SystemMessage(content=f"Answer from {context}"), HumanMessage(content=question)]


def fetched(url):
    page = requests.get(url, timeout=10).text
    # ruleid: prompt-untrusted-in-system
    messages = [{"role": "system", "content": page}]
    # ruleid: prompt-untrusted-in-system
    return messages, client.responses.create(model="gpt-5", instructions="Page: " + page, input="Summarise")


def loaded(store, question):
    pages = WebBaseLoader("https://example.com").load()
    # ruleid: prompt-untrusted-in-system
    first = {"role": "system", "content": f"Use {pages[0].page_content}"}
    # ruleid: prompt-untrusted-in-system
    return first, ChatPromptTemplate.from_messages([("system", f"Use {store.similarity_search(question)}"), ("human", "{q}")])


def retrieved_as_data(retriever, question):
    docs = retriever.invoke(question)
    # ok: prompt-untrusted-in-system
    return [SystemMessage(content="Answer from the notes."), HumanMessage(content=f"<notes>{docs}</notes>{question}")]


def converted(url):
    for item in requests.get(url, timeout=10).json():
        role = item["role"]
        if role == "system":
            # ok: prompt-untrusted-in-system
            yield SystemMessage(content=item["content"])
        elif item["role"] == "note":
            # ok: prompt-untrusted-in-system
            yield {"role": "system", "content": item["content"]}


def counted(store, question):
    hits = store.similarity_search(question)
    # ok: prompt-untrusted-in-system
    return {"role": "system", "content": f"There are {len(hits)} notes."}


def from_file(path):
    text = open(path).read()
    # ok: prompt-untrusted-in-system
    return {"role": "system", "content": text}


def template_user():
    question = request.args["q"]
    # ruleid: prompt-template-fstring-user
    first = PromptTemplate.from_template(f"Answer {question} in {{language}}")
    # ruleid: prompt-template-fstring-user
    second = PromptTemplate(template="Answer " + question, input_variables=[])
    # ruleid: prompt-template-fstring-user
    third = ChatPromptTemplate.from_messages([("human", f"{question} {{x}}")])
    return first, second, third


def template_constant():
    question = request.args["q"]
    # ok: prompt-template-fstring-user
    first = PromptTemplate.from_template("Answer {question}").format(question=question)
    # ok: prompt-template-fstring-user
    second = ChatPromptTemplate.from_messages([("human", "{question}")]).invoke({"question": question})
    # ok: prompt-template-fstring-user
    return first, second, "Answer {}".format(question)


DB_PASSWORD = "hunter2-hunter2"


def secret_environment():
    # ruleid: prompt-secret-in-prompt
    messages = [{"role": "system", "content": f"The key is {os.environ['SHOP_API_KEY']}"}]
    token = os.getenv("GITHUB_TOKEN")
    # ruleid: prompt-secret-in-prompt
    claude.messages.create(model="claude-opus-5", max_tokens=9, system="Use token " + token, messages=messages)


def secret_constant():
    password = "hunter2-hunter2"
    # ruleid: prompt-secret-in-prompt
    return Agent(name="db", instructions="Connect with {}".format(password))


def secret_elsewhere():
    key = os.environ["OPENAI_API_KEY"]
    model = os.environ["MODEL"]
    # ok: prompt-secret-in-prompt
    first = {"role": "user", "content": f"You are {model}"}
    orders = httpx.get("https://shop.example/orders", headers={"Authorization": key}).text
    # ok: prompt-secret-in-prompt
    second = {"role": "user", "content": f"Orders: {orders}"}
    # ok: prompt-secret-in-prompt
    third = {"role": "system", "content": "Never tell the password."}
    return first, second, third, OpenAI(api_key=key)


def description_remote(name, run):
    about = requests.get("https://plugins.example/" + name, timeout=10).json()["description"]
    # ruleid: tool-description-dynamic
    first = StructuredTool.from_function(func=run, name=name, description=about)
    # ruleid: tool-description-dynamic
    second = {"type": "function", "function": {"name": name, "description": f"Plugin: {about}"}}
    # ruleid: tool-description-dynamic
    third = FunctionTool(name=name, description=request.json["about"], on_invoke_tool=run)
    return first, second, third


def description_constant(name, run):
    data = requests.get("https://plugins.example/" + name, timeout=10).json()
    # ok: tool-description-dynamic
    first = StructuredTool.from_function(func=run, name=name, description="Searches the shop.")
    # ok: tool-description-dynamic
    second = StructuredTool.from_function(func=run, name=name, description=DESCRIPTIONS[name])
    # ok: tool-description-dynamic
    third = Product(name=data["name"], description=data["description"])
    return first, second, third


def remember(memory, url, store):
    page = httpx.get(url).text
    # ruleid: memory-write-untrusted
    memory.save_context({"input": url}, {"output": page})
    # ruleid: memory-write-untrusted
    memory.add(page, user_id="ann")
    for doc in store.similarity_search("x"):
        # ruleid: memory-write-untrusted
        memory.add_texts([doc.page_content])


def remember_checked(memory, url, vectors):
    page = httpx.get(url).text
    # ok: memory-write-untrusted
    memory.add(extract_facts(page), user_id="ann")
    # ok: memory-write-untrusted
    memory.add(f"page of {len(page)} characters", user_id="ann")
    # ok: memory-write-untrusted
    vectors.add_texts([page])
