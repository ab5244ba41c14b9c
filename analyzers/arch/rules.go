package arch

import (
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var languages = []parser.Language{parser.Python, parser.JavaScript, parser.TypeScript, parser.TSX, parser.Notebook}

// Rules describes the rules of the family.
func Rules() []diagnostics.Rule { return rules }

var rules = []diagnostics.Rule{
	{
		ID: "ARCH-001", Title: "Agent loop without a sure end", Family: "arch", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
		CWE: []string{"CWE-835"}, OWASPLLM: []string{"LLM10:2025"},
		Doc: `## What it does
Reports loops of agents that nothing sure ends, one finding per loop:

- *error*: nothing leads out of the loop, or a team has neither a termination condition nor a number of turns.
- *warning*: only what a model says ends it, or a guard that can't work because nothing in the loop writes what it reads.
- *info*: agents that may hand over to each other again and again under a limit of their framework (a warning where that
  allows more rounds than ` + "`arch.max_calls`" + `); loops that only something outside ends.

A loop that a counter or a person ends is not reported, and neither is one agent that calls its tools until it is done.

## Why is this bad?
A model that judges its own work may never be content, and two models may be polite to each other for ever. Each round costs
time and money. The frameworks' own limits differ: the Agents SDK stops after 10 turns, LangGraph for Python after 10007 steps,
and an AutoGen team never.

## Example
` + "```python" + `
graph.add_conditional_edges("critic", lambda s: END if "APPROVED" in s["review"] else "writer")
` + "```" + `
Count the rounds, and leave when there were enough:
` + "```python" + `
def next_step(s):
    if "APPROVED" in s["review"] or s["rounds"] >= 3:
        return END
    return "writer"

graph.add_conditional_edges("critic", next_step)  # the critic adds 1 to rounds
` + "```" + `
or let the framework stop it: ` + "`graph.compile().with_config({\"recursion_limit\": 25})`" + `. Code actions add the setting of each framework.

` + "`arch.tight_max`" + ` in qodacode.toml says which limits of frameworks are tight. A loop that is meant to run for ever is silenced with
` + "`# qodacode:ignore ARCH-001 -- reason`" + `.
`,
	},
	{
		ID: "ARCH-002", Title: "Agent graph that is hard to follow", Family: "arch", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
		Doc: `## What it does
Reports graphs that have grown beyond what people and models can follow: a node that leads to or is reached from more than 10 others,
more than 3 edges per node in a graph of 8 or more, an agent with more than 20 tools (a note from 13 on), a team of more than 8, and,
as a note, a node through which more than 80 % of all paths of a branching graph go. One node that spreads work over many and
one that gathers their results (map and reduce) are not reported.

## Why is this bad?
A model that chooses between twenty tools or agents chooses wrong more often, and every description is paid for with each
call. Of the graphs in public projects, 99 % have nodes with no more than 6 ways out, 8 tools per agent and 7 participants.

## Example
` + "```python" + `
assistant = Agent(name="assistant", tools=[search, read, write, ...])  # 24 tools
` + "```" + `
Give each agent the tools of one task, and let one agent hand over to the others:
` + "```python" + `
reader = Agent(name="reader", tools=[search, read])
editor = Agent(name="editor", tools=[write, rename])
assistant = Agent(name="assistant", handoffs=[reader, editor])
` + "```" + `
The figures are settings: ` + "`arch.max_degree`, `arch.max_density`, `arch.many_tools`, `arch.max_tools`, `arch.max_participants`" + `. One
graph is silenced with ` + "`# qodacode:ignore ARCH-002 -- reason`" + ` where the finding stands.
`,
	},
	{
		ID: "ARCH-003", Title: "Agent that nothing reaches", Family: "arch", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
		Doc: `## What it does
Reports agents, steps and tasks that no run comes to: no edge, call or assignment leads to them from where the graph begins.
It reports only where the whole graph could be read, and nothing else in the project names the agent: a direct run, a
lookup by name, a guardrail, an export. What only a YAML file describes is a note.

## Why is this bad?
It is forgotten wiring, or what a change left behind. A reviewer that nothing leads to reviews nothing, and nobody notices,
as the graph runs without it.

## Example
` + "```python" + `
graph.add_node("writer", write)
graph.add_node("reviewer", review)
graph.add_edge(START, "writer")
graph.add_edge("writer", END)
` + "```" + `
Connect it, or remove it:
` + "```python" + `
graph.add_edge("writer", "reviewer")
graph.add_edge("reviewer", END)
` + "```" + `
A node that is meant to wait is silenced with ` + "`# qodacode:ignore ARCH-003 -- reason`" + `.
`,
	},
	{
		ID: "ARCH-004", Title: "Agents whose cost nothing limits", Family: "arch", Severity: diagnostics.Warning, Since: "0.1.0", Languages: languages,
		CWE: []string{"CWE-770"}, OWASPLLM: []string{"LLM10:2025"},
		Doc: `## What it does
Reports where one run may ask a model any number of times:

- *warning*: a model in a loop that only a model or nothing ends and that no counter, person or tight limit bounds; a crew or a subgraph in
  such a loop; a limit in the code that allows more than 50 calls of a premium model, or more than 1000 of any.
- *info*: a model that runs once per item, where nothing limits how many items there are.

## Why is this bad?
Every round is paid for, and the prompt grows with each. A limit of 9,999 that was meant as "no limit" has burnt the budget of
a week in an afternoon.

## Example
` + "```python" + `
result = await Runner.run(researcher, question, max_turns=500)  # model="claude-opus-5-5"
` + "```" + `
Allow what a good run needs, with some room:
` + "```python" + `
result = await Runner.run(researcher, question, max_turns=20)
` + "```" + `
The figures are settings: ` + "`arch.premium_calls`, `arch.premium_price`, `arch.max_calls`, `arch.tight_max`" + `. One place is silenced with
` + "`# qodacode:ignore ARCH-004 -- reason`" + `.
`,
	},
}
