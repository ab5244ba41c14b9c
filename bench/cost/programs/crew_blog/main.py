"""Two agents write a blog post one after the other."""
from crewai import Agent, Crew, Process, Task

researcher = Agent(role="Researcher", goal="Collect the facts about {topic}", backstory="You have worked for a science magazine for ten years and distrust press releases.", llm="gpt-4o-mini", verbose=False)
writer = Agent(role="Writer", goal="Write clearly about {topic}", backstory="You write for people who are curious but busy.", llm="gpt-4o-mini", verbose=False)

research = Task(description="List what is known about {topic}, with numbers where there are any.", expected_output="Ten bullet points", agent=researcher)
write = Task(description="Write a blog post about {topic} for a general audience.", expected_output="A post of four paragraphs in markdown", agent=writer, context=[research])

crew = Crew(agents=[researcher, writer], tasks=[research, write], process=Process.sequential)

if __name__ == "__main__":
    print(crew.kickoff(inputs={"topic": "swifts and how they sleep"}))
