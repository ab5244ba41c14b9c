package deps

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// findings runs the check over a project, as the engine does.
func findings(files []txtar.File, sink func(f *parser.File, d diagnostics.Finding)) {
	check := New()
	data := map[string]string{}
	var paths []string
	for _, f := range files {
		if parser.LanguageOf(f.Name, "").IsCode() {
			paths = append(paths, f.Name)
		}
		data[f.Name] = string(f.Data)
	}
	var known any
	check.Project(&diagnostics.ProjectPass{Data: data, Paths: paths, Memo: &known})
	for _, f := range files {
		parsed := parser.Parse(f.Name, "", text.New(string(f.Data)))
		check.Joined(&diagnostics.Pass{File: parsed, Config: config.Default(), Sink: func(d diagnostics.Finding) { sink(parsed, d) }}, known)
	}
}

// Each archive is a project, with the findings that it has in its last file.
func TestProjects(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			var got []string
			findings(archive.Files[:last], func(f *parser.File, d diagnostics.Finding) { got = append(got, describe(f, d)) })
			slices.Sort(got)
			want := strings.FieldsFunc(string(archive.Files[last].Data), func(c rune) bool { return c == '\n' })
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got\n%s\n\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// describe is the place, the rule, the text of the finding's places, and what the fix makes of it.
func describe(f *parser.File, d diagnostics.Finding) string {
	out := fmt.Sprintf("%s:%d %s", f.Path, f.Source.LineOf(d.Span.Start)+1, d.Rule)
	if d.Severity != diagnostics.Off {
		out += " " + d.Severity.String()
	}
	out += " " + f.Source.Slice(d.Span)
	if fix, ok := d.Fix.(*Fix); ok && fix.Append == "" {
		for _, place := range fix.Places[1:] {
			out += " " + f.Source.Slice(place)
		}
		out += " -> " + fix.New
	}
	return out
}

func FuzzManifests(f *testing.F) {
	for _, name := range []string{"pyproject.toml", "requirements.txt", "setup.cfg", "setup.py", "Pipfile", "poetry.lock", "environment.yml", "package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "Dockerfile"} {
		f.Add(name, "[project]\ndependencies = [\"a\", 'b', {x=\"y\"}]\n[x]\n\"k\" = \"\"\"z\"\"\"\n")
		f.Add(name, "{\"dependencies\": {\"a\": \"1\"}}")
		f.Add(name, "[options]\ninstall_requires =\n  a\n  b: c\ndependencies:\n - pip:\n   - x")
		f.Add(name, "setup(install_requires=['a', \"b\"")
	}
	f.Fuzz(func(t *testing.T, name, src string) {
		read := readerOf(name)
		if read == nil {
			return
		}
		for _, d := range read(name, src).names {
			if d.span.Start > d.span.End || d.span.End > len(src) {
				t.Errorf("%s: %v of %q lies outside", name, d.span, d.name)
			}
		}
	})
}

func TestLocks(t *testing.T) {
	for name, src := range map[string]string{
		"uv.lock":           "version = 1\n\n[[package]]\nname = \"left\"\nversion = \"1\"\nsource = { registry = \"https://pypi.org/simple\" }\ndependencies = [\n    { name = \"right\" },\n]\n",
		"Pipfile.lock":      `{"_meta": {"x": {}}, "default": {"left": {"version": "==1"}}}`,
		"package-lock.json": `{"packages": {"": {"name": "own"}, "node_modules/left": {"version": "1.0.0"}, "packages/ui": {}, "node_modules/ui": {"link": true}}}`,
		"pnpm-lock.yaml":    "lockfileVersion: '9.0'\npackages:\n  left@1.0.0:\n    resolution: {integrity: sha512-x}\n",
		"yarn.lock":         "# yarn lockfile v1\n\nleft@^1.0.0:\n  version \"1.0.0\"\n",
		"bun.lock":          `{"packages": {"left": ["left@1.0.0", "", {}, "sha512-x"],}}`,
	} {
		m := readerOf(name)(name, src)
		if !m.lock || len(m.names) != 1 || m.names[0].name != "left" {
			t.Errorf("%s: %+v", name, m)
		}
	}
	for src, want := range map[string]string{
		"  /@scope/name@1.0.0:\n": "@scope/name", "  '@scope/name@1.0.0(react@18.0.0)':\n": "@scope/name", "\"@scope/name@npm:^1.0.0, @scope/name@npm:^1.1.0\":\n": "@scope/name",
		"  /name/1.0.0:\n": "name", "name@~1.2.3, name@1:\n": "name",
	} {
		m := lineLock(src)
		if len(m.names) != 1 || m.names[0].name != want {
			t.Errorf("%q: %+v", src, m.names)
		}
	}
}

// Every row of the data names what exists.
func TestData(t *testing.T) {
	for _, r := range []Registry{PyPI, NPM} {
		k := r.knowledge()
		if len(k.popular) < 1500 {
			t.Errorf("%s: %d names", r, len(k.popular))
		}
		for _, list := range []map[string]wrong{k.invented, k.crossed} {
			for name, w := range list {
				if k.known[name] {
					t.Errorf("%s %s is known and wrong", r, name)
				}
				if w.right != "" && !k.known[r.Normal(w.right)] {
					t.Errorf("%s %s: %s is not known", r, name, w.right)
				}
			}
		}
		for name := range k.popular {
			if r.Normal(name) != name {
				t.Errorf("%s: %s is not written as it is compared", r, name)
			}
		}
	}
	if n := len(providers()); n < 300 {
		t.Errorf("%d modules", n)
	}
}
