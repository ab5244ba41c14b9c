package llm

import "testing"

// Each case is TypeScript whose last call that is a site says what it says, as in
// TestSettingsPython.
func TestSettingsScript(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{`import { generateText } from 'ai';
generateText({ model: 'openai/gpt-5', system: s, prompt: q, tools: ts, maxOutputTokens: 5, temperature: 0, seed: 1, maxRetries: 1, providerOptions: { openai: { reasoningEffort: 'low', serviceTier: 'flex', promptCacheKey: 'k' } } })`,
			`prompt=q system=s tools=ts cap=5 temperature=0 seed=1 retries=1 effort='low' tier='flex' key='k' stream! limit=1 framework_default`},
		{`import { generateText, stepCountIs } from 'ai';
generateText({ model: 'openai/gpt-5', messages: ms, stopWhen: stepCountIs(8), maxTokens: 5 })`, `prompt=ms cap=5 limit=8 explicit`},
		{`import { generateText, stepCountIs as steps, hasToolCall } from 'ai';
generateText({ model: 'openai/gpt-5', prompt: q, stopWhen: [hasToolCall('done'), steps(6), steps(9)] })`, `limit=6 explicit`},
		{`import { generateText, hasToolCall } from 'ai';
generateText({ model: 'openai/gpt-5', prompt: q, stopWhen: hasToolCall('done') })`, `limit=0 none`},
		{`import { streamText } from 'ai';
streamText({ model: 'openai/gpt-5', messages: ms, maxSteps: 4 })`, `stream=streamText limit=4 explicit`},
		{`import { generateText } from 'ai';
function f(options: any) { generateText({ model: 'openai/gpt-5', ...options }) }`, `cap? prompt?`},
		{`import { generateObject } from 'ai';
generateObject({ model: 'openai/gpt-5', schema: z.object({}), prompt: q })`, `schema=z.object({}) limit=1 explicit`},
		{`import { ToolLoopAgent } from 'ai';
const agent = new ToolLoopAgent({ model: 'openai/gpt-5', instructions: i, tools: ts, maxOutputTokens: 7 });
agent.generate({ prompt: q })`, `prompt=q system=i tools=ts cap=7 limit=20 framework_default`},
		{`import { Agent, run } from '@openai/agents';
const a = new Agent({ name: 'a', instructions: i, tools: ts, modelSettings: { maxTokens: 5, reasoning: { effort: 'low' } } });
run(a, q, { maxTurns: 3 })`, `prompt=q system=i tools=ts cap=5 effort='low' limit=3 explicit`},
		{`import { Agent, run } from '@openai/agents';
run(new Agent({ name: 'a' }), q)`, `cap! limit=10 framework_default`},
		{`import { Agent, run } from '@openai/agents';
run(new Agent({ name: 'a' }), q, { maxTurns: null })`, `limit=0 none`},
		{`import { Agent } from '@mastra/core/agent';
const a = new Agent({ name: 'a', instructions: i, model: 'openai/gpt-5' });
a.generate(q, { maxSteps: 9, modelSettings: { maxOutputTokens: 4 } })`, `prompt=q system=i cap=4 limit=9 explicit`},
		{`import { Agent } from '@mastra/core/agent';
new Agent({ name: 'a', instructions: i, model: 'openai/gpt-5' }).stream(q)`, `cap! limit=5 framework_default`},
		{`import { ChatOpenAI } from '@langchain/openai';
new ChatOpenAI({ model: 'gpt-5', maxTokens: 5, temperature: 0, cache: true }).bindTools(ts).withStructuredOutput(S).invoke(p)`, `prompt=p cap=5 temperature=0 caching=true tools=ts schema=S limit=1 explicit`},
		{`import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { ChatOpenAI } from '@langchain/openai';
createReactAgent({ llm: new ChatOpenAI({ model: 'gpt-5', maxTokens: 5 }), tools: ts, prompt: s }).invoke(p, { recursionLimit: 12 })`, `prompt=p cap=5 tools=ts system=s limit=12 explicit`},
		{`import { createAgent } from 'langchain';
createAgent({ model: 'openai:gpt-5', tools: ts }).invoke(p)`, `limit=25 framework_default`},
		{`import { StateGraph } from '@langchain/langgraph';
new StateGraph(S).addNode('a', f).compile().invoke(p)`, `prompt=p limit=25 framework_default`},
		{`import { GoogleGenAI } from '@google/genai';
new GoogleGenAI({}).models.generateContent({ model: 'm', contents: c, config: { maxOutputTokens: 5, systemInstruction: s, thinkingConfig: { thinkingBudget: 0 } } })`,
			`prompt=c cap=5 system=s thinking=0`},
		{`import { GoogleGenerativeAI } from '@google/generative-ai';
const m = new GoogleGenerativeAI(k).getGenerativeModel({ model: 'm', systemInstruction: s, generationConfig: { maxOutputTokens: 5 } });
m.generateContentStream(p)`,
			`prompt=p cap=5 system=s stream=m.generateContentStream`},
		{`import OpenAI from 'openai';
new OpenAI().responses.create({ model: 'm', input: q, max_output_tokens: 5, reasoning: { effort: 'high' } })`, `prompt=q cap=5 effort='high'`},
	} {
		checkSettings(t, "a.ts", c.src, c.want)
	}
}
