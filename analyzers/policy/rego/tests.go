package rego

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"
)

// Bounds of tests.
const (
	MaxTests    = 5000
	testTimeout = 10 * time.Second // of one test; the sandbox measures it better
	maxOutput   = 2000             // bytes of what a test prints
)

// RunTests runs the tests of a set: rules named test_… in any of its files. filter is a regular
// expression on data.package.test_name; "": all. Tests of one package share a compiler.
func RunTests(ctx context.Context, set Set, filter string, gate Gate) (*TestReport, error) {
	wanted, err := regexp.Compile(filter)
	if err != nil {
		return nil, fmt.Errorf("the filter of tests is no regular expression: %w", err)
	}
	p := parse(set, gate)
	report := &TestReport{Results: []TestResult{}, Coverage: map[string]float64{}, Missed: map[string][]int{}, Problems: p.problems}
	run := &testRun{program: p, gate: gate, wanted: wanted, cover: cover.New(), store: NewStore(set.Params), report: report}
	for _, name := range slices.Sorted(maps.Keys(p.packages)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		run.tests(ctx, name)
	}
	run.coverage()
	report.Problems = tidy(report.Problems)
	slices.SortStableFunc(report.Results, func(a, b TestResult) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
	return report, ctx.Err()
}

// testRun is a run of the tests of a set.
type testRun struct {
	*program
	gate   Gate
	wanted *regexp.Regexp
	cover  *cover.Cover
	store  storage.Store
	report *TestReport
}

// testRules are the rules of a module that are tests, by their refs in the package.
func testRules(m *ast.Module) []ast.Ref {
	var tests []ast.Ref
	for _, r := range m.Rules {
		ref := r.Head.Ref().GroundPrefix()
		for i, t := range ref {
			name := strings.Trim(t.Value.String(), `"`)
			if strings.HasPrefix(name, tester.TestPrefix) || strings.HasPrefix(name, tester.SkipTestPrefix) {
				tests = append(tests, ref[:i+1])
				break
			}
		}
	}
	return tests
}

// testFiles are the files of a package that have tests.
func (p *program) testFiles(name string) []string {
	var files []string
	for _, path := range p.packages[name] {
		if len(testRules(p.modules[path])) > 0 {
			files = append(files, path)
		}
	}
	slices.Sort(files)
	return files
}

// tests runs the tests of one package.
func (r *testRun) tests(ctx context.Context, name string) {
	files := r.testFiles(name)
	if len(files) == 0 {
		return
	}
	compiler, paths, ok := r.compileTests(ctx, files)
	if !ok {
		return
	}
	key := r.key(paths)
	for _, path := range files {
		for _, ref := range testRules(compiler.Modules[path]) {
			if len(r.report.Results) == MaxTests || ctx.Err() != nil {
				return
			}
			full := r.modules[path].Package.Path.Extend(ref)
			if !r.wanted.MatchString(full.String()) {
				continue
			}
			result := TestResult{Path: path, Package: strings.TrimPrefix(name, "data."), Name: ref.String(), Line: lineOf(compiler.Modules[path], ref)}
			if err := r.gate.ask(Step{Work: "test", Path: path, Policy: full.String(), Key: key + " " + full.String()}); err != nil {
				result.Message = err.Error()
			} else {
				r.one(ctx, compiler, full, &result)
			}
			r.report.Results = append(r.report.Results, result)
		}
	}
}

// compileTests compiles files of tests with what they need, as the runner has them.
func (r *testRun) compileTests(ctx context.Context, files []string) (*ast.Compiler, []string, bool) {
	paths := r.closure(files)
	problems := r.brokenImport(paths)
	if err := r.gate.ask(Step{Work: "compile", Path: files[0], Key: r.key(paths)}); err != nil {
		problems = append(problems, Problem{Path: files[0], Severity: Error, Code: "limit", Message: err.Error()})
	}
	if hasErrors(problems) {
		r.report.Problems = append(r.report.Problems, problems...)
		return nil, nil, false
	}
	compiler := NewCompiler().SetErrorLimit(maxProblems).WithEnablePrintStatements(true)
	// Nothing matches the filter: this only compiles, with the stages that the runner adds.
	problems = protect(files[0], func() []Problem {
		results, err := tester.NewRunner().SetCompiler(compiler).SetStore(r.store).SetModules(r.parsed(paths)).Filter(`\z\A.`).RunTests(ctx, nil)
		if err != nil {
			return problemsOf(err, r.sources, files[0])
		}
		for range results { // none
		}
		return r.checkData(compiler)
	})
	r.report.Problems = append(r.report.Problems, problems...)
	return compiler, paths, !hasErrors(problems)
}

// testProblems are what keeps the tests of a file from running.
func (p *program) testProblems(path string, gate Gate) []Problem {
	r := &testRun{program: p, gate: gate, store: NewStore(p.set.Params), report: &TestReport{}}
	r.compileTests(context.Background(), []string{path})
	return r.report.Problems
}

func lineOf(m *ast.Module, ref ast.Ref) int {
	for _, r := range m.Rules {
		if r.Head.Ref().HasPrefix(ref) && r.Location != nil {
			return r.Location.Row
		}
	}
	return 1
}

// one runs one test.
func (r *testRun) one(ctx context.Context, compiler *ast.Compiler, test ast.Ref, result *TestResult) {
	found, err := r.execute(ctx, compiler, test, r.cover)
	switch {
	case err != nil:
		result.Message = err.Error()
	case found == nil:
		result.Message = "the test could not be found"
	default:
		result.Passed, result.Skipped, result.Nanos = found.Pass(), found.Skip, int64(found.Duration)
		if found.Skip {
			result.Passed = false
			return
		}
		if !result.Passed {
			result.Message = r.why(ctx, compiler, test, result.Path, found)
		}
	}
}

// execute runs one test with a tracer.
func (r *testRun) execute(ctx context.Context, compiler *ast.Compiler, test ast.Ref, tracer *cover.Cover) (*tester.Result, error) {
	txn, err := r.store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer r.store.Abort(ctx, txn)
	runner := tester.NewRunner().SetCompiler(compiler).SetStore(r.store).SetParallel(1).SetTimeout(testTimeout).
		RaiseBuiltinErrors(true).SetPrefixMatchers(test).SetCoverageQueryTracer(tracer).SetCoverageRuns(nil)
	results, err := runner.RunTests(ctx, txn)
	if err != nil {
		return nil, err
	}
	var found *tester.Result
	for one := range results {
		if found == nil || one.Fail || one.Error != nil { // several rules of one name
			found = one
		}
	}
	return found, nil
}

// why is the reason that a test failed for.
func (r *testRun) why(ctx context.Context, compiler *ast.Compiler, test ast.Ref, path string, found *tester.Result) string {
	var reason string
	switch {
	case found.Error != nil && Ended(found.Error):
		reason = "it takes too long and was stopped"
	case found.Error != nil:
		reason = found.Error.Error()
	default:
		reason = r.failedAt(ctx, compiler, test, path)
	}
	var cases []string
	for name, sub := range found.SubResults.Iter {
		if sub.Fail && len(sub.SubResults) == 0 {
			cases = append(cases, strings.Join(name, "/"))
		}
	}
	if len(cases) > 0 {
		reason = "cases that fail: " + clip(strings.Join(cases, ", "), 500)
	}
	if output := strings.TrimSpace(string(found.Output)); output != "" {
		reason += "\n" + clip(output, maxOutput)
	}
	return reason
}

// coverage reports what the tests reached of each file that is no test.
func (r *testRun) coverage() {
	modules := map[string]*ast.Module{}
	for path, m := range r.modules {
		if !IsTest(path) {
			modules[path] = m
		}
	}
	for path, file := range r.cover.Report(modules).Files {
		if modules[path] == nil { // of a test
			continue
		}
		r.report.Coverage[path] = file.Coverage
		for _, missed := range file.NotCovered {
			for line := missed.Start.Row; line <= missed.End.Row; line++ {
				r.report.Missed[path] = append(r.report.Missed[path], line)
			}
		}
		slices.Sort(r.report.Missed[path])
		r.report.Missed[path] = slices.Compact(r.report.Missed[path])
	}
}
