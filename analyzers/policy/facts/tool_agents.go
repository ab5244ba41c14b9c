package facts

import (
	"slices"

	"github.com/qodacode/qodacode/parser"
)

// agentMutates tells whether an agent that works as a tool changes anything: what its own
// tools do, as far as the file tells.
func (b *builder) agentMutates(t *tool) Tri {
	f := b.f
	to, n := b.follow(f, t.agent)
	made := to.CallAt(to.Unwrap(n))
	if to != f || made == nil || b.agentNamed(made) == "" {
		return Unknown
	}
	for _, a := range made.Args {
		if a.Spread != 0 {
			return Unknown
		}
	}
	for _, name := range []string{"handoffs", "mcp_servers", "mcpServers"} {
		if _, ok := f.Argument(made, name, -1); ok {
			return Unknown
		}
	}
	list := b.toolList(made)
	if list == parser.NoNode {
		return No
	}
	if len(b.members(list, 4)) == 0 && !b.someUnknown(made, list) {
		return No
	}
	i := slices.IndexFunc(b.uses, func(u use) bool { return u.call == made })
	if i < 0 || len(b.uses[i].tools) != len(b.members(list, 4)) || len(b.uses[i].tools) == 0 {
		return Unknown
	}
	answer := No
	for _, own := range b.uses[i].tools {
		switch {
		case own.Mutating == Yes:
			return Yes
		case own.Mutating != No:
			answer = Unknown
		}
	}
	return answer
}
