from agents.planner import Agent, Runner
from agents import build_agent
from undici import Agent as Other
from .llm import LLM, ChatOpenAI

planner = Agent(name="planner", model="gpt-4o")
Runner.run(planner, "x")
Other(name="x", model="gpt-4o")
LLM(model="gpt-4o")
ChatOpenAI(model="gpt-4o")


class Crew:
    def kickoff(self):
        pass


Crew().kickoff()
build_agent().run("x")


class Worker:
    def invoke(self, text):
        return text

    def run(self):
        self.invoke("x")
        self.worker.generate_content("x")
