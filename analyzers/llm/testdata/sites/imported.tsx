import { openai } from '@/lib/openai';
import client from './anthropic';

export async function POST(req: Request) {
  const { messages } = await req.json();
  const r = await openai.chat.completions.create({ model: 'gpt-4o', messages, stream: true }); // site: openai chat.completions gpt-4o
  const m = await client.messages.create({ model: 'claude-opus-5', max_tokens: 10, messages }); // site: anthropic messages claude-opus-5
  return <Chat r={r} m={m} />;
}
