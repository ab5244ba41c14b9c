import type OpenAI from 'openai';
import { vi } from 'vitest';

const mock = { chat: { completions: { create: vi.fn() } } };
await mock.chat.completions.create({ model: 'gpt-6-luna', messages: [] });

export function use(client: OpenAI) {
  const parts = { chat: client.chat };
  return parts.chat.completions.create({ model: 'gpt-6-luna', messages: [] }); // site: openai chat.completions gpt-6-luna
}

class FakeClient {
  messages = { create: (options: any) => options };
}

class Service {
  private messages = { create: (options: any) => options };
  private fake = new FakeClient();

  constructor(private client: OpenAI) {}

  local() {
    this.messages.create({ model: 'claude-sonnet-5-5', max_tokens: 1 });
    this.fake.messages.create({ model: 'claude-sonnet-5-5', max_tokens: 1 });
    return this.client.responses.create({ model: 'gpt-6-luna', input: 'x' }); // site: openai responses gpt-6-luna
  }
}
