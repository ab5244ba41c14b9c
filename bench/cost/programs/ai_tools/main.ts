// A travel question with tools, at most five steps.
import { openai } from "@ai-sdk/openai";
import { generateText, stepCountIs, tool } from "ai";
import { z } from "zod";

const searchTrains = tool({
  description: "Search train connections between two cities on a day",
  inputSchema: z.object({ from: z.string(), to: z.string(), date: z.string().describe("YYYY-MM-DD") }),
  execute: async ({ from, to }) => ({
    connections: [
      { departure: "07:04", arrival: "11:10", changes: 0, price: 59.9 },
      { departure: "09:30", arrival: "14:02", changes: 1, price: 39.9 },
      { departure: "13:04", arrival: "17:11", changes: 0, price: 79.9 },
    ],
    from,
    to,
  }),
});

const bookSeat = tool({
  description: "Reserve a seat in a train",
  inputSchema: z.object({ departure: z.string(), seat: z.enum(["window", "aisle"]) }),
  execute: async ({ departure, seat }) => `reserved: ${departure}, ${seat}, coach 7`,
});

const { text, steps } = await generateText({
  model: openai("gpt-5.4-mini"),
  system: "You book trains. Ask for nothing that the tools can tell you.",
  prompt: "From Hamburg to Munich on Monday morning, as cheap as possible, at the window.",
  tools: { searchTrains, bookSeat },
  stopWhen: stepCountIs(5),
});
console.log(steps.length, text);
