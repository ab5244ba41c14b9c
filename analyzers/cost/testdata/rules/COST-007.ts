import OpenAI from 'openai';
import { openai } from '@ai-sdk/openai';
import { embed, embedMany } from 'ai';

const client = new OpenAI();

export async function looped(docs: string[]) {
  for (const doc of docs) {
    await client.embeddings.create({ model: 'text-embedding-3-small', input: doc }); // want COST-007 warning
  }
  return Promise.all(docs.map((d) => embed({ model: openai.textEmbeddingModel('text-embedding-3-small'), value: d }))); // want COST-007
}

// Silent from here on.

export async function batched(docs: string[]) {
  for (let i = 0; i < docs.length; i += 100) {
    await client.embeddings.create({ model: 'text-embedding-3-small', input: docs.slice(i, i + 100) });
    const batch = docs.slice(i, i + 100);
    await client.embeddings.create({ model: 'text-embedding-3-small', input: batch });
    await embedMany({ model: openai.textEmbeddingModel('text-embedding-3-small'), values: batch });
  }
  return embedMany({ model: openai.textEmbeddingModel('text-embedding-3-small'), values: docs });
}
