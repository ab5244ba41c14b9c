package arch

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// LimitFix is what a finding about a loop offers: to bound it where its framework has the
// setting for it.
type LimitFix struct {
	Graph *agents.Graph
	Loop  *agents.Loop
	// Source is the text that the finding stands in; the places in Graph are places in it.
	Source *text.Text
}

// loop reports a loop that nothing sure ends (ARCH-001) and what it may cost (ARCH-004).
func (c *checker) loop(l *agents.Loop) {
	edges := c.inside(l)
	if len(edges) == 0 || len(l.Nodes) == 0 {
		return
	}
	severity, why := c.judge(l, edges)
	if severity == 0 {
		return
	}
	back := c.closing(l, edges)
	subject, places := draw(l, c.cycle(l, edges, back)), []agents.Place{back.Place, l.Place}
	switch team := c.team(l, edges); {
	case team != "":
		subject, places = team, nil
	case c.Framework == "plain" && len(l.Nodes) == 1:
		subject = "the loop around " + say(l.Nodes[0])
	}
	f := c.report(diagnostics.Finding{Rule: "ARCH-001", Severity: severity, Message: subject + ": " + why}, places...)
	f.Fix = &LimitFix{c.Graph, l, c.source(f.Path)}
	for _, name := range l.Nodes {
		f.relate(c.nodes[name], say(name)+" is part of the loop")
	}
	c.expense(l, severity, subject)
}

// judge tells how bad a loop is, 0 for a loop that is none of our business, and why.
func (c *checker) judge(l *agents.Loop, edges []agents.Edge) (diagnostics.Severity, string) {
	bound := l.Bound
	tight := bound.Effective && bound.Default && bound.Value > 0 && bound.Value <= c.set.TightMax
	deadGuard := bound.Expr != "" && !bound.Effective
	switch {
	case l.Decider == agents.Counter, l.Decider == agents.ByHuman, bound.Effective && !bound.Default:
		return 0, ""
	case c.toolLoop(l) && !deadGuard:
		return 0, ""
	case deadGuard:
		return diagnostics.Warning, fmt.Sprintf("the guard %s can't end this loop, as nothing in it writes what the guard reads%s", say(bound.Expr), c.stop(l))
	case only(edges, agents.Delegate):
		return diagnostics.Info, "these agents may delegate to each other again and again" + c.stop(l)
	case only(edges, agents.Handoff, agents.Delegate):
		if c.switchedOff(l) {
			return diagnostics.Warning, "these agents may hand over to each other without end, as their limit is switched off"
		}
		severity := diagnostics.Info
		if c.Limit.Value > c.set.MaxCalls {
			severity = diagnostics.Warning
		}
		return severity, "these agents may hand over to each other again and again" + c.stop(l)
	case l.Decider == agents.Nobody && len(l.Exits) == 0:
		if !c.Complete() {
			return 0, ""
		}
		return diagnostics.Error, "nothing ends this loop" + c.stop(l)
	case tight && l.Decider != agents.External:
		return diagnostics.Info, deciderOf(l, edges) + " ends this loop" + c.stop(l)
	case l.Decider == agents.Verdict, l.Decider == agents.ToolCall:
		return diagnostics.Warning, "only " + deciderOf(l, edges) + " ends this loop" + c.stop(l)
	case l.Decider == agents.External && !tight && c.spends(l) != nil:
		return diagnostics.Info, "only something outside ends this loop, and it has no limit of its own" + c.stop(l)
	}
	return 0, ""
}

// toolName are names of steps that run the tools that a model asked for.
var toolName = regexp.MustCompile(`(?i)^((call|run|execute|exec|use|take)_?)?(tools?|actions?)(_?(node|executor|calls?|call_?node))?$|^_?(run|execute|exec)_?tools?_`)

// toolLoop reports whether one model calls tools until it has enough: how agents work.
func (c *checker) toolLoop(l *agents.Loop) bool {
	thinking, tools := 0, 0
	for _, name := range l.Nodes {
		switch n := c.nodes[name]; {
		case n.Kind == agents.Tool, n.Kind == agents.Toolset, n.Kind == agents.Step && toolName.MatchString(name):
			tools++
		case thinks(n):
			thinking++
		}
	}
	return thinking <= 1 && (l.Decider == agents.ToolCall || tools > 0 && tools == len(l.Nodes)-1)
}

func only(edges []agents.Edge, kinds ...agents.EdgeKind) bool {
	for _, e := range edges {
		found := false
		for _, k := range kinds {
			found = found || e.Kind == k
		}
		if !found {
			return false
		}
	}
	return true
}

// switchedOff reports whether the code itself takes the framework's limit away: max_turns=None.
func (c *checker) switchedOff(*agents.Loop) bool {
	return c.Limit.Value == 0 && c.Limit.What != "" && c.Limit.Source != "default"
}

func deciderOf(l *agents.Loop, edges []agents.Edge) string {
	repeats := slices.ContainsFunc(edges, func(e agents.Edge) bool { return e.Kind == agents.LoopBack })
	switch {
	case l.Decider == agents.ToolCall && repeats:
		return "the LLM's call of a tool that exits"
	case l.Decider == agents.ToolCall:
		return "the LLM's choice to call no more tools"
	case l.Decider == agents.External:
		return "something outside"
	}
	return "the LLM's verdict"
}

// team names the team whose members take turns in the loop; "" where it is none.
func (c *checker) team(l *agents.Loop, edges []agents.Edge) string {
	if !only(edges, agents.Speaker) {
		return ""
	}
	return "the team of " + list(l.Nodes)
}

// stop tells what the framework itself does about the loop.
func (c *checker) stop(l *agents.Loop) string {
	limit := c.Limit
	if l.Bound.Default && l.Bound.Effective && l.Bound.Value > 0 {
		limit = agents.Limit{Value: l.Bound.Value, What: l.Bound.Expr, Source: "default"}
	}
	if limit.Value > 0 {
		return fmt.Sprintf("; %s stops it after %d %s", title(c.Framework), limit.Value, unit(limit.What))
	}
	if setting := settings[c.Framework]; setting != "" {
		return "; it has neither " + setting
	}
	return ""
}
