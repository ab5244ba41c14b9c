package rule

import (
	"errors"
	"fmt"
	"regexp"
	"sort"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
	"go.yaml.in/yaml/v3"
)

// File is what a rule file holds.
type File struct {
	Rules    []*Rule
	Problems []Problem
	Foreign  int // rules for languages that are not read here
}

// Parse reads a rule file: its rules, and what is wrong in it.
func Parse(path string, src *text.Text) ([]*Rule, []Problem) {
	f := Read(path, src)
	return f.Rules, f.Problems
}

// Read reads a rule file. Rules with something wrong are left out. The bytes may be hostile: limits.go says
// how much of what is read.
func Read(path string, src *text.Text) File { return read(path, src, false) }

// ReadLazily is Read for rules that are known to be good: their patterns are read when files
// of their language come, and what is wrong with them is not told.
func ReadLazily(path string, src *text.Text) File { return read(path, src, true) }

func read(path string, src *text.Text, lazy bool) (f File) {
	doc, err := readYAML(src)
	if err != nil {
		f.problem("", err)
		return f
	}
	if len(doc.root.Content) == 0 {
		return f
	}
	r := &reader{document: doc, formulas: map[formulaKey]*Formula{}, patterns: map[patternKey]*compiled{}, lazy: lazy}
	entries, err := r.entries(doc.root.Content[0])
	if err != nil {
		f.problem("", err)
		return f
	}
	for _, e := range entries {
		if e.key != "rules" {
			continue
		}
		items, err := r.items(e.value, "rules")
		if err != nil {
			f.problem("", err)
			return f
		}
		if len(items) > maxRules {
			f.problem("", &fault{e.at, fmt.Sprintf("more than %d rules in one file; the first are read", maxRules)})
			items = items[:maxRules]
		}
		r.rules(path, items, &f)
		return f
	}
	f.problem("", &fault{src.Line(0), "a rule file has a list named rules"})
	return f
}

func (f *File) problem(id string, err error) {
	if len(f.Problems) >= maxProblems {
		return
	}
	p := Problem{Rule: id, Message: err.Error()}
	var at *fault
	if errors.As(err, &at) {
		p.Span = at.span
	}
	f.Problems = append(f.Problems, p)
}

func (r *reader) rules(path string, items []*yaml.Node, f *File) {
	seen := map[string]bool{}
	for _, item := range items {
		rule, err := r.rule(item)
		switch {
		case err == nil && rule == nil:
			f.Foreign++
			continue
		case err == nil && seen[rule.ID]:
			err = &fault{rule.At, fmt.Sprintf("the id %q is taken by another rule of this file", clip(rule.ID))}
		}
		if err != nil {
			id := ""
			if rule != nil {
				id = rule.ID
			}
			f.problem(id, err)
			if r.nodes > maxNodes {
				return
			}
			continue
		}
		seen[rule.ID] = true
		rule.File = path
		f.Rules = append(f.Rules, rule)
	}
}

var ruleID = regexp.MustCompile(`^[a-zA-Z0-9._-]{1,200}$`)

// rule reads one rule. It is nil without an error when the rule is for other languages; with an
// error it has the id, where that could be read.
func (r *reader) rule(n *yaml.Node) (*Rule, error) {
	entries, err := r.entries(n)
	if err != nil {
		return nil, err
	}
	parts := make(map[string]entry, len(entries))
	for _, e := range entries {
		parts[e.key] = e
	}
	rule := &Rule{Options: pattern.Defaults()}
	r.taintOptions = TaintOptions{}
	id, ok := parts["id"]
	if !ok {
		return nil, &fault{r.span(n), "the rule has no id"}
	}
	if rule.ID, err = r.str(id.value, "id"); err != nil {
		return nil, err
	}
	rule.At = r.span(id.value)
	if !ruleID.MatchString(rule.ID) {
		return nil, &fault{rule.At, "an id consists of letters, digits, dots, dashes and underscores"}
	}
	mode := "search"
	if e, ok := parts["mode"]; ok {
		if mode, err = r.str(e.value, "mode"); err != nil {
			return rule, err
		}
		switch mode {
		case "search", "taint":
		case "join", "extract", "steps":
			return rule, &fault{e.at, fmt.Sprintf("mode: %s is not supported", mode)}
		default:
			return rule, &fault{r.span(e.value), fmt.Sprintf("there is no mode %q; there are search and taint", clip(mode))}
		}
	}
	for _, name := range []string{"languages", "message", "severity"} {
		if _, ok := parts[name]; !ok {
			return rule, &fault{rule.At, "the rule has no " + name}
		}
	}
	s, known, err := r.languages(rule, parts["languages"])
	if err != nil {
		return rule, err
	}
	if !known {
		return nil, nil
	}
	if err := r.attributes(rule, parts); err != nil {
		return rule, err
	}
	_, newTaint := parts["taint"]
	if mode == "taint" || newTaint {
		err = r.taintRule(rule, parts, s)
	} else {
		err = r.searchRule(rule, n, entries, parts, s)
	}
	if err != nil {
		return rule, err
	}
	return rule, nil
}

// languages reads languages; known is false when all are foreign.
func (r *reader) languages(rule *Rule, e entry) (s scope, known bool, err error) {
	names, err := r.list(e.value, "languages")
	if err != nil {
		return s, false, err
	}
	seen := map[parser.Language]bool{}
	for _, name := range names {
		code, isText := languageNamed(name)
		if len(code) == 0 && !isText && !foreignLanguages[name] {
			return s, false, &fault{r.span(e.value), fmt.Sprintf("there is no language %q", clip(name))}
		}
		rule.Text = rule.Text || isText
		s.generic = s.generic || name == "generic"
		for _, l := range code {
			if !seen[l] {
				seen[l] = true
				rule.Languages = append(rule.Languages, l)
			}
		}
	}
	sort.Slice(rule.Languages, func(i, j int) bool { return rule.Languages[i] < rule.Languages[j] })
	if len(rule.Languages) > 0 {
		rule.Text = false
	}
	s.languages, s.text = rule.Languages, rule.Text
	return s, rule.Text || len(rule.Languages) > 0, nil
}

