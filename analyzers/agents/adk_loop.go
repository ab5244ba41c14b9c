package agents

import (
	"regexp"
	"strconv"

	"github.com/qodacode/qodacode/parser"
)

// escalation is how code ends a LoopAgent.
var escalation = regexp.MustCompile(`\bescalate\s*[=:]\s*[^=]`)

// adkExit is what ends a loop: its count, else who escalates.
func (r *roster) adkExit(m *member, children []*member) Condition {
	for _, made := range m.made {
		for _, name := range []string{"max_iterations", "maxIterations"} {
			a, ok := r.arg(made, name, -1)
			if !ok {
				continue
			}
			o := r.follow(a)
			if o.Valid() && o.Kind() == parser.KindNone {
				continue
			}
			b := Bound{Expr: name + "=" + clip(a.Text()), Effective: true}
			if o.Valid() {
				if n, ok := r.Number(o.Ref); ok {
					b.Value, b.Expr = n, name+"="+strconv.Itoa(n)
				}
			}
			return Condition{Decider: Counter, Bound: b}
		}
	}
	best := Condition{Decider: Nobody}
	for _, child := range children {
		if c, ok := r.escalates(child, 4); ok && (best.Decider == Nobody || c.Decider == Counter) {
			best = c
		}
	}
	return best
}

// escalates reports whether an agent, or one in it, may end the loop around it, and what that depends on.
func (r *roster) escalates(m *member, depth int) (Condition, bool) {
	if depth == 0 {
		return Condition{}, false
	}
	for _, t := range m.tools {
		if t.Name == "exit_loop" && !t.fn.Valid() || t.fn.Valid() && escalation.MatchString(r.body(t.fn)) {
			return Condition{Decider: ToolCall}, true
		}
	}
	for _, made := range m.made {
		for _, callback := range []string{"before_agent_callback", "after_agent_callback", "after_model_callback", "before_model_callback", "after_tool_callback", "before_tool_callback"} {
			if a, ok := r.arg(made, callback, -1); ok {
				if fn := r.follow(a); fn.Valid() && fn.Func() != nil && escalation.MatchString(r.body(fn.Ref)) {
					return r.Decide(fn.Ref, nil), true
				}
			}
		}
		class := r.Class(made.at(made.File.Field(made.Node, parser.FieldFunction)).Ref, maxHops)
		if !class.Valid() {
			continue
		}
		info := class.File.ClassAt(class.Node)
		for _, method := range []string{"_run_async_impl", "runAsyncImpl"} {
			for _, d := range class.File.Members(info, method) {
				if fn := r.defValue(class.File, d); fn.Valid() && fn.Func() != nil && escalation.MatchString(r.body(fn)) {
					return r.Decide(fn, nil), true
				}
			}
		}
	}
	for _, l := range m.links {
		if l.Kind == Contains || l.Kind == Handoff {
			if c, ok := r.escalates(l.to, depth-1); ok {
				return c, true
			}
		}
	}
	return Condition{}, false
}

// body is the code of a function without comments.
func (r *roster) body(fn Ref) string {
	info := fn.Func()
	if info == nil {
		return ""
	}
	return stripComments(fn.File, info.Body)
}
