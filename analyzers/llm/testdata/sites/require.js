const OpenAI = require('openai');
const { Configuration, OpenAIApi } = require('openai');
const Anthropic = require('@anthropic-ai/sdk');

const old = new OpenAIApi(new Configuration({ apiKey: process.env.OPENAI_API_KEY }));
const client = new OpenAI();
const claude = new Anthropic();

async function main() {
  await old.createChatCompletion({ model: 'gpt-4', messages: [] }); // site: openai chat.completions gpt-4
  await old.createCompletion({ model: 'gpt-3.5-turbo', prompt: 'x' }); // site: openai completions gpt-3.5-turbo
  await old.createEmbedding({ model: 'text-embedding-ada-002', input: 'x' }); // site: openai embeddings text-embedding-ada-002
  await client.chat.completions.create({ model: 'gpt-4o', messages: [] }); // site: openai chat.completions gpt-4o
  await claude.messages.create({ model: 'claude-opus-5', max_tokens: 9, messages: [] }); // site: anthropic messages claude-opus-5
  for (const q of ['a', 'b']) {
    await claude.messages.create({ model: 'claude-opus-5', max_tokens: 9, messages: [q] }); // site: anthropic messages claude-opus-5 loop
  }
}

class Wrapper {
  async createChatCompletion({ options }) {
    return this.createChatCompletion({ options, retries: 1 });
  }
}

main();
module.exports = Wrapper;