// attributes reads what is not a pattern.
func (r *reader) attributes(rule *Rule, parts map[string]entry) (err error) {
	if rule.Message, err = r.limited(parts["message"].value, "message"); err != nil {
		return err
	}
	severity, err := r.str(parts["severity"].value, "severity")
	if err != nil {
		return err
	}
	switch severity {
	case "ERROR", "CRITICAL", "HIGH":
		rule.Severity = diagnostics.Error
	case "WARNING", "MEDIUM":
		rule.Severity = diagnostics.Warning
	case "INFO", "LOW":
		rule.Severity = diagnostics.Info
	case "INVENTORY", "EXPERIMENT":
		rule.Severity = diagnostics.Hint
	default:
		return &fault{r.span(parts["severity"].value), fmt.Sprintf("there is no severity %q; there are ERROR, WARNING and INFO, and CRITICAL, HIGH, MEDIUM and LOW", clip(severity))}
	}
	if e, ok := parts["metadata"]; ok {
		if rule.Metadata, err = r.metadata(e.value); err != nil {
			return err
		}
	}
	if e, ok := parts["options"]; ok {
		if err = r.options(rule, e); err != nil {
			return err
		}
	}
	if e, ok := parts["paths"]; ok {
		if err = r.paths(rule, e); err != nil {
			return err
		}
	}
	if e, ok := parts["fix"]; ok {
		if rule.Fix, err = r.limited(e.value, "fix"); err != nil {
			return err
		}
	}
	if e, ok := parts["fix-regex"]; ok {
		return r.fixRegex(rule, e)
	}
	return nil
}

func (r *reader) limited(n *yaml.Node, what string) (string, error) {
	s, err := r.str(n, what)
	if err == nil && len(s) > maxText {
		return "", &fault{r.span(n), fmt.Sprintf("the %s is longer than %d bytes", what, maxText)}
	}
	return s, err
}

func (r *reader) paths(rule *Rule, e entry) error {
	entries, err := r.entries(e.value)
	if err != nil {
		return err
	}
	for _, e := range entries {
		globs, err := r.list(e.value, e.key)
		if err != nil {
			return err
		}
		if len(globs) > maxChildren {
			return &fault{e.at, fmt.Sprintf("more than %d globs", maxChildren)}
		}
		switch e.key {
		case "include":
			rule.Paths.Include = globs
		case "exclude":
			rule.Paths.Exclude = globs
		}
	}
	return nil
}

func (r *reader) fixRegex(rule *Rule, e entry) error {
	entries, err := r.entries(e.value)
	if err != nil {
		return err
	}
	fix := &FixRegex{}
	for _, e := range entries {
		switch e.key {
		case "regex":
			src, err := r.str(e.value, e.key)
			if err != nil {
				return err
			}
			if fix.Regexp, err = CompileRegexp(src, false); err != nil {
				return &fault{r.span(e.value), err.Error()}
			}
		case "replacement":
			if fix.Replacement, err = r.limited(e.value, e.key); err != nil {
				return err
			}
		case "count":
			if fix.Count, err = r.integer(e.value, e.key); err != nil {
				return err
			}
		}
	}
	if fix.Regexp == nil {
		return &fault{e.at, "fix-regex has no regex"}
	}
	rule.FixRegex = fix
	return nil
}

func (r *reader) searchRule(rule *Rule, n *yaml.Node, entries []entry, parts map[string]entry, s scope) (err error) {
	if e, ok := parts["match"]; ok {
		rule.Search, err = r.formula(e.value, s)
	} else {
		var ops []entry
		for _, e := range entries {
			if operators[e.key] {
				ops = append(ops, e)
			}
		}
		switch {
		case len(ops) == 0:
			for _, e := range entries {
				if e.key == "pattern-sources" || e.key == "pattern-sinks" {
					return &fault{e.at, "a rule with sources and sinks says mode: taint"}
				}
			}
			return &fault{rule.At, "the rule has no pattern"}
		case len(ops) > 1:
			return &fault{ops[1].at, fmt.Sprintf("%s and %s can't stand together; put them in a list under patterns", ops[0].key, ops[1].key)}
		}
		rule.Search, err = r.operator(ops[0], s)
	}
	if err == nil && rule.Search.negative() {
		err = &fault{rule.Search.At, "a rule can't only say what not to find"}
	}
	return err
}

func (r *reader) taintRule(rule *Rule, parts map[string]entry, s scope) error {
	if rule.Text {
		return &fault{rule.At, "mode: taint needs a language of code"}
	}
	if e, ok := parts["taint"]; ok {
		entries, err := r.entries(e.value)
		if err != nil {
			return err
		}
		for _, e := range entries {
			parts[e.key] = e
		}
	} else {
		for _, name := range []string{"sources", "sinks", "sanitizers", "propagators"} {
			if e, ok := parts["pattern-"+name]; ok {
				parts[name] = e
			}
		}
	}
	for _, name := range []string{"sources", "sinks"} {
		if _, ok := parts[name]; !ok {
			return &fault{rule.At, "a rule of mode: taint has pattern-sources and pattern-sinks"}
		}
	}
	taint, err := r.taint(parts, s)
	if err != nil {
		return err
	}
	taint.Options = r.taintOptions
	rule.Taint = taint
	return nil
}
