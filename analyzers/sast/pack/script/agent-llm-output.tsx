import fs from "node:fs/promises";
import path from "node:path";
import vm from "node:vm";
import { exec, execSync, execFileSync, spawn } from "node:child_process";
import Anthropic from "@anthropic-ai/sdk";
import { useCompletion } from "@ai-sdk/react";
import { ChatOpenAI } from "@langchain/openai";
import { Agent, run } from "@openai/agents";
import { GoogleGenAI } from "@google/genai";
import { generateObject, generateText, streamText } from "ai";
import axios from "axios";
import DOMPurify from "dompurify";
import { marked } from "marked";
import OpenAI from "openai";

const client = new OpenAI();
const claude = new Anthropic();
const model = new ChatOpenAI({ model: "gpt-5-mini" });
const OUT = path.resolve("out");
const ALLOWED_HOSTS = new Set(["example.com"]);
const BASE_URL = "https://api.example.com";

export async function codeText(prompt: string) {
  const { text } = await generateText({ model, prompt });
  // ruleid: agent-llm-output-code-exec
  return eval(text);
}

export async function codeOpenAI(prompt: string) {
  const completion = await client.chat.completions.create({ model: "gpt-5", messages: [] });
  const source = completion.choices[0].message.content ?? "";
  // ruleid: agent-llm-output-code-exec
  const f = new Function("x", source);
  // ruleid: agent-llm-output-code-exec
  return [f(1), vm.runInNewContext(source.trim(), {})];
}

export async function codeClaude(message: Anthropic.Message) {
  for (const block of message.content) {
    if (block.type === "tool_use" && block.name === "js") {
      // ruleid: agent-llm-output-code-exec
      eval(block.input.code);
    }
  }
}

export async function codeStream(prompt: string) {
  const { textStream } = streamText({ model, prompt });
  let source = "";
  for await (const part of textStream) source += part;
  // ruleid: agent-llm-output-code-exec
  return new vm.Script(source);
}

export async function codeChain(question: string) {
  const chain = prompt.pipe(model);
  const answer = await chain.invoke({ question });
  const piped = await prompt.pipe(model).invoke({ question });
  // ruleid: agent-llm-output-code-exec
  eval(piped.content);
  // ruleid: agent-llm-output-code-exec
  return eval(answer.content);
}

export async function codeSafe(prompt: string, sandbox: Sandbox) {
  const { text } = await generateText({ model, prompt });
  // ok: agent-llm-output-code-exec
  const value = JSON.parse(text);
  // ok: agent-llm-output-code-exec
  const n = eval(`2 ** ${Number(text)}`);
  // ok: agent-llm-output-code-exec
  return [value, n, await sandbox.runCode(text), eval("1 + 1")];
}

export async function codeOther() {
  const response = await fetch("https://example.com");
  // ok: agent-llm-output-code-exec
  return eval(await response.text());
}

export async function shell(task: string) {
  const { text } = await generateText({ model, prompt: task });
  // ruleid: agent-llm-output-shell
  execSync(text);
  // ruleid: agent-llm-output-shell
  exec(`git ${text}`, () => {});
  // ruleid: agent-llm-output-shell
  spawn(text, { shell: true });
  // ruleid: agent-llm-output-shell
  spawn("bash", ["-c", text]);
}

export async function shellAgent(task: string) {
  const agent = new Agent({ name: "Operator", instructions: "Answer with a command." });
  const result = await run(agent, task);
  // ruleid: agent-llm-output-shell
  execSync(result.finalOutput ?? "");
}

export async function shellFixed(task: string) {
  const { text } = await generateText({ model, prompt: task });
  // ok: agent-llm-output-shell
  execFileSync("git", ["commit", "-m", text]);
  // ok: agent-llm-output-shell
  spawn("git", ["log", text]);
  // ok: agent-llm-output-shell
  execSync(`git log -n ${Number(text)}`);
  // ok: agent-llm-output-shell
  return /a/.exec(text);
}

