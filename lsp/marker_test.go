package lsp

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/parser/text"
)

var update = flag.Bool("update", false, "rewrite the golden sections of testdata/*.txtar")

// TestMarkers runs each archive of testdata through the real protocol, with every position
// encoding and with clients that are pushed to and that pull. testdata/README.md describes
// the markers.
func TestMarkers(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no archives", err)
	}
	for _, file := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			golden := map[string]string{}
			for _, enc := range []text.Encoding{text.UTF16, text.UTF8, text.UTF32} {
				for _, pull := range []bool{false, true} {
					mode := map[bool]string{false: "push", true: "pull"}[pull]
					t.Run(enc.String()+" "+mode, func(t *testing.T) {
						runMarkers(t, archive, enc, pull, golden)
					})
				}
			}
			if *update && !t.Failed() {
				rewrite(t, file, archive, golden)
			}
		})
	}
}

// rewrite replaces the golden sections of an archive by what was got.
func rewrite(t *testing.T, path string, archive *txtar.Archive, golden map[string]string) {
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "@") })
	for _, name := range slices.Sorted(maps.Keys(golden)) {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(conceal(golden[name]))})
	}
	if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// markers is one run of an archive.
type markers struct {
	*editor
	root string
	enc  text.Encoding
	pull bool
	// policies reports whether the archive has any.
	policies bool
	files    map[string]*text.Text
	want     map[string]string // golden sections of the archive
	golden   map[string]string // golden sections as they came out; shared by all runs
}

func runMarkers(t *testing.T, archive *txtar.Archive, enc text.Encoding, pull bool, golden map[string]string) {
	m := &markers{root: t.TempDir(), enc: enc, pull: pull, files: map[string]*text.Text{}, want: map[string]string{}, golden: golden}
	for _, f := range archive.Files {
		content := revealCode(string(f.Data))
		if strings.HasPrefix(f.Name, "@") {
			m.want[f.Name] = content
			continue
		}
		path := filepath.Join(m.root, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		m.files[f.Name] = text.New(content)
	}
	opts := testOptions()
	if slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return policy.IsPolicy(f.Name) }) {
		opts.Policies = withPolicies(t).Policies
	}
	m.editor = dial(t, opts)
	set := map[string]any{"general.positionEncodings": []string{enc.String()}}
	if pull {
		set["textDocument.diagnostic"] = map[string]any{}
	}
	m.policies = opts.Policies != nil
	m.start(m.root, set)
	for name, src := range m.files {
		m.open(m.uri(name), "", src.String())
	}
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		m.check(name)
	}
	if !*update {
		for name := range m.want {
			if _, ok := golden[name]; !ok {
				t.Errorf("no marker made the section %s", name)
			}
		}
	}
}

func (m *markers) uri(name string) string { return uriOf(filepath.Join(m.root, name)) }

