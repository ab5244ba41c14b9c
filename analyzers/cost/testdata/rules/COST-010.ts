import { generateText, type ModelMessage } from 'ai';
import { openai } from '@ai-sdk/openai';
import * as readline from 'node:readline/promises';

const terminal = readline.createInterface({ input: process.stdin });
const messages: ModelMessage[] = [];

async function main() {
  while (true) {
    messages.push({ role: 'user', content: await terminal.question('> ') });
    const result = await generateText({ model: openai('gpt-5.6-luna'), messages }); // want COST-010 warning: messages grows
    messages.push(...result.response.messages);
  }
}

async function short() {
  let recent: ModelMessage[] = [];
  while (true) {
    recent.push({ role: 'user', content: await terminal.question('> ') });
    recent = recent.slice(-20);
    const result = await generateText({ model: openai('gpt-5.6-luna'), messages: recent });
    recent.push(...result.response.messages);
  }
}
main();
short();
