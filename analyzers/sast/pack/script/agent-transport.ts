import https from "node:https";
import Anthropic from "@anthropic-ai/sdk";
import { createOpenAI } from "@ai-sdk/openai";
import { ChatOpenAI } from "@langchain/openai";
import OpenAI from "openai";

// ruleid: llm-key-client-side
export const inBrowser = new OpenAI({ apiKey: key, dangerouslyAllowBrowser: true });
// ruleid: llm-key-client-side
export const nextKey = process.env.NEXT_PUBLIC_OPENAI_API_KEY;
// ruleid: llm-key-client-side
export const viteKey = import.meta.env.VITE_ANTHROPIC_API_KEY;

// ok: llm-key-client-side
export const onServer = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });
// ok: llm-key-client-side
export const analytics = process.env.NEXT_PUBLIC_ANALYTICS_KEY;
// ok: llm-key-client-side
export const model = import.meta.env.VITE_OPENAI_MODEL;
// ok: llm-key-client-side
export const refused = new OpenAI({ apiKey: key, dangerouslyAllowBrowser: false });

// ruleid: llm-tls-disabled
export const bare = new OpenAI({ baseURL: "http://llm.example.com/v1" });
// ruleid: llm-tls-disabled
export const plain = createOpenAI({ baseURL: "http://llm.example.com/v1", apiKey: "x" });
// ruleid: llm-tls-disabled
export const chain = new ChatOpenAI({ model: "gpt-5", configuration: { baseURL: "http://10.0.0.7/v1" } });

// ok: llm-tls-disabled
export const checked = new OpenAI({ httpAgent: new https.Agent({ ca }) });
// ok: llm-tls-disabled
export const local = createOpenAI({ baseURL: "http://localhost:11434/v1" });
// ok: llm-tls-disabled
export const encrypted = new Anthropic({ baseURL: "https://llm.example.com" });

// ruleid: llm-missing-timeout
export const endless = new Anthropic({ timeout: Infinity });

export async function raw(body: string, headers: Headers) {
  // ruleid: llm-missing-timeout
  const first = await fetch("https://api.openai.com/v1/responses", { method: "POST", headers, body });
  // ruleid: llm-missing-timeout
  const second = await fetch("https://api.anthropic.com/v1/messages", { body, method: "POST" });
  // ok: llm-missing-timeout
  const third = await fetch("https://api.openai.com/v1/responses", { method: "POST", body, signal: AbortSignal.timeout(60_000) });
  // ok: llm-missing-timeout
  const fourth = await fetch("https://example.com", { method: "POST", body });
  // ok: llm-missing-timeout
  return [first, second, third, fourth, new Anthropic({ timeout: 60_000 })];
}