// check holds what the server shows in a file against its markers, in both directions.
func (m *markers) check(name string) {
	var diags []diag
	uri, src := m.uri(name), m.files[name]
	symbols := m.symbols(uri) // which come when the project is analysed
	lenses := m.lenses(uri)
	if m.pull {
		var r struct{ Items []diag }
		m.ask("textDocument/diagnostic", map[string]any{"textDocument": doc(uri)}, &r)
		diags = r.Items
		if len(m.settled(uri)) > 0 {
			m.t.Errorf("%s: diagnostics pushed to a client that pulls", name)
		}
	} else {
		if m.policies {
			m.ask("textDocument/diagnostic", map[string]any{"textDocument": doc(uri)}, nil) // which waits for policies
		}
		diags = m.settled(uri)
	}
	all := slices.Clone(diags)
	var hints []struct {
		Position point
		Label    string
	}
	hinted, listed, seen := false, false, false
	m.ask("textDocument/inlayHint", map[string]any{"textDocument": doc(uri), "range": span4{End: point{Line: 1 << 30}}}, &hints)

	for _, mark := range marksOf(m.t, name, src) {
		where := fmt.Sprintf("%s:%d", name, mark.line+1)
		r := m.span(where, src, mark)
		switch mark.name {
		case "diag":
			i := slices.IndexFunc(diags, func(d diag) bool { return mark.describes(d, r) })
			if i < 0 {
				m.t.Errorf("%s: no diagnostic as %s at %v", where, mark, r)
				continue
			}
			diags = slices.Delete(diags, i, i+1)
		case "flow":
			if got := mark.flow(all, r); got != mark.args[2].literal {
				m.t.Errorf("%s: the data comes from %q, want %s", where, got, mark)
			}
		case "hover":
			var h struct {
				Contents struct{ Value string }
				Range    span4
			}
			m.ask("textDocument/hover", at(uri, r.Start), &h)
			for _, want := range mark.args[1:] {
				if !want.matches(h.Contents.Value) {
					m.t.Errorf("%s: no %s in the hover %q", where, want, h.Contents.Value)
				}
			}
			if len(mark.args) == 1 && h.Contents.Value != "" {
				m.t.Errorf("%s: unexpected hover %q", where, h.Contents.Value)
			}
		case "hint":
			hinted = true
			i := slices.IndexFunc(hints, func(h struct {
				Position point
				Label    string
			}) bool {
				return h.Position == r.End && mark.args[1].matches(h.Label)
			})
			if i < 0 {
				m.t.Errorf("%s: no hint as %s at %v among %+v", where, mark, r.End, hints)
				continue
			}
			hints = slices.Delete(hints, i, i+1)
		case "symbol":
			listed = true
			i := slices.IndexFunc(symbols, func(s symbol) bool { return s.Range.Start == r.Start && mark.describesSymbol(s) })
			if i < 0 {
				m.t.Errorf("%s: no symbol as %s at %v among %+v", where, mark, r.Start, symbols)
				continue
			}
			symbols = slices.Delete(symbols, i, i+1)
		case "lens":
			seen = true
			i := slices.IndexFunc(lenses, func(l lens) bool { return l.Range.Start == r.Start && mark.args[1].matches(l.Command.Title) })
			if i < 0 {
				m.t.Errorf("%s: no lens as %s at %v among %+v", where, mark, r.Start, lenses)
				continue
			}
			lenses = slices.Delete(lenses, i, i+1)
		case "action":
			m.action(where, uri, r, mark)
		case "noaction":
			for _, a := range m.actions(uri, r) {
				if mark.args[1].matches(a.Title) {
					m.t.Errorf("%s: unexpected action %q", where, a.Title)
				}
			}
		case "fixall":
			m.fixAll(where, uri, mark)
		default:
			m.t.Fatalf("%s: unknown marker %s", where, mark.name)
		}
	}
	for _, d := range diags {
		m.t.Errorf("%s:%d: no marker expects %s %q (severity %d) at %v", name, d.Range.Start.Line+1, d.Code, d.Message, d.Severity, d.Range)
	}
	if listed {
		for _, s := range symbols {
			m.t.Errorf("%s:%d: no marker expects the symbol %q, %q", name, s.Range.Start.Line+1, s.Name, s.Detail)
		}
	}
	if seen {
		for _, l := range lenses {
			m.t.Errorf("%s:%d: no marker expects the lens %q", name, l.Range.Start.Line+1, l.Command.Title)
		}
	}
	if hinted {
		for _, h := range hints {
			m.t.Errorf("%s:%d: no marker expects the hint %q", name, h.Position.Line+1, h.Label)
		}
	}
}

// symbol is an entry of a hierarchical outline, with the name of the one around it.
type symbol struct {
	Name, Detail   string
	Range          span4
	SelectionRange span4
	Children       []symbol
	in             string
}

// symbols are all entries of a document's outline.
func (e *editor) symbols(uri string) (all []symbol) {
	e.t.Helper()
	var top []symbol
	e.ask("textDocument/documentSymbol", map[string]any{"textDocument": doc(uri)}, &top)
	for _, s := range top {
		all = append(all, s)
		for _, c := range s.Children {
			c.in = s.Name
			all = append(all, c)
		}
	}
	return all
}

type lens struct {
	Range   span4
	Command struct {
		Title, Command string
		Arguments      []any
	}
}

func (e *editor) lenses(uri string) (all []lens) {
	e.t.Helper()
	e.ask("textDocument/codeLens", map[string]any{"textDocument": doc(uri)}, &all)
	return all
}

// describesSymbol reports whether s is what symbol(at, name[, detail part[, in]]) says.
func (mark mark) describesSymbol(s symbol) bool {
	return mark.args[1].equals(s.Name) && (len(mark.args) < 3 || mark.args[2].matches(s.Detail)) && (len(mark.args) < 4 || mark.args[3].equals(s.in))
}

// span is the range of a marker's first argument on its line.
func (m *markers) span(where string, src *text.Text, mark mark) span4 {
	if mark.name == "fixall" {
		return span4{}
	}
	line := src.Line(mark.line)
	content := src.Slice(line)
	if i := commentAt(content); i >= 0 {
		content = content[:i]
	}
	found := mark.args[0].find(content)
	if found == nil {
		m.t.Fatalf("%s: %s is not on the line", where, mark.args[0])
	}
	pos := func(offset int) point {
		p := src.Position(line.Start+offset, m.enc)
		return point{p.Line, p.Column}
	}
	return span4{pos(found[0]), pos(found[1])}
}

