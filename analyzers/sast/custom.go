package sast

import (
	"runtime"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser/text"
)

// File is a file of rules.
type File struct {
	Path string // as the files that are checked are named: relative to the project, with slashes, where it is in it
	Text *text.Text
}

// Custom is the rules of users as their files were at one moment. It is immutable. A nil
// Custom has no rules.
type Custom struct {
	set      *Ruleset
	rules    []diagnostics.Rule
	problems map[string][]rule.Problem // by the path of their file
	files    []File

	mu   sync.Mutex
	base *diagnostics.Set // that all is made of
	all  *diagnostics.Set
}

// NewCustom reads rules of users. Of several rules with one id the first is used.
func NewCustom(files []File) *Custom {
	c := &Custom{problems: map[string][]rule.Problem{}, files: files}
	read := make([]rule.File, len(files))
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		wait.Go(func() {
			for i := range next {
				read[i] = rule.Read(files[i].Path, files[i].Text)
			}
		})
	}
	for i := range files {
		next <- i
	}
	close(next)
	wait.Wait()
	var rules []*rule.Rule
	used := map[string]*rule.Rule{}
	for i, f := range files {
		problems := read[i].Problems
		for _, r := range read[i].Rules {
			if other := used[r.ID]; other != nil && other.File != f.Path {
				problems = append(problems, rule.Problem{Rule: r.ID, Span: r.At,
					Message: "another rule is called " + r.ID + ", in " + other.File + ", and is used; give this one another id"})
				continue
			}
			used[r.ID] = r
			rules = append(rules, r)
		}
		c.problems[f.Path] = problems
	}
	c.set, c.rules = NewRuleset(rules), described(rules, "", "user")
	return c
}

// Over are the rules of base and those of c.
func (c *Custom) Over(base *diagnostics.Set) *diagnostics.Set {
	if c == nil {
		return base
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.base != base {
		c.base, c.all = base, base.With(c.rules)
	}
	return c.all
}

// Rules are the rules as people see them.
func (c *Custom) Rules() []diagnostics.Rule {
	if c == nil {
		return nil
	}
	return c.rules
}

// Files are the files that the rules were read from.
func (c *Custom) Files() []File {
	if c == nil {
		return nil
	}
	return c.files
}

// Problems are what is wrong in a file of rules, as findings in it.
func (c *Custom) Problems(path string) []diagnostics.Finding {
	var out []diagnostics.Finding
	for _, p := range c.problems[path] {
		out = append(out, finding(p))
	}
	return out
}

// Check is the check that runs the rules, and tells in their own files what is wrong with them.
func (c *Custom) Check() diagnostics.Check {
	return diagnostics.Check{Name: "rules of users", Beside: true, Rules: c.Rules, Run: func(pass *diagnostics.Pass) {
		for _, f := range c.Problems(pass.File.Path) {
			pass.ReportSource(f)
		}
		c.set.report(pass, "")
	}}
}

// finding is what is wrong with a rule, in its file.
func finding(p rule.Problem) diagnostics.Finding {
	message := p.Message
	if p.Rule != "" && !strings.Contains(message, p.Rule) {
		message = "the rule " + p.Rule + " is not used: " + message
	}
	return diagnostics.Finding{Rule: diagnostics.RuleRule, Span: p.Span, Message: message}
}
