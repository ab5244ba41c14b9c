"""Translates a message with agents that are tools of an orchestrator."""
import asyncio

from agents import Agent, ItemHelpers, Runner

spanish = Agent(name="spanish_agent", model="gpt-5.4-nano", instructions="You translate the user's message to Spanish", handoff_description="An english to spanish translator")
french = Agent(name="french_agent", model="gpt-5.4-nano", instructions="You translate the user's message to French", handoff_description="An english to french translator")
italian = Agent(name="italian_agent", model="gpt-5.4-nano", instructions="You translate the user's message to Italian", handoff_description="An english to italian translator")
orchestrator = Agent(
    name="orchestrator_agent",
    model="gpt-5.4",
    instructions="You are a translation agent. You use the tools given to you to translate. If asked for multiple translations, you call the relevant tools in order. You never translate on your own, you always use the provided tools.",
    tools=[
        spanish.as_tool(tool_name="translate_to_spanish", tool_description="Translate the user's message to Spanish"),
        french.as_tool(tool_name="translate_to_french", tool_description="Translate the user's message to French"),
        italian.as_tool(tool_name="translate_to_italian", tool_description="Translate the user's message to Italian"),
    ],
)
synthesizer = Agent(name="synthesizer_agent", model="gpt-5.4-mini", instructions="You inspect translations, correct them if needed, and produce a final concatenated response.")


async def main():
    msg = "Say in Spanish, French and Italian: the meeting moves to Thursday at three, please bring your passports."
    orchestrator_result = await Runner.run(orchestrator, msg)
    for item in orchestrator_result.new_items:
        text = ItemHelpers.text_message_output(item) if item.type == "message_output_item" else None
        if text:
            print("  - Translation step:", text)
    result = await Runner.run(synthesizer, orchestrator_result.to_input_list())
    print("\n\nFinal response:\n", result.final_output)


if __name__ == "__main__":
    asyncio.run(main())
