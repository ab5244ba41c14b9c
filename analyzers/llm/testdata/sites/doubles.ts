import type OpenAI from 'openai';
import { vi } from 'vitest';

const mock = { chat: { completions: { create: vi.fn() } } };
await mock.chat.completions.create({ model: 'gpt-6-luna', messages: [] });

export function use(client: OpenAI) {
  const parts = { chat: client.chat };
  return parts.chat.completions.create({ model: 'gpt-6-luna', messages: [] }); // site: openai chat.completions gpt-6-luna
}
