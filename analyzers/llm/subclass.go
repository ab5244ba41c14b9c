package llm

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// subclass is the site that c is by making an instance of a class of the program's own that
// is a construct of the table with more to it: class Chat(ChatOpenAI). It is listed where c
// names its model.
func (r *resolver) subclass(c *parser.Call, callee parser.NodeID) *Site {
	if c.Name == "" || c.Name[0] < 'A' || c.Name[0] > 'Z' {
		return nil
	}
	g, class := r, r.classOf(callee, 0)
	if class == nil && r.link != nil && r.isImported(callee) {
		if of, m := r.definition(callee); of != nil {
			g, class = of, of.ClassAt(m)
		}
	}
	if class == nil || class.Name != c.Name || slices.ContainsFunc(g.Members(class, "__init__"), func(d *parser.Def) bool { return d.Scope == class.Scope }) {
		return nil
	}
	for _, base := range class.Bases {
		qname := clean(g.qname(base))
		method := qname[strings.LastIndexByte(qname, '.')+1:]
		for _, cand := range r.table.byMethod[method] {
			if !cand.api.construct {
				continue
			}
			platform, ok := r.table.construct(cand, qname, method)
			if !ok || !r.fits(c, cand.api) || r.link != nil && g.isOwn(base, cand.sdk, method) {
				continue
			}
			s := &Site{File: r.File, api: cand.api, Call: c, Method: c.Callee, SDK: sdks[cand.sdk].name, API: method, Kind: cand.api.kind}
			r.setModel(s)
			s.Platform = r.madePlatform(s, platform)
			s.Loop = r.loops().loop(c.Node, maxCallers)
			s.unlisted = s.Model.Arg == parser.NoNode
			r.constructs[c.Node] = s
			return s
		}
	}
	return nil
}
