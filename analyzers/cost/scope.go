package cost

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// scope answers how the code around a call is run: by whom, how often, with what at hand.
type scope struct {
	*parser.File
	asked sync.Once
	keeps bool // the file has a cache of answers, see asked
}

// around is what answers about the code around calls.
func (p *pass) around() *scope { return p.scope }

// maxCallers is how many calls up the functions of a file are looked through.
const maxCallers = 3

// callersOf are the calls of fn in its file.
func (s *scope) callersOf(fn *parser.Func) []parser.NodeID {
	if fn.Name == "" {
		return nil
	}
	var out []parser.NodeID
	for c := range s.CallsNamed(fn.Name) {
		if s.FuncOf(c.Callee) == fn {
			out = append(out, c.Node)
		}
	}
	return out
}

// anyAround reports whether one of the functions around n satisfies is: those that n stands
// in, and those that call them.
func (s *scope) anyAround(n parser.NodeID, is func(*parser.Func) bool) bool {
	return s.search(n, maxCallers, is)
}

func (s *scope) search(n parser.NodeID, callers int, is func(*parser.Func) bool) bool {
	for fn := s.EnclosingFunc(n); fn != nil; fn = s.EnclosingFunc(fn.Node) {
		if is(fn) {
			return true
		}
		if callers == 0 {
			continue
		}
		for _, c := range s.callersOf(fn) {
			if !s.Within(c, fn.Node) && s.search(c, callers-1, is) {
				return true
			}
		}
	}
	return false
}

// inHandler reports whether n runs when a request comes in.
func (s *scope) inHandler(n parser.NodeID) bool { return s.anyAround(n, s.isHandler) }

func (s *scope) isHandler(fn *parser.Func) bool { return estimate.EntryKind(s.File, fn) == "handler" }

// inScript reports whether n runs when the file itself is run: at module level, below
// `if __name__ == "__main__"`, in main, and in what these call.
func (s *scope) inScript(n parser.NodeID) bool {
	if s.EnclosingFunc(n) == nil {
		return true
	}
	return s.anyAround(n, func(fn *parser.Func) bool {
		if fn.Name == "main" && fn.Class < 0 {
			return true
		}
		for _, c := range s.callersOf(fn) {
			if s.EnclosingFunc(c) == nil {
				return true
			}
		}
		return false
	})
}

// testPath matches what holds tests, where calls are faked, or made once in a while.
var testPath = regexp.MustCompile(`(?i)(^|/)(tests?|__tests__|__mocks__|spec|fixtures|testing)/|(^|/)(test_[^/]*|conftest|[^/]*_test)\.py$|\.(test|spec)\.[cm]?[jt]sx?$`)

// isTest reports whether the file is a test.
func isTest(f *parser.File) bool {
	return parser.Memo(f, isTestKey{}, func() bool { return testPath.MatchString(f.Path) })
}

type isTestKey struct{}

// jobPath matches what is run by hand or by a clock, with nobody waiting.
var jobPath = regexp.MustCompile(`(?i)(^|/)(jobs?|scripts?|cron(jobs)?|batch(es)?|etl|pipelines?|tasks|workers?|backfills?|notebooks?|evals?|tools)/`)

// isJob reports whether the file's place says that nobody waits for it.
func isJob(f *parser.File) bool {
	return f.Language == parser.Notebook || jobPath.MatchString(f.Path) || strings.HasPrefix(path.Base(f.Path), "backfill")
}

// loopSpan is the part of a loop that says what it repeats, in File.Text.
func loopSpan(f *parser.File, l *parser.Loop) text.Span {
	span := f.Span(l.Node)
	if l.Kind == parser.ForLoop || l.Kind == parser.WhileLoop {
		if body := f.Span(l.Body); body.Start > span.Start && body.Start < span.End {
			head := strings.TrimRight(f.Text.Slice(text.Span{Start: span.Start, End: body.Start}), " \t\r\n{:")
			span.End = span.Start + len(head)
		}
	}
	if head, _, more := strings.Cut(f.Text.Slice(span), "\n"); more {
		span.End = span.Start + len(strings.TrimRight(head, "\r"))
	}
	return span
}

// callsIn are f's calls at or below n.
func callsIn(f *parser.File, n parser.NodeID) []parser.Call {
	first, _ := slices.BinarySearchFunc(f.Calls, n, func(c parser.Call, n parser.NodeID) int { return int(c.Node - n) })
	end := first
	for end < len(f.Calls) && f.Within(f.Calls[end].Node, n) {
		end++
	}
	return f.Calls[first:end]
}
