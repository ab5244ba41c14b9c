"""Writes an outline until a judge likes it."""
import asyncio
from dataclasses import dataclass
from typing import Literal

from agents import Agent, ItemHelpers, Runner, TResponseInputItem, trace

story_outline_generator = Agent(
    name="story_outline_generator",
    model="gpt-5.4-mini",
    instructions="You generate a very short story outline based on the user's input. If there is any feedback provided, use it to improve the outline.",
)


@dataclass
class EvaluationFeedback:
    feedback: str
    score: Literal["pass", "needs_improvement", "fail"]


evaluator = Agent[None](
    name="evaluator",
    model="gpt-5.4-mini",
    instructions="You evaluate a story outline and decide if it's good enough. If it's not good enough, you provide feedback on what needs to be improved. Never give it a pass on the first try. After 5 attempts, you can give it a pass if the story outline is good enough - do not go for perfection",
    output_type=EvaluationFeedback,
)


async def main() -> None:
    msg = "A lighthouse keeper who finds a message in a bottle from herself."
    input_items: list[TResponseInputItem] = [{"content": msg, "role": "user"}]
    latest_outline: str | None = None
    with trace("LLM as a judge"):
        while True:
            story_outline_result = await Runner.run(story_outline_generator, input_items)
            input_items = story_outline_result.to_input_list()
            latest_outline = ItemHelpers.text_message_outputs(story_outline_result.new_items)
            evaluator_result = await Runner.run(evaluator, input_items)
            result: EvaluationFeedback = evaluator_result.final_output
            if result.score == "pass":
                break
            input_items.append({"content": f"Feedback: {result.feedback}", "role": "user"})
    print(latest_outline)


if __name__ == "__main__":
    asyncio.run(main())
