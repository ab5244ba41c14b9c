"""Plans searches, runs them side by side and writes a report."""
import asyncio
import sys

from agents import Agent, Runner
from pydantic import BaseModel


class WebSearchItem(BaseModel):
    reason: str
    "Your reasoning for why this search is important to the query."
    query: str
    "The search term to use for the web search."


class WebSearchPlan(BaseModel):
    searches: list[WebSearchItem]


class ReportData(BaseModel):
    short_summary: str
    markdown_report: str
    follow_up_questions: list[str]


planner_agent = Agent(
    name="PlannerAgent",
    instructions="You are a helpful research assistant. Given a query, come up with a set of web searches to perform to best answer the query. Output between 3 and 6 terms to query for.",
    model="gpt-5.4",
    output_type=WebSearchPlan,
)
search_agent = Agent(
    name="Search agent",
    instructions="You are a research assistant. Given a search term, you recall what is known about it and produce a concise summary of the results. The summary must be 2-3 paragraphs and less than 300 words. Capture the main points. Write succinctly, no need to have complete sentences or good grammar.",
    model="gpt-5.4-mini",
)
writer_agent = Agent(
    name="WriterAgent",
    instructions="You are a senior researcher tasked with writing a cohesive report for a research query. You will be provided with the original query, and some initial research done by a research assistant. First come up with an outline, then generate the report. It should be in markdown, lengthy and detailed.",
    model="gpt-5.4",
    output_type=ReportData,
)


async def search(item: WebSearchItem) -> str | None:
    try:
        result = await Runner.run(search_agent, f"Search term: {item.query}\nReason for searching: {item.reason}")
        return str(result.final_output)
    except Exception:
        return None


async def research(query: str) -> ReportData:
    plan = await Runner.run(planner_agent, f"Query: {query}")
    found = await asyncio.gather(*(search(item) for item in plan.final_output_as(WebSearchPlan).searches))
    result = await Runner.run(writer_agent, f"Original query: {query}\nSummarized search results: {[f for f in found if f]}")
    return result.final_output_as(ReportData)


if __name__ == "__main__":
    query = sys.argv[1] if len(sys.argv) > 1 else "Are heat pumps worth it in old houses in northern Germany?"
    print(asyncio.run(research(query)).markdown_report)
