from crewai import LLM, Agent, Crew, Process, Task
from crewai.project import CrewBase, agent, crew
from langchain_openai import ChatOpenAI

llm = LLM(model="anthropic/claude-opus-5", max_tokens=1000)  # site: crewai LLM anthropic/claude-opus-5 config
azure = LLM("azure/gpt-4o")  # site: crewai LLM azure/gpt-4o config azure
chat = ChatOpenAI(model="gpt-4o")  # site: langchain ChatOpenAI gpt-4o config

writer = Agent(role="writer", goal="write", backstory="b", llm="gpt-4o-mini", max_iter=5)  # site: crewai Agent gpt-4o-mini agent
editor = Agent(role="editor", goal="edit", backstory="b", llm=llm)  # site: crewai Agent anthropic/claude-opus-5 agent
critic = Agent(role="critic", goal="c", backstory="b", llm=chat)  # site: crewai Agent gpt-4o agent
silent = Agent(role="silent", goal="s", backstory="b")  # site: crewai Agent gpt-4.1-mini agent default pieced
plain_crew = Crew(agents=[writer], tasks=[])
managed = Crew(agents=[writer], tasks=[], process=Process.hierarchical, manager_llm="gpt-5.2")  # site: crewai Crew gpt-5.2 agent


@CrewBase
class Team:
    @agent
    def researcher(self) -> Agent:
        return Agent(  # site: crewai Agent gpt-5 agent
            config=self.agents_config["researcher"],
            llm=ChatOpenAI(model="gpt-5"),  # site: langchain ChatOpenAI gpt-5 config
        )

    @crew
    def crew(self) -> Crew:
        return Crew(agents=self.agents, tasks=self.tasks)


def run(topics):
    plain_crew.kickoff(inputs={})  # site: crewai kickoff - drive
    Team().crew().kickoff(inputs={})  # site: crewai kickoff - drive
    for topic in topics:
        managed.kickoff(inputs={"topic": topic})  # site: crewai kickoff - drive loop
    llm.call("hello")  # site: crewai call anthropic/claude-opus-5 drive
    writer.kickoff("hello")  # site: crewai kickoff gpt-4o-mini drive
