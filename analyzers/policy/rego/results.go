package rego

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
)

// Bounds of what policies say of one file.
const (
	MaxViolations = 200 // of one policy
	maxRead       = 20 * MaxViolations
	maxMessage    = 500      // bytes
	maxFix        = 10 << 10 // bytes
	maxRelated    = 10
)

// reader makes violations of the results of one policy.
type reader struct {
	policy     *Compiled
	input      *Input
	rule       string
	violations []Violation
	failures   []Failure
	said       map[string]bool // kinds of failures: each is told once
}

// fail tells once what is wrong with results of the rule.
func (r *reader) fail(format string, args ...any) {
	kind := r.rule + " " + format
	if r.said[kind] {
		return
	}
	r.said[kind] = true
	r.failures = append(r.failures, Failure{Policy: r.policy.ID, Path: r.policy.Path, Span: r.policy.Span, Code: "result-shape",
		Message: clip(fmt.Sprintf("A result of %s: "+format+".", append([]any{r.rule}, args...)...), maxMessage)})
}

// read reads the set of results of a rule.
func (r *reader) read(rule string, v ast.Value) {
	r.rule = rule
	set, ok := v.(ast.Set)
	if !ok {
		r.fail("it is no set; write `%s contains result if { … }`", rule)
		return
	}
	n := 0
	for _, t := range set.Slice() { // in the order of OPA's values, which is always the same
		if n++; n > maxRead {
			r.tooMany()
			return
		}
		r.result(t.Value)
	}
}

func (r *reader) tooMany() {
	r.fail("there are more than %d, the others are not shown; report one place for each thing", MaxViolations)
}

func (r *reader) result(v ast.Value) {
	found := Violation{Policy: r.policy.ID, Rule: r.rule, Severity: cmp.Or(r.policy.severity[r.rule], severityOf(r.rule))}
	const top = "it has no place and is shown at the top of the file; add \"range\": call.range, or \"subject\": call.id"
	switch v := v.(type) {
	case ast.String:
		found.Message = string(v)
		r.fail(top)
	case ast.Object:
		r.object(&found, v)
		if _, hasRange := r.get(v, "range"); !hasRange && found.Subject == "" {
			if _, hasSubject := r.get(v, "subject"); !hasSubject {
				r.fail(top)
			}
		}
	default:
		r.fail("it is %s and no object; write {\"msg\": \"…\", \"range\": call.range}", ast.ValueName(v))
	}
	found.Message = clip(strings.TrimSpace(found.Message), maxMessage)
	if found.Message == "" {
		found.Message = r.policy.Title
	}
	r.violations = append(r.violations, found)
}

func (r *reader) get(o ast.Object, key string) (ast.Value, bool) {
	t := o.Get(ast.StringTerm(key))
	if t == nil {
		return nil, false
	}
	return t.Value, true
}

// text reads an optional text.
func (r *reader) text(o ast.Object, key string) string {
	v, ok := r.get(o, key)
	if !ok {
		return ""
	}
	s, ok := v.(ast.String)
	if !ok {
		r.fail("its "+key+" is %s and no text", ast.ValueName(v))
	}
	return string(s)
}

// where reads an optional range.
func (r *reader) where(o ast.Object, what string) (facts.Range, bool) {
	v, ok := r.get(o, "range")
	if !ok {
		return facts.Range{}, false
	}
	place, err := rangeOf(v)
	if err != nil {
		r.fail(what+": %v", err)
		return facts.Range{}, false
	}
	return place, true
}

func (r *reader) object(found *Violation, o ast.Object) {
	found.Message = r.text(o, "msg")
	if found.Message == "" {
		r.fail("it has no \"msg\", the text that is shown")
	}
	if rule := r.text(o, "rule"); rule != "" {
		found.Rule = clip(rule, 100)
	}
	if severity := r.text(o, "severity"); severity != "" {
		if known := knownSeverity(severity); known != "" {
			found.Severity = known
		} else {
			r.fail("its severity is %q; it can be error, warning, info or hint", clip(severity, 40))
		}
	}
	place, placed := r.where(o, "its range")
	if subject := r.text(o, "subject"); subject != "" {
		if at, ok := r.input.place(subject); ok {
			found.Subject = subject
			if !placed {
				place = at
			}
		} else {
			r.fail("its subject is %q, which is the id of no fact with a range", clip(subject, 60))
		}
	}
	found.Range = place
	if v, ok := r.get(o, "fix"); ok {
		found.Fix = r.fix(v, found.Range)
	}
	if v, ok := r.get(o, "related"); ok {
		found.Related = r.related(v)
	}
}

// fix reads a fix; without a range of its own it replaces what the result is about.
func (r *reader) fix(v ast.Value, around facts.Range) *Fix {
	const form = `a fix is {"title": "…", "range": …, "new_text": "…"}`
	o, ok := v.(ast.Object)
	if !ok {
		r.fail("its fix is no object; " + form)
		return nil
	}
	text, ok := textAt(o, "new_text")
	if !ok {
		r.fail("its fix has no new_text; " + form)
		return nil
	}
	if len(text) > maxFix {
		r.fail("its fix has more than %d bytes and is left out", maxFix)
		return nil
	}
	fix := Fix{Title: clip(cmp.Or(r.text(o, "title"), "Apply the policy's fix"), 200), Range: around, NewText: text}
	if _, ok := r.get(o, "range"); ok {
		place, ok := r.where(o, "the range of its fix")
		if !ok {
			return nil
		}
		fix.Range = place
	}
	return &fix
}

func (r *reader) related(v ast.Value) []Related {
	const form = `related is [{"range": …, "msg": "…"}]`
	var items []*ast.Term
	switch v := v.(type) {
	case *ast.Array:
		for i := range v.Len() {
			items = append(items, v.Elem(i))
		}
	case ast.Set:
		items = v.Slice()
	default:
		r.fail("its related is neither a list nor a set; " + form)
		return nil
	}
	var all []Related
	for _, t := range items[:min(len(items), maxRelated)] {
		o, ok := t.Value.(ast.Object)
		if !ok {
			r.fail("an element of its related is no object; " + form)
			continue
		}
		place, ok := r.where(o, "the range of an element of its related")
		if !ok {
			if _, has := r.get(o, "range"); !has {
				r.fail("an element of its related has no range; " + form)
			}
			continue
		}
		all = append(all, Related{Range: place, Message: clip(cmp.Or(r.text(o, "msg"), r.text(o, "message")), maxMessage)})
	}
	return all
}

// finish sorts the violations by place and cuts them to their bound.
func (r *reader) finish() ([]Violation, []Failure) {
	slices.SortStableFunc(r.violations, func(a, b Violation) int {
		return cmp.Or(compareRange(a.Range, b.Range), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	if len(r.violations) > MaxViolations {
		r.tooMany()
		r.violations = r.violations[:MaxViolations]
	}
	return r.violations, r.failures
}

func compareRange(a, b facts.Range) int {
	return cmp.Or(cmp.Compare(a.Start.Line, b.Start.Line), cmp.Compare(a.Start.Character, b.Start.Character),
		cmp.Compare(a.End.Line, b.End.Line), cmp.Compare(a.End.Character, b.End.Character))
}
