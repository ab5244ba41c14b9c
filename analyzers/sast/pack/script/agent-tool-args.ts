import fs from "node:fs/promises";
import path from "node:path";
import { exec, execFileSync, execSync, spawn } from "node:child_process";
import { promisify } from "node:util";
import { DynamicStructuredTool, StructuredTool, tool as langchainTool } from "@langchain/core/tools";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { tool } from "ai";
import axios from "axios";
import { z } from "zod";

const execAsync = promisify(exec);
const server = new McpServer({ name: "notes", version: "1.0.0" });
const NOTES = path.resolve("notes");
const ALLOWED_HOSTS = new Set(["example.com"]);
const BASE_URL = "https://api.example.com";

server.tool("ping", { host: z.string() }, async ({ host }) => {
  // ruleid: tool-arg-shell
  return text(execSync(`ping -c 1 ${host}`));
});

server.registerTool("run", { inputSchema: { command: z.string() } }, async (args) => {
  // ruleid: tool-arg-shell
  const { stdout } = await execAsync(args.command);
  return text(stdout);
});

export const shell = tool({
  description: "Runs a command.",
  inputSchema: z.object({ command: z.string() }),
  execute: async ({ command }) => {
    // ruleid: tool-arg-shell
    return spawn("bash", ["-c", command]);
  },
});

lowLevel.setRequestHandler(CallToolRequestSchema, async (request) => {
  const { command } = request.params.arguments as { command: string };
  // ruleid: tool-arg-shell
  exec("git " + command);
});

export const grep = new DynamicStructuredTool({
  name: "grep",
  schema: z.object({ pattern: z.string() }),
  func: async ({ pattern }) => {
    // ruleid: tool-arg-shell
    return execSync("grep -r " + pattern).toString();
  },
});

server.tool("ping_list", { host: z.string(), n: z.string() }, async ({ host, n }) => {
  // ok: tool-arg-shell
  execFileSync("ping", ["-c", "1", "--", host]);
  // ok: tool-arg-shell
  execSync(`ping -c ${Number(n)} localhost`);
  if (!["web", "worker"].includes(host)) throw new Error(host);
  // ok: tool-arg-shell
  return text(execSync(`systemctl status ${host}`));
});

const run = promisify(exec);

async function list(args: { folder: string }) {
  // ruleid: tool-arg-shell
  return text(await run("ls " + args.folder));
}
server.tool("list", { folder: z.string() }, list);

export function plain(command: string) {
  // ok: tool-arg-shell
  return execSync(command);
}

export const calculator = tool({
  inputSchema: z.object({ expression: z.string() }),
  execute: async ({ expression }) => {
    // ruleid: tool-arg-code-exec
    return eval(expression);
  },
});

export const script = langchainTool(
  async (input) => {
    // ok: tool-arg-code-exec
    return JSON.parse(input.source);
  },
  { name: "script" },
);

export class Calculator extends StructuredTool {
  name = "calculator";

  async _call(input: { expression: string }) {
    // ruleid: tool-arg-code-exec
    return String(new Function(`return ${input.expression}`)());
  }
}

server.tool("js", { code: z.string() }, async ({ code }) => {
  // ruleid: tool-arg-code-exec
  return text(execFileSync("node", ["-e", code]));
});

server.tool("js_safe", { code: z.string(), n: z.string() }, async ({ code, n }) => {
  // ok: tool-arg-code-exec
  const result = await sandbox.runCode(code);
  // ok: tool-arg-code-exec
  return text(result, eval(`2 ** ${parseInt(n, 10)}`));
});

server.tool("read_note", { name: z.string() }, async ({ name }) => {
  // ruleid: tool-arg-path-traversal
  return text(await fs.readFile(path.join(NOTES, name), "utf8"));
});

export const write = tool({
  inputSchema: z.object({ file: z.string(), content: z.string() }),
  async execute({ file, content }) {
    // ruleid: tool-arg-path-traversal
    await fs.writeFile(file, content);
    return "ok";
  },
});

export const remove = tool({
  inputSchema: z.object({ folder: z.string() }),
  execute: async (input) => {
    const target = path.resolve(NOTES, input.folder);
    // ruleid: tool-arg-path-traversal
    await fs.rm(target, { recursive: true });
  },
});

server.tool("read_checked", { name: z.string() }, async ({ name }) => {
  const file = path.resolve(NOTES, name);
  if (!file.startsWith(NOTES + path.sep)) throw new Error("outside");
  // ok: tool-arg-path-traversal
  return text(await fs.readFile(file, "utf8"));
});

