import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';
import { generateText, generateObject, streamText, embedMany, stepCountIs, tool } from 'ai';
import { openai } from '@ai-sdk/openai';
import { anthropic } from '@ai-sdk/anthropic';
import { z } from 'zod';

const client = new OpenAI();
const claude = new Anthropic();
const SYSTEM = `You are a helpful assistant.
Answer briefly.`;

const weather = tool({
  description: 'Get the weather in a location',
  inputSchema: z.object({ location: z.string().describe('The location to get the weather for') }),
  execute: async ({ location }) => ({ location, temperature: 72 }),
});

export async function chat(question: string) {
  return client.chat.completions.create({
    model: 'gpt-4o',
    max_completion_tokens: 200,
    messages: [{ role: 'system', content: SYSTEM }, { role: 'user', content: `Question: ${question}` }],
  });
}

export async function summarize(doc: string) {
  return claude.messages.create({ model: 'claude-sonnet-5-5', max_tokens: 500, system: SYSTEM, messages: [{ role: 'user', content: doc.slice(0, 8000) }] });
}

export async function agent(topic: string) {
  return generateText({ model: openai('gpt-4o'), system: SYSTEM, prompt: 'Tell me about ' + topic, tools: { weather }, stopWhen: stepCountIs(5), maxOutputTokens: 400 });
}

export async function noSteps(topic: string) {
  return generateText({ model: openai('gpt-4o'), prompt: `Tell me about ${topic}`, tools: { weather } });
}

export async function object(text: string) {
  return generateObject({ model: anthropic('claude-sonnet-5-5'), schema: z.object({ title: z.string(), tags: z.array(z.string()) }), prompt: `Extract:\n${text}` });
}

export async function stream(messages: any[]) {
  return streamText({ model: openai('gpt-4o'), system: SYSTEM, messages });
}

export async function vectors(values: string[]) {
  return embedMany({ model: openai.textEmbeddingModel('text-embedding-3-small'), values });
}

export async function unknown(model: string) {
  return client.responses.create({ model, input: 'Hi' });
}
