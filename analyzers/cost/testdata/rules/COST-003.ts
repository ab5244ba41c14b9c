import OpenAI from 'openai';
import { openai } from '@ai-sdk/openai';
import { anthropic } from '@ai-sdk/anthropic';
import { embed, generateObject, generateText } from 'ai';
import { z } from 'zod';

const client = new OpenAI();
const options = makeOptions();

export async function single(q: string) {
  await client.responses.create({ model: 'gpt-5.6-luna', input: q }); // want COST-003 info
  await generateText({ model: openai('gpt-5.6-luna'), prompt: q }); // want COST-003 info
  await generateObject({ model: openai('gpt-5.6-luna'), schema: z.object({ summary: z.string() }), prompt: q }); // want COST-003 info
}

export async function looped(qs: string[]) {
  for (const q of qs) {
    await generateText({ model: openai('gpt-5.6-luna'), prompt: q }); // want COST-003 warning
  }
}

// Silent from here on.

export async function capped(q: string) {
  await client.responses.create({ model: 'gpt-5.6-luna', input: q, max_output_tokens: 500 });
  await client.responses.create({ model: 'gpt-5.6-luna', input: q, ...options });
  await generateText({ model: openai('gpt-5.6-luna'), prompt: q, maxOutputTokens: 500 });
  await generateText({ model: openai('gpt-5.6-luna'), prompt: q, maxTokens: 500 });
  await generateText({ model: anthropic('claude-sonnet-5-5'), prompt: q });
  await generateObject({ model: openai('gpt-5.6-luna'), schema: z.object({ kind: z.enum(['bug', 'idea']), score: z.number() }), prompt: q });
  await embed({ model: openai.textEmbeddingModel('text-embedding-3-small'), value: q });
}
