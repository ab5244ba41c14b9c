import Anthropic from '@anthropic-ai/sdk';
import { anthropic } from '@ai-sdk/anthropic';
import { generateText } from 'ai';

const client = new Anthropic();

export async function literal(tickets: string[]) {
  for (const t of tickets) {
    await client.messages.create({ model: 'claude-opus-5-5', max_tokens: 800, messages: [{ role: 'user', content: t }] }); // want COST-001 warning: claude-sonnet-5-5
  }
}

export async function mapped(tickets: string[]) {
  return Promise.all(
    tickets.map(async (t) => {
      const { text } = await generateText({ model: anthropic('claude-opus-5-5'), prompt: `Summarize: ${t}` }); // want COST-001
      return text;
    }),
  );
}

// Silent from here on.

export async function once(t: string) {
  return generateText({ model: anthropic('claude-opus-5-5'), prompt: t });
}

export async function configured(tickets: string[]) {
  for (const t of tickets) {
    await client.messages.create({ model: process.env.MODEL ?? 'claude-opus-5-5', max_tokens: 800, messages: [{ role: 'user', content: t }] });
  }
}

export async function stream(t: string) {
  for await (const event of client.messages.stream({ model: 'claude-opus-5-5', max_tokens: 800, messages: [{ role: 'user', content: t }] })) {
    console.log(event);
  }
}
