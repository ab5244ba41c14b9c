import { GoogleGenAI } from '@google/genai';
import { GoogleGenerativeAI } from '@google/generative-ai';
import { VertexAI } from '@google-cloud/vertexai';

const ai = new GoogleGenAI({ apiKey: process.env.KEY });
const cloud = new GoogleGenAI({ vertexai: true, project: 'p' });
const genAI = new GoogleGenerativeAI(process.env.KEY!);
const model = genAI.getGenerativeModel({ model: 'gemini-3.8-flash' }); // site: google-generativeai getGenerativeModel gemini-3.8-flash config
const vertex = new VertexAI({ project: 'p' }).getGenerativeModel({ model: 'gemini-3.8-flash' }); // site: google-generativeai getGenerativeModel gemini-3.8-flash config vertex
const embedder = genAI.getGenerativeModel({ model: 'gemini-embedding-001' }); // site: google-generativeai getGenerativeModel gemini-embedding-001 config

export async function main(q: string, unknown: any) {
  await ai.models.generateContent({ model: 'gemini-3.8-flash', contents: q }); // site: google-genai models.generateContent gemini-3.8-flash
  await ai.models.generateContentStream({ model: 'gemini-3.8-flash', contents: q, config: { maxOutputTokens: 5 } }); // site: google-genai models.generateContent gemini-3.8-flash
  await cloud.models.generateContent({ model: 'gemini-3.8-flash', contents: q }); // site: google-genai models.generateContent gemini-3.8-flash vertex
  await ai.models.embedContent({ model: 'gemini-embedding-001', contents: q }); // site: google-genai models.embedContent gemini-embedding-001
  const chat = ai.chats.create({ model: 'gemini-3.8-flash' }); // site: google-genai create gemini-3.8-flash config
  await chat.sendMessage({ message: q }); // site: google-genai sendMessage gemini-3.8-flash drive
  await unknown.models.generateContent({ model: 'gemini-3.8-flash', contents: q }); // site: google-genai models.generateContent gemini-3.8-flash
  await model.generateContent(q); // site: google-generativeai generateContent gemini-3.8-flash
  await vertex.generateContentStream(q); // site: google-generativeai generateContent gemini-3.8-flash vertex
  await embedder.embedContent(q); // site: google-generativeai embedContent gemini-embedding-001
  await model.startChat({ history: [] }).sendMessage(q); // site: google-generativeai sendMessage gemini-3.8-flash drive
  await ai.models.list();
  await unknown.models.generateContent('x');
}
