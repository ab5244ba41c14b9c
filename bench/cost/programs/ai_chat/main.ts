// A chat at the terminal that streams its answers.
import { openai } from "@ai-sdk/openai";
import { type ModelMessage, streamText } from "ai";
import * as readline from "node:readline";

const messages: ModelMessage[] = [];

async function main() {
  const terminal = readline.createInterface({ input: process.stdin });
  for await (const line of terminal) {
    messages.push({ role: "user", content: line });
    const result = streamText({ model: openai("gpt-5.4-mini"), system: "You are a patient teacher of Italian. Correct mistakes and answer in easy Italian.", messages });
    let answer = "";
    for await (const delta of result.textStream) {
      answer += delta;
      process.stdout.write(delta);
    }
    messages.push({ role: "assistant", content: answer });
  }
}

main().catch(console.error);
