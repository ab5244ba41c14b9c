package arch

import (
	"strings"
	"unicode"
)

// titles are the frameworks' own spellings.
var titles = map[string]string{
	"langgraph": "LangGraph", "crewai": "CrewAI", "openai-agents": "the Agents SDK", "autogen": "AutoGen", "autogen-0.2": "AutoGen",
	"google-adk": "ADK", "agent-framework": "agent-framework", "semantic-kernel": "Semantic Kernel", "aisdk": "the AI SDK", "mastra": "Mastra",
	"pydantic-ai": "PydanticAI", "llamaindex": "LlamaIndex", "smolagents": "smolagents", "swarm": "Swarm",
}

func title(framework string) string {
	if t := titles[framework]; t != "" {
		return t
	}
	return "the framework"
}

// settings are what could end a loop in frameworks that set no limit of their own, after "neither".
var settings = map[string]string{
	"autogen":    "max_turns nor a termination condition that counts",
	"google-adk": "max_iterations nor a sub-agent that escalates",
}

// units are what a limit counts, by a part of its name.
var units = []struct{ part, unit string }{
	{"recursion", "steps"}, {"step", "steps"}, {"stop", "steps"}, {"turn", "turns"}, {"round", "rounds"}, {"iter", "iterations"},
	{"request", "requests"}, {"reply", "replies"}, {"message", "messages"}, {"call", "calls"},
}

// unit is what a limit of that name counts: steps of recursion_limit.
func unit(limit string) string {
	limit = strings.ToLower(limit)
	for _, u := range units {
		if strings.Contains(limit, u.part) {
			return u.unit
		}
	}
	return "rounds"
}

// maxName is how many characters of a name a message repeats.
const maxName = 60

// say makes a name fit for a message of one line: code may call things anything.
func say(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, name)
	if r := []rune(name); len(r) > maxName {
		return string(r[:maxName-1]) + "…"
	}
	return name
}
