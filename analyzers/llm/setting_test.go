package llm

import (
	"fmt"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var settingNames = map[string]Setting{
	"prompt": Prompt, "system": System, "tools": Tools, "cap": OutputCap, "rounds": Rounds, "effort": Effort, "thinking": Thinking, "n": Candidates,
	"temperature": Temperature, "seed": Seed, "schema": Schema, "stream": Stream, "cache": CacheControl, "key": CacheKey, "caching": Caching, "tier": ServiceTier,
	"retries": Retries, "reasks": Reasks, "history": History, "truncation": Truncation,
}

// Each case is Python code whose last call is the site, and what it says: name=source, name!
// for absent, name? for hidden; limit=VALUE SOURCE.
func TestSettingsPython(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{`from openai import OpenAI
OpenAI().chat.completions.create(model="m", messages=ms, max_tokens=5, n=2, reasoning_effort="low", tools=ts, seed=1, temperature=0, response_format=R, stream=True, prompt_cache_key="k", service_tier="flex")`,
			`prompt=ms cap=5 n=2 effort="low" tools=ts seed=1 temperature=0 schema=R stream=True key="k" tier="flex" system! limit=1 explicit`},
		{`from openai import OpenAI
OpenAI().chat.completions.create(model="m", messages=ms, max_tokens=5, max_completion_tokens=7)`, `cap=7`},
		{`from openai import OpenAI
def f(**options): OpenAI().chat.completions.create(model="m", messages=ms, **options)`, `prompt=ms cap? limit=1 explicit`},
		{`from openai import OpenAI
def f(tools):
	params = {"model": "m", "messages": ms}
	params["tools"] = tools
	OpenAI().chat.completions.create(**params)`, `prompt=ms tools=tools cap!`},
		{`from openai import OpenAI
def f(tools):
	params = {"model": "m", "messages": ms}
	params.update(tools)
	OpenAI().chat.completions.create(**params)`, `prompt=ms cap?`},
		{`from openai import OpenAI
OpenAI().responses.create(model="m", input=q, instructions=i, max_output_tokens=9, reasoning={"effort": "high"}, previous_response_id=p, truncation="auto")`,
			`prompt=q system=i cap=9 effort="high" history=p truncation="auto"`},
		{`from openai import OpenAI
from openai.types.shared_params import Reasoning
OpenAI().responses.create(model="m", input=q, reasoning=Reasoning(effort="high"))`, `effort="high" cap!`},
		{`from anthropic import Anthropic
Anthropic().messages.create(model="m", max_tokens=9, messages=ms, system=s, thinking={"type": "enabled", "budget_tokens": 2048}, cache_control={"type": "ephemeral"})`,
			`prompt=ms system=s cap=9 thinking=2048 cache={"type": "ephemeral"}`},
		{`import litellm
litellm.completion("gpt-4o", ms, max_tokens=3, caching=True, num_retries=2)`, `prompt=ms cap=3 caching=True retries=2 reasks!`},
		{`from google import genai
from google.genai import types
genai.Client().models.generate_content(model="m", contents=c, config=types.GenerateContentConfig(max_output_tokens=5, system_instruction=s, thinking_config=types.ThinkingConfig(thinking_budget=0)))`,
			`prompt=c cap=5 system=s thinking=0 seed!`},
		{`from google import genai
genai.Client().models.generate_content(model="m", contents=c, config={"max_output_tokens": 5, "candidate_count": 2})`, `cap=5 n=2`},
		{`from google import genai
def f(config): genai.Client().models.generate_content(model="m", contents=c, config=config)`, `prompt=c cap?`},
		{`import google.generativeai as genai
model = genai.GenerativeModel("m", generation_config={"max_output_tokens": 5}, system_instruction=s)
model.generate_content(p)`, `prompt=p cap=5 system=s`},
		{`from langchain_openai import ChatOpenAI
ChatOpenAI(model="m", max_tokens=5, temperature=0).bind_tools(ts).with_structured_output(S).invoke(p)`, `prompt=p cap=5 temperature=0 tools=ts schema=S limit=1 explicit`},
		{`from langchain_openai import ChatOpenAI
ChatOpenAI(model="m").bind(max_tokens=6).invoke(p)`, `cap=6 tools!`},
		{`from langchain_core.language_models import BaseChatModel
def f(llm: BaseChatModel): llm.invoke(p)`, `prompt=p cap?`},
		{`from langchain.agents import create_agent
create_agent("openai:gpt-5", tools=ts, system_prompt=s).invoke(p, {"recursion_limit": 25})`, `prompt=p tools=ts system=s rounds=25 limit=25 explicit`},
		{`from langchain.agents import create_agent
create_agent("openai:gpt-5", tools=ts).with_config({"recursion_limit": 30}).invoke(p)`, `limit=30 explicit`},
		{`from langchain.agents import create_agent
create_agent("openai:gpt-5", tools=ts).invoke(p)`, `limit=10007 framework_default`},
		{`from langchain.agents import AgentExecutor, create_tool_calling_agent
AgentExecutor(agent=create_tool_calling_agent(llm, ts, prompt), tools=ts, max_iterations=4).invoke(p)`, `limit=4 explicit`},
		{`from langchain.agents import AgentExecutor, create_tool_calling_agent
AgentExecutor(agent=create_tool_calling_agent(llm, ts, prompt), tools=ts).invoke(p)`, `limit=15 framework_default`},
		{`from langgraph.graph import StateGraph
StateGraph(S).compile().invoke(x, config={"recursion_limit": 50})`, `prompt=x limit=50 explicit`},
		{`from agents import Agent, ModelSettings, Runner
from openai.types.shared import Reasoning
a = Agent(name="a", instructions=i, tools=ts, output_type=O, model_settings=ModelSettings(max_tokens=5, temperature=0.1, reasoning=Reasoning(effort="low")))
Runner.run(a, q, max_turns=3)`, `prompt=q system=i tools=ts schema=O cap=5 temperature=0.1 effort="low" rounds=3 limit=3 explicit`},
		{`from agents import Agent, Runner
Runner.run(Agent(name="a"), q)`, `cap! limit=10 framework_default`},
		{`from agents import Agent, Runner
Runner.run(Agent(name="a"), q, max_turns=None)`, `limit=0 none`},
		{`from agents import Runner
def f(agent): Runner.run(agent, q)`, `cap? limit=10 framework_default`},
		{`from agents import Runner
def f(agent, turns): Runner.run(agent, q, max_turns=turns)`, `limit=0 none`},
		{`from pydantic_ai import Agent, UsageLimits
Agent("openai:gpt-5", instructions=i, model_settings={"max_tokens": 5}).run_sync(q, usage_limits=UsageLimits(request_limit=8))`, `prompt=q system=i cap=5 limit=8 explicit`},
		{`from pydantic_ai import Agent, UsageLimits
Agent("openai:gpt-5").run_sync(q, usage_limits=UsageLimits(request_limit=None))`, `limit=0 none`},
		{`from crewai import Agent, LLM
Agent(role="r", goal="g", backstory=b, tools=ts, llm=LLM(model="m", max_tokens=5), max_iter=6)`, `system=b tools=ts cap=5 limit=6 explicit`},
		{`from crewai import Agent
Agent(role="r", goal="g", backstory="b")`, `cap! limit=25 framework_default`},
		{`from llama_index.core.agent.workflow import FunctionAgent
from llama_index.llms.openai import OpenAI
FunctionAgent(tools=ts, llm=OpenAI(model="m", max_tokens=5)).run(q, max_iterations=3)`, `prompt=q tools=ts cap=5 limit=3 explicit`},
	} {
		checkSettings(t, "a.py", c.src, c.want)
	}
}

