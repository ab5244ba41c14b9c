import { readFile, rm, writeFile } from "node:fs/promises";
import { generateText, tool } from "ai";
import { openai } from "@ai-sdk/openai";
import { Pool } from "pg";
import { z } from "zod";

const pool = new Pool();

export async function removeUser(id: string) {
  // expect: no_prod_db_deletes deny
  await pool.query("DELETE FROM users WHERE id = $1", [id]);
  await pool.query("SELECT * FROM users");
}

export async function reset() {
  if (process.env.NODE_ENV === "production") throw new Error("never in production");
  await pool.query("DELETE FROM users");
}

export async function report(data: unknown, url: string) {
  // expect: external_api_whitelist deny
  await fetch("https://collector.example.net/events", { method: "POST", body: JSON.stringify(data) });
  // expect: external_api_whitelist warn
  await fetch(url);
  await fetch("http://localhost:3000/health");
  await writeFile("out/report.json", JSON.stringify(data));
  // expect: file_access_restrictions deny
  await rm("/var/lib/app", { recursive: true });
  return readFile("config.json", "utf8");
}

export async function labels(tickets: string[]) {
  for (const ticket of tickets) {
    // expect: llm_rate_limit warn
    await generateText({ model: openai("gpt-5-mini"), prompt: ticket });
  }
}

// expect: agent_approval_required deny
const saveNote = tool({
  description: "Save a note",
  inputSchema: z.object({ name: z.string(), text: z.string() }),
  execute: async ({ name, text }) => {
    // expect: file_access_restrictions warn
    await writeFile(`notes/${name}`, text);
  },
});

export const answer = (prompt: string) =>
  generateText({
    model: openai("gpt-5-mini"),
    tools: { saveNote },
    prompt,
  });
