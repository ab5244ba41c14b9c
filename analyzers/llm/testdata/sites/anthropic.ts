import Anthropic from '@anthropic-ai/sdk';
import AnthropicBedrock from '@anthropic-ai/bedrock-sdk';
import { AnthropicVertex } from '@anthropic-ai/vertex-sdk';

const MODELS = { fast: 'claude-haiku-5-5', smart: 'claude-opus-5-5' } as const;
enum Names {
  Smart = 'claude-opus-5-5',
}
const client = new Anthropic();
const bedrock = new AnthropicBedrock();
const vertex = new AnthropicVertex({ region: 'x' });

export async function* ask(q: string) {
  await client.messages.create({ model: MODELS.fast, max_tokens: 9, messages: [] }); // site: anthropic messages claude-haiku-5-5
  await client.messages.create({ model: Names.Smart, max_tokens: 9, messages: [] }); // site: anthropic messages claude-opus-5-5
  client.messages.stream({ model: 'claude-opus-5', max_tokens: 9, messages: [] }); // site: anthropic messages claude-opus-5
  await client.beta.messages.create({ model: 'claude-opus-5', max_tokens: 9, messages: [] }); // site: anthropic messages claude-opus-5
  await bedrock.messages.create({ model: 'anthropic.claude-opus-5', max_tokens: 9, messages: [] }); // site: anthropic messages anthropic.claude-opus-5 bedrock
  await vertex.messages.create({ model: 'claude-opus-5', max_tokens: 9, messages: [] }); // site: anthropic messages claude-opus-5 vertex
  await client.messages.countTokens({ model: 'claude-opus-5', messages: [] });
}
