import Groq from 'groq-sdk';
import { generateText } from './ai';
import { embed } from 'nomic';
import { completion } from './local';
import twilio from 'twilio';

const groq = new Groq();
await groq.chat.completions.create({ model: 'llama', messages: [] });
await generateText({ model: 'x', prompt: 'y' });
await embed({ model: 'x', value: 'y' });
await completion({ model: 'gpt-4o', messages: [] });
await twilio('a', 'b').messages.create({ body: 'x', from: '+1', to: '+2' });
export function f(repo: any) {
  repo.messages.create({ text: 'x' });
  repo.completions.create({ model: 'x' });
}