// flow is the way to the finding that flow(at, rule, way) speaks of: the files and lines of its
// related locations.
func (mark mark) flow(diags []diag, r span4) string {
	var way []string
	for _, d := range diags {
		if d.Range == r && mark.args[1].equals(d.Code) {
			for _, related := range d.Related {
				way = append(way, fmt.Sprintf("%s:%d", path.Base(related.Location.URI), related.Location.Range.Start.Line+1))
			}
		}
	}
	return strings.Join(way, " ")
}

// describes reports whether d is what the marker diag(at, rule[, severity][, message]) says.
func (mark mark) describes(d diag, r span4) bool {
	if d.Range != r || d.Source != "qodacode" || !mark.args[1].equals(d.Code) {
		return false
	}
	for _, arg := range mark.args[2:] {
		if i := slices.Index([]string{"", "error", "warning", "info", "hint"}, arg.literal); i > 0 {
			if d.Severity != i {
				return false
			}
		} else if !arg.matches(d.Message) {
			return false
		}
	}
	return true
}

// fakes are words in archives and what the server sees instead: strings in the form of keys
// that are made here, so that no scanner of this repository finds one.
var fakes = map[string]string{
	"FAKE_OPENAI_KEY": "sk-" + "proj-" + filler(74) + "T3Blbk" + "FJ" + filler(74),
	"FAKE_GROQ_KEY":   "gs" + "k_" + filler(52),
}

// filler is n characters that look random and are always the same.
func filler(n int) string {
	const alphabet = "aB3cD4eF5gH6iJ7kL8mN9oP0qR1sT2uVwXyZ"
	b := make([]byte, n)
	for i, state := 0, uint32(1); i < n; i++ {
		state = state*1664525 + 1013904223
		b[i] = alphabet[int(state>>16)%len(alphabet)]
	}
	return string(b)
}

// revealCode leaves the words in markers as they are.
func revealCode(src string) string {
	var b strings.Builder
	for line := range strings.Lines(src) {
		end := len(line)
		if i := commentAt(line); i >= 0 {
			end = i
		}
		b.WriteString(reveal(line[:end]) + line[end:])
	}
	return b.String()
}

func reveal(s string) string {
	for word, key := range fakes {
		s = strings.ReplaceAll(s, word, key)
	}
	return s
}

func conceal(s string) string {
	for word, key := range fakes {
		s = strings.ReplaceAll(s, key, word)
	}
	return s
}

// allFiles stands for the walk of a project: all regular files.
func allFiles(ctx context.Context, folder string) iter.Seq[string] {
	return func(yield func(string) bool) {
		_ = filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && !yield(path) {
				return filepath.SkipAll
			}
			return ctx.Err()
		})
	}
}

type offered struct {
	Title       string            `json:"title"`
	Kind        string            `json:"kind"`
	IsPreferred bool              `json:"isPreferred"`
	Diagnostics []json.RawMessage `json:"diagnostics"`
	Disabled    *struct {
		Reason string `json:"reason"`
	} `json:"disabled"`
	Edit *json.RawMessage `json:"edit"`
	raw  json.RawMessage
}

func (m *markers) actions(uri string, r span4, only ...string) []offered {
	known := []json.RawMessage{}
	m.mu.Lock()
	for _, d := range m.published[uri] {
		known = append(known, d.raw)
	}
	m.mu.Unlock()
	actionContext := map[string]any{"diagnostics": known}
	if len(only) > 0 {
		actionContext["only"] = only
	}
	var raw []json.RawMessage
	m.ask("textDocument/codeAction", map[string]any{"textDocument": doc(uri), "range": r, "context": actionContext}, &raw)
	actions := make([]offered, len(raw))
	for i := range raw {
		if err := json.Unmarshal(raw[i], &actions[i]); err != nil {
			m.t.Fatal(err)
		}
		actions[i].raw = raw[i]
	}
	return actions
}

