"""An analyst with tools and an editor, as a class."""
from crewai import LLM, Agent, Crew, Process, Task
from crewai.project import CrewBase, agent, crew, task
from crewai.tools import tool

llm = LLM(model="gpt-4.1", max_tokens=900)


@tool("Sales of a month")
def sales(month: str) -> str:
    """Sales of a month by region, in thousands of EUR."""
    return f"{month}: north 412, south 388, east 120, west 275"


@tool("Targets")
def targets(region: str) -> str:
    """The yearly target of a region, in thousands of EUR."""
    return f"{region}: 4800, reached 71 percent at the end of September"


@CrewBase
class Report:
    agents_config = {}
    tasks_config = {}

    @agent
    def analyst(self) -> Agent:
        return Agent(role="Sales analyst", goal="Find out which regions miss their targets", backstory="You look at numbers before you speak.", tools=[sales, targets], llm=llm, max_iter=6)

    @agent
    def editor(self) -> Agent:
        return Agent(role="Editor", goal="Make the analysis readable", backstory="You edit the letter to the board.", llm=llm, max_iter=3)

    @task
    def analyse(self) -> Task:
        return Task(description="Analyse the sales of October and compare them with the targets.", expected_output="A short analysis", agent=self.analyst())

    @task
    def edit(self) -> Task:
        return Task(description="Turn the analysis into a letter.", expected_output="A letter of one page", agent=self.editor())

    @crew
    def crew(self) -> Crew:
        return Crew(agents=self.agents, tasks=self.tasks, process=Process.sequential)


if __name__ == "__main__":
    print(Report().crew().kickoff())
