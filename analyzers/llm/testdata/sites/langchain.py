import os

from langchain.agents import AgentExecutor, create_agent, create_tool_calling_agent, initialize_agent
from langchain.chains import LLMChain
from langchain.chat_models import init_chat_model
from langchain_anthropic import ChatAnthropic as Claude
from langchain_community.chat_models.openai import ChatOpenAI as OldChat
from langchain_community.llms import Ollama
from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_openai import AzureChatOpenAI, ChatOpenAI, OpenAIEmbeddings
from langgraph.graph import StateGraph
from langgraph.prebuilt import create_react_agent

MODEL = os.getenv("MODEL", "gpt-4o")

llm = ChatOpenAI(model=MODEL, temperature=0)  # site: langchain ChatOpenAI gpt-4o config default
claude = Claude(model_name="claude-opus-5", max_tokens=100)  # site: langchain ChatAnthropic claude-opus-5 config
old = OldChat()  # site: langchain ChatOpenAI - config
azure = AzureChatOpenAI(azure_deployment="prod-gpt")  # site: langchain AzureChatOpenAI prod-gpt config azure
any_model = init_chat_model("anthropic:claude-sonnet-5-5")  # site: langchain init_chat_model anthropic:claude-sonnet-5-5 config
vertex = init_chat_model("google_vertexai:gemini-3.6-flash")  # site: langchain init_chat_model google_vertexai:gemini-3.6-flash config vertex
local = ChatOpenAI(model="qwen", base_url="http://localhost:8000/v1")  # site: langchain ChatOpenAI qwen config custom

chain = prompt | llm | StrOutputParser()
tools = llm.bind_tools([search])
structured = claude.with_structured_output(Answer).with_retry()


def requests(texts, given: ChatOpenAI, base: BaseChatModel | None, prompt, session):
    llm.invoke("hi")  # site: langchain invoke gpt-4o default
    chain.invoke({"topic": "x"})  # site: langchain invoke gpt-4o default
    tools.invoke("hi")  # site: langchain invoke gpt-4o default
    structured.batch(texts)  # site: langchain batch claude-opus-5
    azure.invoke("x")  # site: langchain invoke prod-gpt azure
    (prompt | any_model).stream({})  # site: langchain stream anthropic:claude-sonnet-5-5
    given.invoke("x")  # site: langchain invoke -
    base.bind_tools([]).invoke("x")  # site: langchain invoke -
    for text in texts:
        fresh = ChatOpenAI(model="gpt-5")  # site: langchain ChatOpenAI gpt-5 config loop
        fresh.invoke(text)  # site: langchain invoke gpt-5 loop
    prompt.invoke({"topic": "x"})
    session.invoke("x")
    StrOutputParser().invoke("x")


async def many(texts):
    await llm.abatch(texts)  # site: langchain abatch gpt-4o default
    async for chunk in llm.astream("x"):  # site: langchain astream gpt-4o default
        print(chunk)


def make(model="gpt-5-mini"):
    return ChatOpenAI(model=model)  # site: langchain ChatOpenAI gpt-5-mini config default


def wrappers():
    make().invoke("x")  # site: langchain invoke gpt-5-mini default
    make("gpt-5-nano").invoke("x")  # site: langchain invoke gpt-5-nano


def strict(model):
    return ChatOpenAI(model=model)  # site: langchain ChatOpenAI gpt-4.1 config


def uses_strict():
    llm = strict("gpt-4.1")
    llm.invoke("x")  # site: langchain invoke gpt-4.1


def either(fast):
    if fast:
        model = ChatOpenAI(model="gpt-5-nano")  # site: langchain ChatOpenAI gpt-5-nano config
    else:
        model = Claude(model="claude-opus-5")  # site: langchain ChatAnthropic claude-opus-5 config
    model.invoke("x")  # site: langchain invoke -


class Service:
    def __init__(self, llm=None, name: str = "gpt-4o-mini"):
        self.llm = llm or ChatOpenAI(model=name)  # site: langchain ChatOpenAI gpt-4o-mini config default
        self.chain = prompt | self.llm

    @property
    def cheap(self):
        return ChatOpenAI(model="gpt-5-nano")  # site: langchain ChatOpenAI gpt-5-nano config

    def ask(self, q):
        self.cheap.invoke(q)  # site: langchain invoke gpt-5-nano
        return self.chain.invoke({"q": q})  # site: langchain invoke gpt-4o-mini default


agent = create_agent(model="openai:gpt-5", tools=[])  # site: langchain create_agent openai:gpt-5 agent
react = create_react_agent(claude, tools=[])  # site: langchain create_react_agent claude-opus-5 agent
calling = create_tool_calling_agent(llm, [], prompt)  # site: langchain create_tool_calling_agent gpt-4o agent default
executor = AgentExecutor(agent=calling, tools=[])
legacy = initialize_agent([], llm)  # site: langchain initialize_agent gpt-4o agent default
qa = LLMChain(llm=llm, prompt=prompt)
embeddings = OpenAIEmbeddings(model="text-embedding-3-small")


def agents(docs):
    agent.invoke({"messages": []}, {"recursion_limit": 25})  # site: langchain invoke openai:gpt-5
    react.invoke({"messages": []})  # site: langchain invoke claude-opus-5
    executor.invoke({"input": "x"})  # site: langchain invoke gpt-4o default
    legacy.run("x")  # site: langchain run gpt-4o default
    qa.run("x")  # site: langchain run gpt-4o default
    embeddings.embed_documents(docs)  # site: langchain embed_documents text-embedding-3-small
    for doc in docs:
        embeddings.embed_query(doc)  # site: langchain embed_query text-embedding-3-small loop


builder = StateGraph(dict)
graph = builder.compile()


def run_graph(items):
    for item in items:
        graph.invoke({"x": item})  # site: langgraph graph - drive loop


def unknown_making(llm, tool, retriever, self, docs):
    llm.invoke("x")  # site: langchain invoke -
    (prompt | self.llm_model | StrOutputParser()).invoke({})  # site: langchain invoke -
    llm_with_tools = llm.bind_tools([tool])
    llm_with_tools.invoke("x")  # site: langchain invoke -
    tool.invoke("x")
    retriever.invoke("x")
    llm.predict(docs)
    local_llm = Ollama(model="llama3")  # runs on the caller's own machine
    local_llm.invoke("x")
    (prompt | llm | OtherParser()).invoke({})  # site: langchain invoke -
