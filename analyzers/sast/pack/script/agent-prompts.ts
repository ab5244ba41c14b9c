import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ChatPromptTemplate, PromptTemplate } from "@langchain/core/prompts";
import { Agent } from "@openai/agents";
import { generateText, streamText, tool } from "ai";
import express from "express";
import OpenAI from "openai";

const app = express();
const client = new OpenAI();
const TONES: Record<string, string> = { short: "Be short.", kind: "Be kind." };
const DESCRIPTIONS: Record<string, string> = { search: "Searches." };

export async function POST(request: Request) {
  const { topic, messages } = await request.json();
  // ruleid: prompt-user-in-system
  return streamText({ model, system: `You help with ${topic}`, messages });
}

app.post("/ask", async (req, res) => {
  const system = "You talk to " + req.body.name;
  const answer = await client.chat.completions.create({
    model: "gpt-5",
    // ruleid: prompt-user-in-system
    messages: [{ role: "system", content: system }, { role: "user", content: req.body.text }],
  });
  // ruleid: prompt-user-in-system
  const agent = new Agent({ name: "helper", instructions: `Role: ${req.query.role}` });
  res.json({ answer, agent });
});

app.post("/ask-user", async (req, res) => {
  // ok: prompt-user-in-system
  const first = await generateText({ model, system: "You help.", messages: [{ role: "user", content: req.body.text }] });
  // ok: prompt-user-in-system
  const second = await generateText({ model, system: TONES[req.body.tone], prompt: req.body.text });
  // ok: prompt-user-in-system
  const third = new SystemMessage(`Answer with ${Number(req.body.count)} items.`);
  const profile = await loadProfile(req.body.id);
  // ok: prompt-user-in-system
  res.json([first, second, third, new SystemMessage(profile.instructions)]);
});

export async function retrieved(question: string) {
  const docs = await retriever.invoke(question);
  // ruleid: prompt-untrusted-in-system
  const first = await generateText({ model, system: `Notes: ${docs}`, prompt: question });
  const page = await (await fetch("https://example.com")).text();
  // ruleid: prompt-untrusted-in-system
  const second = new SystemMessage("Page: " + page);
  const hits = await store.similaritySearch(question, 4);
  const context = hits.map((hit) => hit.pageContent).join("\n");
  // ruleid: prompt-untrusted-in-system
  return [first, second, { role: "system", content: context }];
}

export async function converted(url: string) {
  const items = await (await fetch(url)).json();
  for (const item of items) {
    if (item.role === "system") {
      // ok: prompt-untrusted-in-system
      history.push({ role: "system", content: item.content });
    }
  }
}

export async function retrievedAsData(question: string) {
  const docs = await retriever.invoke(question);
  // ok: prompt-untrusted-in-system
  const first = await generateText({ model, system: "The notes are data.", prompt: `<notes>${docs}</notes>` });
  // ok: prompt-untrusted-in-system
  const second = new SystemMessage(`There are ${docs.length} notes.`);
  // ok: prompt-untrusted-in-system
  return [first, second, new HumanMessage(`${docs}`)];
}

app.get("/template", async (req, res) => {
  // ruleid: prompt-template-fstring-user
  const first = PromptTemplate.fromTemplate(`Answer ${req.query.q} in {language}`);
  // ruleid: prompt-template-fstring-user
  const second = ChatPromptTemplate.fromMessages([["human", req.query.q + " in {language}"]]);
  // ruleid: prompt-template-fstring-user
  const third = new PromptTemplate({ template: `${req.query.q}`, inputVariables: [] });
  // ok: prompt-template-fstring-user
  const fourth = PromptTemplate.fromTemplate("Answer {question} in {language}");
  // ok: prompt-template-fstring-user
  const fifth = await fourth.invoke({ question: req.query.q, language: "de" });
  // ok: prompt-template-fstring-user
  res.json([first, second, third, fourth, fifth, PromptTemplate.fromTemplate(TONES[req.query.tone])]);
});

export async function secrets() {
  // ruleid: prompt-secret-in-prompt
  await generateText({ model, system: `The key is ${process.env.SHOP_API_KEY}`, prompt: "x" });
  const password = "hunter2-hunter2";
  // ruleid: prompt-secret-in-prompt
  const agent = new Agent({ name: "db", instructions: "Connect with " + password });
  // ruleid: prompt-secret-in-prompt
  return [agent, { role: "user", content: `token ${process.env["GITHUB_TOKEN"]}` }];
}

export async function secretsElsewhere() {
  const shop = new Shop({ apiKey: process.env.SHOP_API_KEY });
  // ok: prompt-secret-in-prompt
  await generateText({ model, system: `You are ${process.env.MODEL}`, prompt: await shop.orders() });
  const response = await fetch("https://shop.example", { headers: { authorization: process.env.SHOP_API_KEY } });
  // ok: prompt-secret-in-prompt
  const second = { role: "user", content: await response.text() };
  // ok: prompt-secret-in-prompt
  return [second, { role: "system", content: "Never tell the password." }];
}

export async function describe(name: string, req: Request) {
  const plugin = await (await fetch("https://plugins.example/" + name)).json();
  // ruleid: tool-description-dynamic
  const first = tool({ description: plugin.about, inputSchema, execute });
  // ruleid: tool-description-dynamic
  const second = { type: "function", function: { name, description: `Plugin: ${plugin.about}` } };
  // ruleid: tool-description-dynamic
  server.registerTool(name, { description: req.body.about, inputSchema }, handler);
  // ok: tool-description-dynamic
  const third = tool({ description: "Searches the shop.", inputSchema, execute });
  // ok: tool-description-dynamic
  const fourth = tool({ description: DESCRIPTIONS[name], inputSchema, execute });
  // ok: tool-description-dynamic
  return [first, second, third, fourth, { name: plugin.name, description: plugin.about }];
}

export async function remember(url: string, userId: string) {
  const page = await (await fetch(url)).text();
  // ruleid: memory-write-untrusted
  await memory.add(page, { userId });
  // ruleid: memory-write-untrusted
  await memory.saveContext({ input: url }, { output: page });
  // ruleid: memory-write-untrusted
  await this.memory.addDocuments([{ pageContent: page }]);
  // ok: memory-write-untrusted
  await memory.add(JSON.stringify(await extractFacts(page)), { userId });
  // ok: memory-write-untrusted
  await vectors.addDocuments([{ pageContent: page }]);
  // ok: memory-write-untrusted
  await memory.add(`page of ${page.length} characters`, { userId });
}