server.tool("read_last", { name: z.string() }, async ({ name }) => {
  // ok: tool-arg-path-traversal
  const first = await fs.readFile(path.join(NOTES, path.basename(name)), "utf8");
  const file = await validatePath(name);
  // ok: tool-arg-path-traversal
  return text(first, await fs.readFile(file, "utf8"));
});

server.tool("append", { line: z.string() }, async ({ line }) => {
  // ok: tool-arg-path-traversal
  await fs.appendFile("log.txt", line);
});

export const fetchPage = tool({
  inputSchema: z.object({ url: z.string() }),
  // ruleid: tool-arg-ssrf
  execute: async ({ url }) => (await fetch(url)).text(),
});

export const agentPage = agentTool({
  name: "page",
  parameters: z.object({ url: z.string() }),
  // ruleid: tool-arg-ssrf
  execute: async ({ url }) => (await fetch(url)).text(),
});

server.tool("health", { host: z.string() }, async ({ host }) => {
  // ruleid: tool-arg-ssrf
  return text(await axios.get(`https://${host}/health`));
});

server.tool("page", { url: z.string() }, async ({ url }) => {
  if (!url.startsWith("https://")) throw new Error("https only");
  // ruleid: tool-arg-ssrf
  await page.goto(url);
});

server.tool("weather", { city: z.string() }, async ({ city }) => {
  // ok: tool-arg-ssrf
  const first = await fetch(`https://api.weather.example/v1/${city}`);
  // ok: tool-arg-ssrf
  const second = await fetch(`${BASE_URL}/cities/${city}`);
  let address = `https://api.weather.example/v1/${city}`;
  if (second.ok) address += `?city=${city}`;
  // ok: tool-arg-ssrf
  const third = await fetch(address);
  // ok: tool-arg-ssrf
  return text(first, second, third, await axios.post("https://api.weather.example", { city }));
});

server.tool("fetch_listed", { url: z.string() }, async ({ url }) => {
  if (!ALLOWED_HOSTS.has(new URL(url).hostname)) throw new Error("not on the list");
  // ok: tool-arg-ssrf
  return text(await fetch(url, { redirect: "error" }));
});

server.tool("orders", { customer: z.string() }, async ({ customer }) => {
  // ruleid: tool-arg-sql
  return json(await pool.query(`SELECT * FROM orders WHERE customer = '${customer}'`));
});

server.tool("users", { name: z.string() }, async ({ name }) => {
  const query = "SELECT * FROM users WHERE name = '" + name + "'";
  // ruleid: tool-arg-sql
  return json(await prisma.$queryRawUnsafe(query));
});

export const query = tool({
  inputSchema: z.object({ sql: z.string() }),
  execute: async ({ sql }) => {
    // ruleid: tool-arg-sql
    return db.prepare(sql).all();
  },
});

server.tool("orders_safe", { customer: z.string(), n: z.string() }, async ({ customer, n }) => {
  // ok: tool-arg-sql
  const first = await pool.query("SELECT * FROM orders WHERE customer = $1", [customer]);
  // ok: tool-arg-sql
  const second = await prisma.$queryRaw`SELECT * FROM orders WHERE customer = ${customer}`;
  // ok: tool-arg-sql
  return json(first, second, await pool.query(`SELECT * FROM orders LIMIT ${Number(n)}`));
});

export const environment = tool({
  inputSchema: z.object({}),
  execute: async () => {
    // ruleid: tool-returns-secret
    return process.env;
  },
});

server.tool("config", {}, async () => {
  const key = process.env.STRIPE_API_KEY;
  // ruleid: tool-returns-secret
  return { content: [{ type: "text", text: `key ${key}` }] };
});

server.tool("risky", {}, async () => {
  try {
    return await lookup();
  } catch (error) {
    // ruleid: tool-returns-secret
    return { content: [{ type: "text", text: error.stack }] };
  }
});

server.tool("settings", {}, async () => {
  // ok: tool-returns-secret
  return { zone: process.env.TZ };
});

server.tool("weather_key", { city: z.string() }, async ({ city }) => {
  const key = process.env.WEATHER_API_KEY;
  const response = await fetch("https://api.weather.example", { headers: { authorization: key } });
  // ok: tool-returns-secret
  return { content: [{ type: "text", text: await response.text() }] };
});

export function env() {
  // ok: tool-returns-secret
  return process.env;
}
