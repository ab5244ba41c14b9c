package agents

import (
	"path"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// langgraphDefaults are LangGraph's limits of super-steps where nothing sets one, newest
// version first (libs/langgraph/langgraph/_internal/_config.py, read in August 2026).
// Versions before the last row have it too.
var langgraphDefaults = []struct {
	since string
	limit int
}{{"1.2.0", 10007}, {"1.0.6", 10000}, {"0", 25}}

// scriptDefault is the limit of LangGraph.js (libs/langgraph-core/src/pregel/utils/config.ts, August 2026).
const scriptDefault = 25

// The limits that create_deep_agent and createDeepAgent set (deepagents 0.7.32 and 1.14.1, November 2026).
const (
	deepDefault       = 9999
	deepScriptDefault = 10000
)

// running are the methods that take a configuration, with its position.
var running = map[string]int{
	"invoke": 1, "ainvoke": 1, "stream": 1, "astream": 1, "batch": 1, "abatch": 1, "astream_events": 1, "streamEvents": 1,
	"with_config": 0, "withConfig": 0, "astream_log": 1, "stream_events": 1,
}

// limits finds what bounds the runs of each graph: the limit that the code sets where it
// configures or runs it, else the framework's own for the version that the project declares.
func (l *langgraph) limits() {
	for _, b := range l.extraction.graphs {
		b.Version = l.declaredVersion(b.Graph)
		b.Limit = defaultLimit(b.Graph)
	}
	for _, a := range l.agents {
		if a.kind == deepAgent && a.graph != nil {
			if a.graph.Limit.Value = deepDefault; a.graph.Language != "python" {
				a.graph.Limit.Value = deepScriptDefault
			}
		}
	}
	for _, f := range l.Files() {
		if s := f.Text.String(); !strings.Contains(s, "recursion_limit") && !strings.Contains(s, "recursionLimit") {
			continue
		}
		for i := range f.Calls {
			l.limitBy(f, &f.Calls[i])
		}
	}
}

// limitBy reads the limit that one call gives to the graph that it runs or configures.
func (l *langgraph) limitBy(f *parser.File, c *parser.Call) {
	l.ask()
	pos, ok := running[c.Name]
	callee := f.Unwrap(c.Callee)
	if !ok || f.Kind(callee) != parser.KindAttribute {
		return
	}
	at := Ref{f, c.Node}
	var config Ref
	if a, ok := f.Argument(c, "config", pos); ok {
		config = at.at(a.Value)
	}
	value, what := l.limitIn(config)
	if !config.Valid() || value == 0 {
		for _, name := range []string{"recursion_limit", "recursionLimit"} { // with_config(recursion_limit=…)
			if a, ok := f.Argument(c, name, -1); ok {
				if v, ok := l.number(at.at(a.Value), nil); ok {
					value, what = v, name
				}
			}
		}
	}
	if value == 0 {
		return
	}
	graphs := l.graphsOf(at.at(f.Field(callee, parser.FieldObject)))
	if len(graphs) == 0 && len(l.extraction.graphs) == 1 {
		graphs = l.extraction.graphs // it can be no other
	}
	for _, b := range graphs {
		if b.Limit.Source != "explicit" || b.Limit.Value < value {
			b.Limit = Limit{value, "explicit", what}
		}
	}
}

// limitIn is the limit in a configuration: a dictionary or RunnableConfig(…).
func (l *langgraph) limitIn(config Ref) (value int, what string) {
	if !config.Valid() {
		return 0, ""
	}
	o := l.Origin(config, nil)
	for _, name := range []string{"recursion_limit", "recursionLimit"} {
		if part, ok := l.partOf(slot{Ref: o}, name); ok && part.Valid() {
			if v, ok := l.number(part.Ref, part.frame); ok {
				return v, name
			}
		}
	}
	pairs, _ := l.pairs(config, nil) // config["recursion_limit"] = …
	for _, p := range pairs {
		if texts, ok := l.textsOf(p[0]); ok && len(texts) == 1 && strings.EqualFold(strings.ReplaceAll(texts[0], "_", ""), "recursionlimit") {
			if v, ok := l.number(p[1].Ref, p[1].frame); ok {
				return v, texts[0]
			}
		}
	}
	return 0, ""
}

// graphsOf are the graphs that an expression may be.
func (l *langgraph) graphsOf(r Ref) (graphs []*builder) {
	for _, m := range l.made(r, nil, maxHops) {
		if g := l.graphs[m.root]; g != nil {
			graphs = append(graphs, g.builder)
		} else if a := l.agents[m.root]; a != nil && a.graph != nil {
			graphs = append(graphs, a.graph)
		}
	}
	return graphs
}

func defaultLimit(g *Graph) Limit {
	if g.Language != "python" {
		return Limit{scriptDefault, "default", "recursionLimit"}
	}
	for _, row := range langgraphDefaults {
		if g.Version == "" || !versionLess(g.Version, row.since) {
			return Limit{row.limit, "default", "recursion_limit"}
		}
	}
	return Limit{}
}

// declaredVersion is the newest version of LangGraph that the project's own files allow.
func (l *langgraph) declaredVersion(g *Graph) string {
	pkg := "langgraph"
	if g.Language != "python" {
		pkg = "@langchain/langgraph"
	}
	key := path.Dir(g.Place.Path) + " " + pkg
	version, ok := l.versions[key]
	if !ok {
		version = l.Version(g.Place.Path, pkg)
		l.versions[key] = version
	}
	return version
}
