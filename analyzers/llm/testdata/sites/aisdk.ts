import { generateText, streamText as st, generateObject, streamObject, embed, embedMany, ToolLoopAgent, Experimental_Agent as Agent, wrapLanguageModel, customProvider, createProviderRegistry, gateway, stepCountIs } from 'ai';
import * as ai from 'ai';
import type { LanguageModel } from 'ai';
import { openai, createOpenAI } from '@ai-sdk/openai';
import { anthropic } from '@ai-sdk/anthropic';
import { azure } from '@ai-sdk/azure';
import { bedrock } from '@ai-sdk/amazon-bedrock';
import { createVertex } from '@ai-sdk/google-vertex';
import { vertexAnthropic } from '@ai-sdk/google-vertex/anthropic';
import { openrouter } from '@openrouter/ai-sdk-provider';
import { z } from 'zod';
import { createEnv } from '@t3-oss/env-nextjs';

const MODELS = { fast: 'gpt-6-luna', smart: 'gpt-6.1-sol' } as const;
enum Model { Fast = 'gpt-6-luna' }
const objects = { fast: openai('gpt-6-luna'), deep: { slow: anthropic('claude-opus-5') } };
const router = createOpenAI({ baseURL: 'https://gateway.example/v1' });
const plain = createOpenAI({ apiKey: process.env.KEY });
const vertex = createVertex({ project: 'p' });
const env = z.object({ MODEL: z.string().min(1).default('gpt-6-luna'), NAME: z.string() }).parse(process.env);
const t3 = createEnv({ server: { CHAT_MODEL: z.string().default('gpt-6-luna').describe('x') }, runtimeEnv: process.env });
const mine = customProvider({ languageModels: { small: openai('gpt-6-luna'), big: wrapLanguageModel({ model: anthropic('claude-opus-5'), middleware: [] }) }, fallbackProvider: openai });
const registry = createProviderRegistry({ openai, mine });
const make = (id = 'gpt-6-luna') => openai(id);
const pick = (id: string) => anthropic(id);
function chosen() { return gateway('anthropic/claude-opus-5'); }
function either(x: boolean) { if (x) { return openai('gpt-6-luna'); } return openai('gpt-6.1-sol'); }
const config = { llm: { model: 'gpt-6-luna' } } satisfies object;

