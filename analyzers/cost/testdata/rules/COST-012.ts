import OpenAI from 'openai';

const client = new OpenAI();

export async function first(messages: OpenAI.ChatCompletionMessageParam[]) {
  const r = await client.chat.completions.create({ model: 'gpt-5.6-luna', messages, n: 3 }); // want COST-012 warning: n=3 bills 3
  return r.choices[0]!.message.content;
}

export async function all(messages: OpenAI.ChatCompletionMessageParam[]) {
  const r = await client.chat.completions.create({ model: 'gpt-5.6-luna', messages, n: 3 });
  return r.choices.map((c) => c.message.content);
}
