import { Agent, run, Runner, tool } from '@openai/agents';
import { Agent as Mastra } from '@mastra/core/agent';
import { aisdk } from '@openai/agents-extensions';
import { openai } from '@ai-sdk/openai';

const triage = new Agent({ name: 'Triage', instructions: 'x', model: 'gpt-6-luna', modelSettings: { maxTokens: 500 } }); // site: openai-agents Agent gpt-6-luna agent
const plain = new Agent({ name: 'Plain', instructions: 'x' }); // site: openai-agents Agent gpt-5.6-luna agent default pieced
const made = Agent.create({ name: 'Made', model: 'gpt-6.1-sol', handoffs: [triage] }); // site: openai-agents create gpt-6.1-sol agent
const wrapped = new Agent({ name: 'W', model: aisdk(openai('gpt-6-luna')) }); // site: openai-agents Agent gpt-6-luna agent
const runner = new Runner({ workflowName: 'x' });
export const weather = new Mastra({ name: 'w', instructions: 'x', model: openai('gpt-6-luna'), tools: {} }); // site: mastra Agent gpt-6-luna agent
const gateway = new Mastra({ id: 'g', name: 'g', instructions: 'x', model: 'openai/gpt-6-luna' }); // site: mastra Agent openai/gpt-6-luna agent
const chosen = new Mastra({ id: 'c', name: 'c', instructions: 'x', model: ({ runtimeContext }) => (runtimeContext.get('x') ? openai('gpt-6-luna') : openai('gpt-6.1-sol')) }); // site: mastra Agent - agent
const late = new Mastra({ id: 'l', name: 'l', instructions: 'x', model: () => openai('gpt-6-luna') }); // site: mastra Agent gpt-6-luna agent
const listed = new Mastra({ id: 'm', name: 'm', instructions: 'x', model: [{ model: 'openai/gpt-6-luna', maxRetries: 3 }, { model: 'openai/gpt-6.1-sol' }] }); // site: mastra Agent openai/gpt-6-luna agent
const object = new Mastra({ id: 'o', name: 'o', instructions: 'x', model: { id: 'openai/gpt-6-luna', url: 'https://gateway.example/v1' } }); // site: mastra Agent openai/gpt-6-luna agent custom

export async function main(q: string) {
  await run(triage, q); // site: openai-agents run gpt-6-luna
  await run(plain, q, { maxTurns: 3 }); // site: openai-agents run gpt-5.6-luna default pieced
  await runner.run(made, q); // site: openai-agents run gpt-6.1-sol
  await run(wrapped, q); // site: openai-agents run gpt-6-luna
  await weather.generate(q, { maxSteps: 8 }); // site: mastra generate gpt-6-luna drive
  for (const x of [q]) {
    await gateway.stream(x); // site: mastra stream openai/gpt-6-luna drive loop
  }
  console.log(tool, chosen, late, listed, object);
}
