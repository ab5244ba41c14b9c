import OpenAI from 'openai';
import { generateText } from 'ai';
import { openai } from '@ai-sdk/openai';

const client = new OpenAI({ maxRetries: 20 }); // want COST-015 warning: maxRetries=20
const fine = new OpenAI({ maxRetries: 3 });

export async function forever(prompt: string) {
  while (true) { // want COST-015
    try {
      return await client.responses.create({ model: 'gpt-5.6-luna', input: prompt });
    } catch (e) {
      await sleep(1000);
    }
  }
}

await generateText({ model: openai('gpt-5.6-luna'), prompt: 'x', maxRetries: 25 }); // want COST-015
await generateText({ model: openai('gpt-5.6-luna'), prompt: 'x', maxRetries: 2 });
