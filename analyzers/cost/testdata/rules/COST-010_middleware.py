from langchain.agents import create_agent
from langchain.agents.middleware import SummarizationMiddleware

agent = create_agent("openai:gpt-5.6-luna", [search], middleware=[SummarizationMiddleware(model="openai:gpt-6-luna")])
messages = []
while True:
    messages.append({"role": "user", "content": input()})
    result = agent.invoke({"messages": messages})
    messages = result["messages"]
