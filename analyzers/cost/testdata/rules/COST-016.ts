import OpenAI from 'openai';

const client = new OpenAI();

export async function invariant(names: string[]) {
  const out = [];
  for (const name of names) {
    const r = await client.responses.create({ model: 'gpt-6.1-sol', temperature: 0, input: 'Write a greeting.' }); // want COST-016 warning
    out.push([name, r]);
  }
  return out;
}

export async function mapped(names: string[]) {
  return Promise.all(names.map(async (name) => [name, await client.responses.create({ model: 'gpt-6.1-sol', temperature: 0, input: 'Write a greeting.' })])); // want COST-016
}

// Silent from here on.

export async function depends(names: string[]) {
  for (const name of names) {
    await client.responses.create({ model: 'gpt-6.1-sol', temperature: 0, input: `Greet ${name}` });
  }
}

export async function random(names: string[]) {
  for (const name of names) {
    await client.responses.create({ model: 'gpt-6.1-sol', temperature: 0, input: `Greet at ${Date.now()}` });
  }
}
