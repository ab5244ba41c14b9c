import OpenAI, { AzureOpenAI } from 'openai';
import type { ChatCompletion } from 'openai/resources';

const MODEL = 'gpt-4o' as const;
const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });
const azure = new AzureOpenAI({ apiVersion: '2024-06-01' });
const router = new OpenAI({ baseURL: 'https://openrouter.ai/api/v1' });

export async function chat(q: string, other: OpenAI, loose: any): Promise<void> {
  await client.chat.completions.create({ model: MODEL, messages: [] }); // site: openai chat.completions gpt-4o
  await client.chat.completions.create({ messages: [], model: `gpt-4o-mini` }); // site: openai chat.completions gpt-4o-mini
  await client.responses.create({ model: process.env.MODEL ?? 'gpt-5', input: q }); // site: openai responses gpt-5 default
  await client.beta.chat.completions.parse({ model: MODEL, messages: [] }); // site: openai chat.completions gpt-4o
  await client.embeddings.create({ model: 'text-embedding-3-large', input: q }); // site: openai embeddings text-embedding-3-large
  await other.responses.create({ model: MODEL, input: q }); // site: openai responses gpt-4o
  await loose.chat.completions.create({ model: MODEL, messages: [] }); // site: openai chat.completions gpt-4o
  const stream = client.chat.completions.stream({ model: MODEL, messages: [] }); // site: openai chat.completions gpt-4o
  for await (const chunk of await client.responses.create({ model: MODEL, input: q, stream: true })) { // site: openai responses gpt-4o
    console.log(chunk, stream);
  }
  await azure.chat.completions.create({ model: MODEL, messages: [] }); // site: openai chat.completions gpt-4o azure
  await router.chat.completions.create({ model: MODEL, messages: [] }); // site: openai chat.completions gpt-4o custom
  const params = { model: 'gpt-4.1', messages: [] };
  await client.chat.completions.create(params); // site: openai chat.completions gpt-4.1
  await client.chat.completions.create({ ...params, stream: true }); // site: openai chat.completions gpt-4.1
  await client.models.list();
  await client.beta.threads.messages.create('t', { role: 'user', content: q });
}

export class Bot {
  private readonly llm = new OpenAI();
  constructor(private api: OpenAI, private readonly model = 'gpt-4o') {}

  async ask(questions: string[]) {
    await this.llm.responses.create({ model: this.model, input: 'x' }); // site: openai responses gpt-4o default
    await this.api.responses.create({ model: MODEL, input: 'x' }); // site: openai responses gpt-4o
    await Promise.all(questions.map((q) => this.llm.responses.create({ model: MODEL, input: q }))); // site: openai responses gpt-4o loop
    await Promise.all(questions.map(async (q) => {
      const r = await this.llm.responses.create({ model: MODEL, input: q }); // site: openai responses gpt-4o loop
      return r;
    }));
    await Promise.all(questions.map(one));
  }
}

async function one(q: string) {
  return client.responses.create({ model: MODEL, input: q }); // site: openai responses gpt-4o loop
}
