// Summarises release notes, one file after the other, and then all of them.
import { openai } from "@ai-sdk/openai";
import { generateText } from "ai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.NOTES ?? "notes";

async function summarize(text: string) {
  const { text: summary } = await generateText({
    model: openai("gpt-5.4-mini"),
    system: "You summarize release notes for people who operate the software. Mention breaking changes first.",
    prompt: `Summarize in at most five bullet points:\n\n${text}`,
    maxOutputTokens: 400,
  });
  return summary;
}

async function main() {
  const summaries: string[] = [];
  for (const file of readdirSync(folder)) {
    summaries.push(await summarize(readFileSync(join(folder, file), "utf8")));
  }
  const { text } = await generateText({
    model: openai("gpt-5.4"),
    prompt: `Write a short announcement from these summaries:\n${summaries.join("\n---\n")}`,
  });
  console.log(text);
}

await main();