// action checks action(at, title, golden or "disabled: reason"[, "preferred"]).
func (m *markers) action(where, uri string, r span4, mark mark) {
	actions := m.actions(uri, r)
	i := slices.IndexFunc(actions, func(a offered) bool { return mark.args[1].matches(a.Title) })
	if i < 0 {
		var titles []string
		for _, a := range actions {
			titles = append(titles, a.Title)
		}
		m.t.Errorf("%s: no action as %s among %q", where, mark, titles)
		return
	}
	a := actions[i]
	preferred := slices.ContainsFunc(mark.args[2:], func(p pattern) bool { return p.literal == "preferred" })
	if preferred != a.IsPreferred {
		m.t.Errorf("%s: action %q is preferred: %v, want %v", where, a.Title, a.IsPreferred, preferred)
	}
	if reason, ok := strings.CutPrefix(mark.args[2].literal, "disabled: "); ok {
		if a.Disabled == nil || !strings.Contains(a.Disabled.Reason, reason) {
			m.t.Errorf("%s: action %q is not disabled because %q: %+v", where, a.Title, reason, a.Disabled)
		}
		return
	}
	if a.Disabled != nil {
		m.t.Errorf("%s: action %q is disabled: %s", where, a.Title, a.Disabled.Reason)
		return
	}
	if !m.pull && a.Kind == "quickfix" && len(a.Diagnostics) != 1 {
		m.t.Errorf("%s: action %q resolves %d diagnostics, want its own", where, a.Title, len(a.Diagnostics))
	}
	if a.Edit == nil {
		var resolved offered
		m.ask("codeAction/resolve", a.raw, &resolved)
		a.Edit = resolved.Edit
	}
	m.compare(where, mark.args[2].literal, a.Edit)
}

// fixAll checks fixall(golden), or fixall() where nothing is to be offered.
func (m *markers) fixAll(where, uri string, mark mark) {
	for _, only := range []string{"source.fixAll.qodacode", "source.fixAll", "source"} {
		actions := m.actions(uri, span4{}, only)
		if len(actions) != min(1, len(mark.args)) {
			m.t.Errorf("%s: %d actions of kind %s, want %d", where, len(actions), only, len(mark.args))
			return
		}
		if len(actions) == 1 {
			m.compare(where, mark.args[0].literal, actions[0].Edit)
		}
	}
}

// compare applies an edit and holds the changed files against the sections @name/path.
func (m *markers) compare(where, name string, edit *json.RawMessage) {
	if edit == nil {
		m.t.Errorf("%s: %s has no edit", where, name)
		return
	}
	for path, content := range m.apply(*edit) {
		section := "@" + name + "/" + path
		m.golden[section] = content
		if !*update && m.want[section] != content {
			m.t.Errorf("%s: %s is\n%s\nwant\n%s", where, section, conceal(content), conceal(m.want[section]))
		}
	}
}

// apply applies a workspace edit as an editor does, and returns the changed files.
func (m *markers) apply(raw json.RawMessage) map[string]string {
	type edit struct {
		Range   span4
		NewText string
	}
	var w struct {
		Changes         map[string][]edit
		DocumentChanges []struct {
			Kind, URI    string
			TextDocument struct{ URI string }
			Edits        []edit
		}
	}
	if err := json.Unmarshal(raw, &w); err != nil {
		m.t.Fatal(err)
	}
	changed := map[string]string{}
	one := func(uri string, edits []edit) {
		name, err := filepath.Rel(m.root, pathOf(uri))
		if err != nil {
			m.t.Fatal(err)
		}
		src := m.files[name]
		if src == nil {
			src = text.New("")
		}
		slices.SortStableFunc(edits, func(a, b edit) int {
			if a.Range.Start.Line != b.Range.Start.Line {
				return a.Range.Start.Line - b.Range.Start.Line
			}
			return a.Range.Start.Character - b.Range.Start.Character
		})
		var out strings.Builder
		done := 0
		for _, e := range edits {
			start, ok1 := src.Offset(text.Position{Line: e.Range.Start.Line, Column: e.Range.Start.Character}, m.enc)
			end, ok2 := src.Offset(text.Position{Line: e.Range.End.Line, Column: e.Range.End.Character}, m.enc)
			if !ok1 || !ok2 || start < done {
				m.t.Errorf("edit %+v overlaps or is out of range", e)
				return
			}
			out.WriteString(src.String()[done:start] + e.NewText)
			done = end
		}
		changed[name] = out.String() + src.String()[done:]
	}
	for uri, edits := range w.Changes {
		one(uri, edits)
	}
	for _, c := range w.DocumentChanges {
		if c.Kind == "" {
			one(c.TextDocument.URI, c.Edits)
		}
	}
	return changed
}

// commentAt is where the markers of a line begin, −1 for a line without.
func commentAt(line string) int {
	if loc := regexp.MustCompile(`\s*(#|//|<!--)\s*@[a-z]+\(`).FindStringIndex(line); loc != nil {
		return loc[0]
	}
	return -1
}
