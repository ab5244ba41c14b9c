package sast

import (
	"context"
	"slices"
	"sync"

	"github.com/qodacode/qodacode/analyzers/sast/rule"
	"github.com/qodacode/qodacode/analyzers/sast/search"
	"github.com/qodacode/qodacode/analyzers/sast/taint"
	"github.com/qodacode/qodacode/analyzers/sast/tree"
	"github.com/qodacode/qodacode/analyzers/sast/words"
	"github.com/qodacode/qodacode/parser"
)

// worthSharing is from how many bytes of code on rules are run by several goroutines: below, they
// cost more than they save.
const worthSharing = 8 << 10

// scan runs rules over f on up to threads goroutines. Rules of one file share formulas, and stay together.
func scan(ctx context.Context, f *parser.File, held *words.Set, rules []*rule.Rule, modules taint.Modules, threads int) Result {
	if f.Text.Len() < worthSharing || len(rules) < 2*threads {
		threads = 1
	}
	groups := split(rules, threads)
	parts := make([]Result, len(groups))
	t := tree.Of(f)
	var wait sync.WaitGroup
	for i, group := range groups[1:] {
		wait.Go(func() { parts[i+1].run(ctx, search.NewWith(ctx, t, held), group, modules) })
	}
	parts[0].run(ctx, search.NewWith(ctx, t, held), groups[0], modules)
	wait.Wait()
	all := parts[0]
	for _, part := range parts[1:] {
		all.Findings = append(all.Findings, part.Findings...)
		all.Exceeded = append(all.Exceeded, part.Exceeded...)
		all.Failed = append(all.Failed, part.Failed...)
	}
	all.settle()
	return all
}

// split makes up to n groups of rules of about one size. There is at least one.
func split(rules []*rule.Rule, n int) [][]*rule.Rule {
	groups := make([][]*rule.Rule, max(1, n))
	byFile := map[string][]*rule.Rule{}
	var files []string
	for _, r := range rules {
		if byFile[r.File] == nil {
			files = append(files, r.File)
		}
		byFile[r.File] = append(byFile[r.File], r)
	}
	slices.SortStableFunc(files, func(a, b string) int { return len(byFile[b]) - len(byFile[a]) })
	for _, file := range files {
		least := 0
		for i := range groups {
			if len(groups[i]) < len(groups[least]) {
				least = i
			}
		}
		groups[least] = append(groups[least], byFile[file]...)
	}
	return slices.DeleteFunc(groups, func(g []*rule.Rule) bool { return len(g) == 0 })
}

// run runs a group of rules.
func (r *Result) run(ctx context.Context, eval *search.Search, rules []*rule.Rule, modules taint.Modules) {
	var flows []*rule.Rule
	t, held := eval.Tree, eval.Words()
	for _, candidate := range rules {
		if ctx.Err() != nil {
			return
		}
		if candidate.Taint != nil {
			flows = append(flows, candidate)
			continue
		}
		if !r.try(candidate, func() { r.matches(eval, candidate) }) {
			eval = search.NewWith(ctx, t, held) // what it has kept may be half done
		}
	}
	if len(flows) > 0 && ctx.Err() == nil {
		r.follow(ctx, eval, flows, modules)
	}
	for _, over := range eval.Over() {
		r.Exceeded = append(r.Exceeded, over.ID)
	}
}
