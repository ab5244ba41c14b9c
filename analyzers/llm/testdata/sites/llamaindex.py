from llama_index.core import Settings, VectorStoreIndex
from llama_index.core.agent import ReActAgent
from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent
from llama_index.llms.anthropic import Anthropic
from llama_index.llms.openai import OpenAI
from openai import OpenAI as Client

llm = OpenAI(model="gpt-4o-mini", max_tokens=10)  # site: llamaindex OpenAI gpt-4o-mini config
Settings.llm = Anthropic(model="claude-opus-5")  # site: llamaindex Anthropic claude-opus-5 config
client = Client()

agent = FunctionAgent(tools=[], llm=llm)  # site: llamaindex FunctionAgent gpt-4o-mini agent
ambient = FunctionAgent(tools=[])  # site: llamaindex FunctionAgent claude-opus-5 agent
react = ReActAgent.from_tools([], llm=llm, max_iterations=7)  # site: llamaindex from_tools gpt-4o-mini agent
flow = AgentWorkflow(agents=[agent])


async def main(texts):
    client.responses.create(model="gpt-5", input="x")  # site: openai responses gpt-5
    llm.complete("x")  # site: llamaindex complete gpt-4o-mini drive
    for text in texts:
        await llm.achat(text)  # site: llamaindex achat gpt-4o-mini drive loop
    await agent.run("x")  # site: llamaindex run gpt-4o-mini drive
    react.chat("x")  # site: llamaindex chat gpt-4o-mini drive
