// Minutes of meetings: decisions of each, side by side, then one list.
import OpenAI from "openai";
import { readFileSync } from "node:fs";

const client = new OpenAI();
const MODEL = "gpt-4o-mini";

async function decisions(minutes: string): Promise<string> {
  const response = await client.chat.completions.create({
    model: MODEL,
    messages: [
      { role: "system", content: "Extract the decisions from the minutes of a meeting, one per line, with who does what by when." },
      { role: "user", content: minutes },
    ],
  });
  return response.choices[0]?.message.content ?? "";
}

export async function main() {
  const meetings = readFileSync("minutes.txt", "utf8").split("\n\n");
  const found = await Promise.all(meetings.map(decisions));
  const stream = await client.chat.completions.create({
    model: MODEL,
    stream: true,
    messages: [{ role: "user", content: `Merge these lists and drop duplicates:\n${found.join("\n")}` }],
    max_tokens: 1000,
  });
  for await (const chunk of stream) {
    process.stdout.write(chunk.choices[0]?.delta?.content ?? "");
  }
}

main();
