package facts

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// someUnknown reports whether a list of tools holds more than the file tells.
func (b *builder) someUnknown(c *parser.Call, list parser.NodeID) bool {
	n := b.f.Unwrap(list)
	if k := b.f.Kind(n); (k == parser.KindList || k == parser.KindTuple || k == parser.KindDict) && b.f.FirstChild(n) == parser.NoNode {
		return false
	}
	i := slices.IndexFunc(b.uses, func(u use) bool { return u.call == c })
	return i < 0 || len(b.members(list, 4)) == 0
}

// agentApproval tells whether all tools of an agent need approval; a tool that is not of this
// file leaves it open.
func (b *builder) agentApproval(a *Agent) Tri {
	open := b.open[a.Range]
	if len(a.Tools) == 0 && !open {
		return No
	}
	all, known := !open, !open
	for _, name := range a.Tools {
		i := slices.IndexFunc(b.doc.Tools, func(t Tool) bool { return t.Name == name })
		switch {
		case i < 0:
			known, all = false, false
		case b.doc.Tools[i].RequiresApproval == No:
			return No
		case b.doc.Tools[i].RequiresApproval != Yes:
			known, all = false, false
		}
	}
	switch {
	case all:
		return Yes
	case !known:
		return Unknown
	}
	return No
}

// refer links the nodes of graphs to the agents, tools and functions they run.
func (b *builder) refer() {
	find := func(r Range) string {
		if made, ok := b.made[r]; ok {
			r = made
		}
		for i := range b.doc.Agents {
			if b.doc.Agents[i].Range == r {
				return b.doc.Agents[i].ID
			}
		}
		return ""
	}
	for i := range b.doc.Graph.Nodes {
		n := &b.doc.Graph.Nodes[i]
		if n.Kind == "agent" {
			n.Ref = find(n.Range)
		}
		if n.Kind == "tool" {
			for j := range b.doc.Tools {
				if t := &b.doc.Tools[j]; t.Range == n.Range || b.rangeOf(b.tools[j].node) == n.Range {
					n.Ref = t.ID
					break
				} else if t.Name == n.Name && n.Ref == "" {
					n.Ref = t.ID
				}
			}
		}
		if n.Ref != "" || n.Kind == "start" || n.Kind == "end" {
			continue
		}
		for j := range b.doc.Functions {
			if fn := &b.doc.Functions[j]; fn.Range == n.Range || fn.Name != "" && (fn.Name == n.Name || strings.HasSuffix(fn.Qualname, "."+n.Name)) {
				n.Ref = fn.ID
				break
			}
		}
	}
}
