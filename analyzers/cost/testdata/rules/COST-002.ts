// path: app/api/classify/route.ts
import OpenAI from 'openai';
import express from 'express';
import { generateObject, generateText, streamText } from 'ai';
import { openai } from '@ai-sdk/openai';
import { z } from 'zod';

const app = express();
const client = new OpenAI();

app.post('/classify', async (req, res) => {
  const r = await client.responses.create({ model: 'gpt-6.1-sol', temperature: 0, input: `Classify: ${req.body.text}` }); // want COST-002 info
  res.json(r);
});

export async function POST(request: Request) {
  const { text } = await request.json();
  const { object } = await generateObject({ model: openai('gpt-6.1-sol'), schema: z.object({ kind: z.string() }), prompt: `Classify: ${text}` }); // want COST-002 info: web request
  return Response.json(object);
}

export async function looped(tickets: string[]) {
  return Promise.all(tickets.map((t) => generateText({ model: openai('gpt-6.1-sol'), temperature: 0, prompt: `Classify: ${t}` }))); // want COST-002 info
}

// Silent from here on.

app.post('/now', async (req, res) => {
  const r = await client.responses.create({ model: 'gpt-6.1-sol', temperature: 0, input: `At ${new Date().toISOString()}: ${req.body.text}` });
  res.json(r);
});

app.post('/stream', async (req, res) => {
  streamText({ model: openai('gpt-6.1-sol'), temperature: 0, prompt: `Classify: ${req.body.text}` }).pipeTextStreamToResponse(res);
});
