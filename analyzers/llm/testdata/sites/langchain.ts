import { ChatOpenAI, AzureChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { ChatAnthropic } from '@langchain/anthropic';
import { ChatGoogleGenerativeAI as Gemini } from '@langchain/google-genai';
import { ChatVertexAI } from '@langchain/google-vertexai';
import { ChatOpenAI as Older } from 'langchain/chat_models/openai';
import { initChatModel, createAgent } from 'langchain';
import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { StateGraph, START } from '@langchain/langgraph';
import { RunnableSequence } from '@langchain/core/runnables';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { StringOutputParser } from '@langchain/core/output_parsers';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { AgentExecutor } from 'langchain/agents';
import { ChatOllama } from '@langchain/ollama';

const llm = new ChatOpenAI({ model: 'gpt-6-luna', temperature: 0 }); // site: langchain ChatOpenAI gpt-6-luna config
const old = new Older({ modelName: 'gpt-4o' }); // site: langchain ChatOpenAI gpt-4o config
const short = new ChatOpenAI('gpt-6-luna'); // site: langchain ChatOpenAI gpt-6-luna config
const none = new ChatOpenAI({ temperature: 0 }); // site: langchain ChatOpenAI - config
const azure = new AzureChatOpenAI({ azureOpenAIApiDeploymentName: 'mine' }); // site: langchain AzureChatOpenAI mine config azure
const vertex = new ChatVertexAI({ model: 'gemini-3.8-flash' }); // site: langchain ChatVertexAI gemini-3.8-flash config vertex
const routed = new ChatOpenAI({ model: 'x/y', configuration: { baseURL: 'https://openrouter.ai/api/v1' } }); // site: langchain ChatOpenAI x/y config custom
const local = new ChatOllama({ model: 'llama3' });
const prompt = ChatPromptTemplate.fromTemplate('{q}');
const chain = prompt.pipe(llm).pipe(new StringOutputParser());
const sequence = RunnableSequence.from([prompt, llm, new StringOutputParser()]);
const agent = createAgent({ model: 'openai:gpt-6-luna', tools: [] }); // site: langchain createAgent openai:gpt-6-luna agent
const react = createReactAgent({ llm, tools: [] }); // site: langchain createReactAgent gpt-6-luna agent
const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small' });
const make = (model = 'gpt-6-luna') => new ChatOpenAI({ model }); // site: langchain ChatOpenAI gpt-6-luna config default

async function call(state: { messages: string[] }) {
  return { messages: [await llm.bindTools([]).invoke(state.messages)] }; // site: langchain invoke gpt-6-luna
}
const graph = new StateGraph({}).addNode('call', call).addEdge(START, 'call').compile();

export async function run(q: string, any: BaseChatModel, executor: AgentExecutor, qs: string[]) {
  await llm.invoke(q); // site: langchain invoke gpt-6-luna
  await llm.withStructuredOutput({}).invoke(q); // site: langchain invoke gpt-6-luna
  await chain.invoke({ q }); // site: langchain invoke gpt-6-luna
  await sequence.stream({ q }); // site: langchain stream gpt-6-luna
  const claude = prompt.pipe(new ChatAnthropic({ model: 'claude-opus-5' })); // site: langchain ChatAnthropic claude-opus-5 config
  await claude.invoke({ q }); // site: langchain invoke claude-opus-5
  const gemini = new Gemini('gemini-3.8-flash'); // site: langchain ChatGoogleGenerativeAI gemini-3.8-flash config
  await gemini.batch([q]); // site: langchain batch gemini-3.8-flash
  const dynamic = await initChatModel('anthropic:claude-opus-5', { temperature: 0 }); // site: langchain initChatModel anthropic:claude-opus-5 config
  await dynamic.invoke(q); // site: langchain invoke anthropic:claude-opus-5
  await agent.invoke({ messages: [] }); // site: langchain invoke openai:gpt-6-luna
  await react.invoke({ messages: [] }, { recursionLimit: 5 }); // site: langchain invoke gpt-6-luna
  await graph.invoke({ messages: [] }); // site: langgraph graph - drive
  await any.invoke(q); // site: langchain invoke -
  await make().invoke(q); // site: langchain invoke gpt-6-luna default
  await make('gpt-6.1-sol').invoke(q); // site: langchain invoke gpt-6.1-sol
  await embeddings.embedQuery(q); // site: langchain embedQuery text-embedding-3-small
  await local.invoke(q);
  for (const x of qs) await old.predict(x); // site: langchain predict gpt-4o loop
  await Promise.all(qs.map((x) => short.invoke(x))); // site: langchain invoke gpt-6-luna loop
  await executor.invoke({ input: q }); // site: langchain invoke -
  console.log(none, azure, vertex, routed);
}

export class Service {
  private llm = new ChatOpenAI({ model: 'gpt-6-luna' }); // site: langchain ChatOpenAI gpt-6-luna config
  constructor(private readonly given: ChatOpenAI) {}
  async ask(q: string) {
    await this.given.invoke(q); // site: langchain invoke -
    return this.llm.invoke(q); // site: langchain invoke gpt-6-luna
  }
}