export async function calls(q: string, model: LanguageModel, flag: boolean, { id = 'gpt-6-luna' }: { id?: string } = {}) {
  await generateText({ model: openai('gpt-6-luna'), prompt: q }); // site: ai-sdk generateText gpt-6-luna
  await st({ model: openai.responses('gpt-6.1-sol'), prompt: q }); // site: ai-sdk streamText gpt-6.1-sol
  await ai.generateText({ model: anthropic.languageModel('claude-opus-5'), prompt: q }); // site: ai-sdk generateText claude-opus-5
  await generateObject({ model: 'openai/gpt-6-luna', prompt: q, schema: z.object({}) }); // site: ai-sdk generateObject openai/gpt-6-luna
  await streamObject({ model: gateway('openai/gpt-6-luna'), prompt: q, schema: z.object({}) }); // site: ai-sdk streamObject openai/gpt-6-luna
  await embed({ model: openai.textEmbeddingModel('text-embedding-3-small'), value: q }); // site: ai-sdk embed text-embedding-3-small
  await embedMany({ model: openai.embedding('text-embedding-3-small'), values: [q] }); // site: ai-sdk embedMany text-embedding-3-small
  await generateText({ model: router('gpt-6-luna'), prompt: q }); // site: ai-sdk generateText gpt-6-luna custom
  await generateText({ model: plain.chat('gpt-6-luna'), prompt: q }); // site: ai-sdk generateText gpt-6-luna
  await generateText({ model: createOpenAI({ apiKey: 'k' })('gpt-6-luna'), prompt: q }); // site: ai-sdk generateText gpt-6-luna
  await generateText({ model: azure('my-deployment'), prompt: q }); // site: ai-sdk generateText my-deployment azure
  await generateText({ model: bedrock('anthropic.claude-opus-5'), prompt: q }); // site: ai-sdk generateText anthropic.claude-opus-5 bedrock
  await generateText({ model: vertex('gemini-3.8-flash'), prompt: q }); // site: ai-sdk generateText gemini-3.8-flash vertex
  await generateText({ model: vertexAnthropic('claude-opus-5'), prompt: q }); // site: ai-sdk generateText claude-opus-5 vertex
  await generateText({ model: openrouter.chat('openai/gpt-6-luna'), prompt: q }); // site: ai-sdk generateText openai/gpt-6-luna custom
  await generateText({ model: wrapLanguageModel({ model: openai('gpt-6-luna'), middleware: [] }), prompt: q }); // site: ai-sdk generateText gpt-6-luna
  await generateText({ model: openai(MODELS.fast), prompt: q }); // site: ai-sdk generateText gpt-6-luna
  await generateText({ model: openai(MODELS[flag ? 'fast' : 'smart']), prompt: q }); // site: ai-sdk generateText -
  await generateText({ model: openai(Model.Fast), prompt: q }); // site: ai-sdk generateText gpt-6-luna
  await generateText({ model: objects.fast, prompt: q }); // site: ai-sdk generateText gpt-6-luna
  await generateText({ model: objects.deep.slow, prompt: q }); // site: ai-sdk generateText claude-opus-5
  await generateText({ model: openai(process.env.MODEL ?? 'gpt-6-luna'), prompt: q }); // site: ai-sdk generateText gpt-6-luna default
  await generateText({ model: openai(process.env.MODEL || 'gpt-6-luna'), prompt: q }); // site: ai-sdk generateText gpt-6-luna default
  await generateText({ model: openai(import.meta.env.VITE_MODEL ?? 'gpt-6-luna'), prompt: q }); // site: ai-sdk generateText gpt-6-luna default
  await generateText({ model: openai(env.MODEL), prompt: q }); // site: ai-sdk generateText gpt-6-luna default
  await generateText({ model: openai(env.NAME), prompt: q }); // site: ai-sdk generateText -
  await generateText({ model: openai(t3.CHAT_MODEL), prompt: q }); // site: ai-sdk generateText gpt-6-luna default
  await generateText({ model: openai(id), prompt: q }); // site: ai-sdk generateText gpt-6-luna default
  await generateText({ model, prompt: q }); // site: ai-sdk generateText -
  await generateText({ model: flag ? openai('gpt-6-luna') : openai('gpt-6.1-sol'), prompt: q }); // site: ai-sdk generateText -
  await generateText({ model: flag ? openai('gpt-6-luna') : openai.chat('gpt-6-luna'), prompt: q }); // site: ai-sdk generateText gpt-6-luna pieced
  await generateText({ model: make(), prompt: q }); // site: ai-sdk generateText gpt-6-luna default
  await generateText({ model: make('gpt-6.1-sol'), prompt: q }); // site: ai-sdk generateText gpt-6.1-sol
  await generateText({ model: pick('claude-opus-5'), prompt: q }); // site: ai-sdk generateText claude-opus-5
  await generateText({ model: pick(q), prompt: q }); // site: ai-sdk generateText -
  await generateText({ model: chosen(), prompt: q }); // site: ai-sdk generateText anthropic/claude-opus-5
  await generateText({ model: either(flag), prompt: q }); // site: ai-sdk generateText -
  await generateText({ model: mine.languageModel('small'), prompt: q }); // site: ai-sdk generateText gpt-6-luna
  await generateText({ model: mine.languageModel('big'), prompt: q }); // site: ai-sdk generateText claude-opus-5
  await generateText({ model: registry.languageModel('openai:gpt-6-luna'), prompt: q }); // site: ai-sdk generateText openai:gpt-6-luna
  await generateText({ model: registry.languageModel('mine:small'), prompt: q }); // site: ai-sdk generateText gpt-6-luna
  await generateText({ model: openai(config.llm.model), prompt: q }); // site: ai-sdk generateText gpt-6-luna
  const options = { model: openai('gpt-6-luna'), prompt: q };
  await generateText(options); // site: ai-sdk generateText gpt-6-luna
  await generateText({ ...options, prompt: 'x' }); // site: ai-sdk generateText gpt-6-luna
  for (const x of [q]) {
    await generateText({ model: openai('gpt-6-luna'), prompt: x, stopWhen: stepCountIs(8) }); // site: ai-sdk generateText gpt-6-luna loop
  }
  const helper = openai('gpt-6-luna');
  const { object } = await generateObject({ model: helper, schema: z.object({}), prompt: q }); // site: ai-sdk generateObject gpt-6-luna
  return object;
}

export class Service {
  private readonly model = openai('gpt-6-luna');
  private second: LanguageModel;
  constructor(private name = 'gpt-6-luna') {
    this.second = openai('gpt-6.1-sol');
  }
  async ask(prompt: string) {
    await generateText({ model: this.model, prompt }); // site: ai-sdk generateText gpt-6-luna
    await generateText({ model: this.second, prompt }); // site: ai-sdk generateText gpt-6.1-sol
    await generateText({ model: openai(this.name), prompt }); // site: ai-sdk generateText gpt-6-luna default
  }
}

const loop = new ToolLoopAgent({ model: openai('gpt-6-luna'), instructions: 'x', tools: {} }); // site: ai-sdk ToolLoopAgent gpt-6-luna agent
const old = new Agent({ model: 'openai/gpt-6-luna', stopWhen: [stepCountIs(4)] }); // site: ai-sdk Experimental_Agent openai/gpt-6-luna agent
export const run = async () => {
  await loop.generate({ prompt: 'x' }); // site: ai-sdk generate gpt-6-luna drive
  return old.stream({ prompt: 'x' }); // site: ai-sdk stream openai/gpt-6-luna drive
};

import { openai as ours, google } from '@/lib/ai';
import { mem0 } from '@mem0/vercel-ai-provider';
import { shared } from './registry';

export async function outOfSight(prompt: string) {
  await generateText({ model: google('gemini-3.8-flash'), prompt }); // site: ai-sdk generateText gemini-3.8-flash
  await generateText({ model: ours('gpt-6-luna'), prompt }); // site: ai-sdk generateText -
  await generateText({ model: mem0('gpt-6-luna', { user_id: 'u' }), prompt }); // site: ai-sdk generateText gpt-6-luna custom
  await generateText({ model: shared.languageModel('openai:gpt-6-luna'), prompt }); // site: ai-sdk generateText openai:gpt-6-luna
  await generateText({ model: shared.languageModel('fast'), prompt }); // site: ai-sdk generateText -
}
