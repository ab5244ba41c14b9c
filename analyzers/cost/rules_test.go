package cost

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// The files of testdata/rules are named after the rules that they are about, as in
// COST-001.py, COST-003_configs.ts, COST-020.txtar (a project, whose qodacode.toml counts).
// Comments say what these rules find, and nothing else may be found:
//
//	# want COST-001
//	# want COST-001 warning: part of the message
//
// stands at the end of the line on which the finding starts. A first line such as
// "# path: jobs/nightly.py" gives a single file another path than its own name.
var (
	wantComment = regexp.MustCompile(`(?:#|//) want (COST-\d{3})(?: (hint|info|warning|error))?(?:: (.*?))?(?: (?:#|//) want .*)?$`)
	pathComment = regexp.MustCompile(`^(?:#|//) path: (\S+)`)
	ruleName    = regexp.MustCompile(`COST-\d{3}`)
)

// wanted is one comment.
type wanted struct {
	rule, severity, message string
	path                    string
	line                    int // from 1
}

func TestRuleFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/rules/*")
	if err != nil {
		t.Fatal(err)
	}
	covered := map[string]bool{}
	for _, name := range files {
		base := filepath.Base(name)
		rules := ruleName.FindAllString(base, -1)
		for _, r := range rules {
			covered[r] = true
		}
		t.Run(base, func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			archive := &txtar.Archive{Files: []txtar.File{{Name: base, Data: data}}}
			if filepath.Ext(base) == ".txtar" {
				archive = txtar.Parse(data)
			} else if m := pathComment.FindSubmatch(data); m != nil {
				archive.Files[0].Name = string(m[1])
			}
			expand(archive)
			compare(t, rules, archive)
		})
	}
	for _, r := range table {
		if !covered[r.ID] && !slices.Contains([]string{"COST-008", "COST-009"}, r.ID) { // TestRetirement has these
			t.Errorf("%s has no file in testdata/rules", r.ID)
		}
	}
}

// expand puts a text of about 2,000 tokens for each RULES, so that files stay readable.
func expand(archive *txtar.Archive) {
	for i := range archive.Files {
		f := &archive.Files[i]
		f.Data = []byte(strings.ReplaceAll(string(f.Data), "RULES", strings.Repeat("Be brief, be friendly, and never promise a refund. ", 180)))
	}
}

// compare checks a project's findings of some rules against its comments.
func compare(t *testing.T, rules []string, archive *txtar.Archive) {
	t.Helper()
	sources := map[string]*text.Text{}
	var want []wanted
	for _, f := range archive.Files {
		src := text.New(string(f.Data))
		sources[f.Name] = src
		for i := range src.Lines() {
			for rest := src.Slice(src.Line(i)); ; {
				m := wantComment.FindStringSubmatchIndex(rest)
				if m == nil {
					break
				}
				part := func(n int) string {
					if m[2*n] < 0 {
						return ""
					}
					return rest[m[2*n]:m[2*n+1]]
				}
				want = append(want, wanted{part(1), part(2), strings.TrimSpace(part(3)), f.Name, i + 1})
				next := strings.Index(rest[m[3]:], " want ")
				if next < 0 {
					break
				}
				rest = rest[m[3]+next-1:]
			}
		}
	}
	for path, found := range runArchive(t, archive) {
		for _, f := range found {
			if !slices.Contains(rules, f.Rule) {
				continue
			}
			line, severity := sources[path].LineOf(f.Span.Start)+1, severityOf(f).String()
			i := slices.IndexFunc(want, func(w wanted) bool {
				return w.rule == f.Rule && w.path == path && w.line == line && (w.severity == "" || w.severity == severity) && strings.Contains(f.Message, w.message)
			})
			if i < 0 {
				t.Errorf("%s:%d: not wanted: %s %s: %s", path, line, severity, f.Rule, f.Message)
				continue
			}
			want = slices.Delete(want, i, i+1)
		}
	}
	for _, w := range want {
		t.Errorf("%s:%d: not found: %s %s %s", w.path, w.line, w.severity, w.rule, w.message)
	}
}

func severityOf(f diagnostics.Finding) diagnostics.Severity {
	if f.Severity != 0 {
		return f.Severity
	}
	for _, r := range table {
		if r.ID == f.Rule {
			return r.Severity
		}
	}
	return 0
}

// runArchive runs the family as the engine does, over each file and over the project.
func runArchive(t *testing.T, archive *txtar.Archive) map[string][]diagnostics.Finding {
	t.Helper()
	cfg := config.Default()
	project := &diagnostics.ProjectPass{Now: today, Data: map[string]string{}, Config: func(string) *config.Config { return cfg }, Memo: new(any), Shared: &sync.Map{}}
	for _, f := range archive.Files {
		src := text.New(string(f.Data))
		switch {
		case f.Name == config.FileName:
			parsed, problems := config.Parse(f.Name, src)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			cfg = parsed
		case parser.LanguageOf(f.Name, "").IsCode():
			file := parser.Parse(f.Name, "", src)
			if file.Broken() {
				t.Errorf("%s does not parse", f.Name)
			}
			project.Files = append(project.Files, file)
		default:
			project.Data[f.Name] = string(f.Data)
		}
	}
	found := map[string][]diagnostics.Finding{}
	project.Sink = func(path string, f diagnostics.Finding) { found[path] = append(found[path], f) }
	check := New(pricing.BuiltinFor)
	for _, f := range project.Files {
		check.Run(&diagnostics.Pass{File: f, Config: cfg, Now: today, Sink: func(d diagnostics.Finding) { found[f.Path] = append(found[f.Path], d) }})
	}
	check.Project(project)
	for path, findings := range found {
		for _, f := range findings {
			if f.Span.Start >= f.Span.End || strings.TrimSpace(f.Message) == "" {
				t.Errorf("%s: %+v", path, f)
			}
			if s := fmt.Sprint(f.Message); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") || strings.Contains(s, "$0.00 ") {
				t.Errorf("%s: %q", path, s)
			}
		}
	}
	return found
}
