// Package ruletest runs the annotated tests of rules with Semgrep's conventions and scoring.
//
// A comment `ruleid: a, b` says that the rules a and b find something that begins on the next
// line, `ok: a` that a doesn't; `todoruleid: a` and `todook: a` that it should be so, but that
// what is found there counts neither way. A finding on any other line is wrong.
package ruletest

import (
	"context"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/taint"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Outcome is what one rule did in one file. Lines are 1-based and in order.
type Outcome struct {
	Rule       string
	Path       string // of the file of code
	Expected   []int  // lines that the annotations ask for
	Reported   []int  // lines that the rule found, without those that annotations leave open
	Missing    []int  // expected and not reported
	Unexpected []int  // reported and not expected
	// Unknown says that the file speaks of a rule that there is not.
	Unknown bool
	// Exceeded says that the rule hit its limit in the file.
	Exceeded bool
}

// Passed reports whether the rule did what the annotations say.
func (o *Outcome) Passed() bool {
	return len(o.Missing) == 0 && len(o.Unexpected) == 0 && !o.Unknown && !o.Exceeded
}

// annotations are the lines that a file speaks of, by rule.
type annotations struct {
	expected, open, ok map[string][]int
}

var openings = []string{"#", "//", "<!--", "(*", "/*"}

// read finds the annotations of a text.
func read(src string) annotations {
	a := annotations{map[string][]int{}, map[string][]int{}, map[string][]int{}}
	for i, line := range strings.Split(src, "\n") {
		for _, kind := range []string{"todoruleid", "todook", "ruleid", "ok"} {
			ids, found := annotated(line, kind)
			if !found {
				continue
			}
			for _, id := range ids {
				switch kind {
				case "ruleid":
					a.expected[id] = append(a.expected[id], i+2)
				case "ok":
					a.ok[id] = append(a.ok[id], i+2)
				default:
					a.open[id] = append(a.open[id], i+2)
				}
			}
			break
		}
	}
	return a
}

// annotated are the ids that a line names behind one kind of annotation.
func annotated(line, kind string) (ids []string, found bool) {
	for _, opening := range openings {
		for _, space := range []string{"", " "} {
			_, rest, ok := strings.Cut(line, opening+space+kind)
			if !ok {
				continue
			}
			rest, ok = strings.CutPrefix(strings.TrimLeft(rest, " \t"), ":")
			if !ok {
				continue
			}
			rest = strings.TrimSpace(rest)
			for _, engine := range []string{"deepok:", "prook:", "deepruleid:", "proruleid:"} {
				rest = strings.TrimSpace(strings.TrimPrefix(rest, engine))
			}
			for _, id := range strings.Split(rest, ",") {
				for _, closing := range []string{"-->", "*)", "*/"} {
					id = strings.ReplaceAll(id, closing, "")
				}
				if id = strings.TrimSpace(id); id != "" {
					ids = append(ids, id)
				}
			}
			return ids, true
		}
	}
	return nil, false
}

// Score runs rules over f and compares what they find with its annotations. The rules' paths
// don't matter: tests stand beside the rules. There is an outcome for each rule that has annotations or
// finds something.
func Score(rules []*rule.Rule, f *parser.File, modules taint.Modules) []Outcome {
	outcomes, _ := score(rules, f, modules)
	return outcomes
}

func score(rules []*rule.Rule, f *parser.File, modules taint.Modules) ([]Outcome, sast.Result) {
	set := sast.NewRuleset(rules)
	set.AnyPath = true
	result := set.Scan(context.Background(), f, modules)
	reported := map[string][]int{}
	for i := range result.Findings {
		found := &result.Findings[i]
		line := f.Source.LineOf(f.Locate(found.Span).Start) + 1
		reported[found.Rule.ID] = append(reported[found.Rule.ID], line)
	}
	a := read(f.Source.String())
	known := map[string]bool{}
	var ids []string
	for _, r := range rules {
		known[r.ID] = true
	}
	for id := range known {
		if len(a.expected[id])+len(a.open[id])+len(a.ok[id])+len(reported[id]) > 0 {
			ids = append(ids, id)
		}
	}
	for _, lines := range []map[string][]int{a.expected, a.ok} {
		for id := range lines {
			if !known[id] {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	var outcomes []Outcome
	for _, id := range slices.Compact(ids) {
		open := a.open[id]
		o := Outcome{Rule: id, Path: f.Path, Expected: less(a.expected[id], open), Reported: less(reported[id], open), Unknown: !known[id],
			Exceeded: slices.Contains(result.Exceeded, id) || slices.Contains(result.Failed, id)}
		o.Missing, o.Unexpected = less(o.Expected, o.Reported), less(o.Reported, o.Expected)
		outcomes = append(outcomes, o)
	}
	return outcomes, result
}

// less is the lines of a that are not in b, each once, in order.
func less(a, b []int) []int {
	var out []int
	for _, line := range a {
		if !slices.Contains(b, line) {
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Fixed is the text of f with the fixes of all findings; of those that overlap, the first.
func Fixed(rules []*rule.Rule, f *parser.File, modules taint.Modules) string {
	_, result := score(rules, f, modules)
	var b strings.Builder
	src, last := f.Text.String(), 0
	for i := range result.Findings {
		edit := result.Findings[i].Fix
		if edit == nil || edit.Span.Start < last {
			continue
		}
		b.WriteString(src[last:edit.Span.Start])
		b.WriteString(edit.New)
		last = edit.Span.End
	}
	b.WriteString(src[last:])
	return b.String()
}

// Parse reads a file of code for Score.
func Parse(path, src string) *parser.File { return parser.Parse(path, "", text.New(src)) }