// checkSettings compares what the last site of src says with want.
func checkSettings(t *testing.T, path, src, want string) {
	t.Helper()
	f := parser.Parse(path, "", text.New(src))
	var site *Site
	for i, s := range Sites(f) {
		if site == nil || f.Span(s.Call.Node).End >= f.Span(site.Call.Node).End && s.Call.Node <= site.Call.Node || f.Span(s.Call.Node).Start > f.Span(site.Call.Node).End {
			site = &Sites(f)[i]
		}
	}
	if site == nil {
		t.Errorf("no site in\n%s", src)
		return
	}
	if got := said(f, site, want); got != want {
		t.Errorf("%s\nwant %s\ngot  %s", src, want, got)
	}
}

// said is what a site says about the settings that want names, in its order.
func said(f *parser.File, s *Site, want string) string {
	words, limit, limited := strings.Cut(want, "limit=")
	_ = limit
	var out []string
	for words = strings.TrimSpace(words); words != ""; words = strings.TrimSpace(words) {
		end := strings.IndexAny(words, "=!?")
		name := words[:end]
		v, presence := s.Setting(settingNames[name])
		got := name + [...]string{"!", "", "?"}[presence]
		if presence == Present {
			got += "=" + f.Slice(v.Expr)
		}
		out = append(out, got)
		words = words[end+1:]
		if next := nextSetting(words); next >= 0 {
			words = words[next:]
		} else {
			words = ""
		}
	}
	if limited {
		l := s.Limit()
		out = append(out, fmt.Sprintf("limit=%d %s", l.Value, l.Source))
	}
	return strings.Join(out, " ")
}

// nextSetting is where the next name of a setting starts.
func nextSetting(words string) int {
	for i := 0; i < len(words); i++ {
		if i > 0 && words[i-1] != ' ' {
			continue
		}
		if end := strings.IndexAny(words[i:], "=!?"); end > 0 {
			if _, ok := settingNames[words[i:i+end]]; ok {
				return i
			}
		}
	}
	return -1
}