export async function sql(question: string) {
  const { text } = await generateText({ model, prompt: question });
  // ruleid: agent-llm-output-sql
  const rows = await prisma.$queryRawUnsafe(text);
  // ruleid: agent-llm-output-sql
  const more = await knex.raw(text);
  // ruleid: agent-llm-output-sql
  const last = await pool.query(`SELECT * FROM users WHERE name = '${text}'`);
  // ok: agent-llm-output-sql
  const safe = await pool.query("SELECT * FROM users WHERE name = $1", [text]);
  // ok: agent-llm-output-sql
  const tagged = await prisma.$queryRaw`SELECT * FROM users WHERE name = ${text}`;
  // ok: agent-llm-output-sql
  return [rows, more, last, safe, tagged, cache.get(text)];
}

export function Answer() {
  const { completion } = useCompletion();
  // ruleid: agent-llm-output-html
  const raw = <div dangerouslySetInnerHTML={{ __html: marked(completion) }} />;
  // ok: agent-llm-output-html
  const clean = <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(marked(completion)) }} />;
  // ok: agent-llm-output-html
  return <p>{raw}{clean}{completion}</p>;
}

export async function html(element: HTMLElement) {
  const message = await claude.messages.create({ model: "claude-opus-5", max_tokens: 500, messages: [] });
  // ruleid: agent-llm-output-html
  element.innerHTML = message.content[0].text;
  // ruleid: agent-llm-output-html
  element.insertAdjacentHTML("beforeend", `<p>${message.content[0].text}</p>`);
  // ok: agent-llm-output-html
  element.textContent = message.content[0].text;
}

export async function files(call: ToolCall) {
  const args = JSON.parse(call.function.arguments);
  // ruleid: agent-llm-output-path
  await fs.writeFile(path.join("out", args.name), args.text);
  // ruleid: agent-llm-output-path
  await fs.rm(args.folder, { recursive: true });
  // ruleid: agent-llm-output-path
  await fs.rename("draft.md", `out/${args.name}`);
}

export async function filesSafe(call: ToolCall) {
  const args = JSON.parse(call.function.arguments);
  // ok: agent-llm-output-path
  await fs.writeFile("answer.md", args.text);
  // ok: agent-llm-output-path
  await fs.writeFile(path.join("out", path.basename(args.name)), args.text);
  const target = path.resolve(OUT, args.name);
  if (!target.startsWith(OUT + path.sep)) throw new Error("outside");
  // ok: agent-llm-output-path
  await fs.writeFile(target, args.text);
}

export async function urls(question: string) {
  const ai = new GoogleGenAI({});
  const answer = await ai.models.generateContent({ model: "gemini-3", contents: question });
  // ruleid: agent-llm-output-url
  const page = await fetch(answer.text);
  const { object } = await generateObject({ model, prompt: question });
  // ruleid: agent-llm-output-url
  const other = await axios.get(object.url);
  // ruleid: agent-llm-output-url
  return [page, other, await fetch(`https://${object.host}/health`)];
}

export async function urlsSafe(question: string) {
  const { object } = await generateObject({ model, prompt: question });
  // ok: agent-llm-output-url
  const weather = await fetch(`https://api.weather.example/v1/${object.city}`);
  // ok: agent-llm-output-url
  const own = await fetch(`${BASE_URL}/cities/${object.city}`);
  // ok: agent-llm-output-url
  const posted = await axios.post("https://api.example.com/v1", { city: object.city });
  if (!ALLOWED_HOSTS.has(new URL(object.url).hostname)) throw new Error("not on the list");
  // ok: agent-llm-output-url
  return [weather, own, posted, await fetch(object.url)];
}

export class Dispatcher {
  async direct(call: ToolCall) {
    // ruleid: agent-llm-json-unvalidated
    return this[call.function.name](JSON.parse(call.function.arguments));
  }

  async block(message: Anthropic.Message) {
    for (const block of message.content) {
      if (block.type === "tool_use") {
        // ruleid: agent-llm-json-unvalidated
        await this[block.name](block.input);
      }
    }
  }

  async everywhere(call: ToolCall) {
    const name = call.function.name;
    // ruleid: agent-llm-json-unvalidated
    return globalThis[name]();
  }

  async table(call: ToolCall) {
    // ok: agent-llm-json-unvalidated
    return TOOLS[call.function.name](JSON.parse(call.function.arguments));
  }

  async listed(call: ToolCall) {
    const name = call.function.name;
    if (!ALLOWED.has(name)) throw new Error(name);
    // ok: agent-llm-json-unvalidated
    return this[name](1);
  }

  async other(name: string) {
    // ok: agent-llm-json-unvalidated
    return this[name](1);
  }
}
