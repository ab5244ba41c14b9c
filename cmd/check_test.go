package cmd

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// today is the date that all golden output is made for.
var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// run runs a command line in dir and returns what it prints and its exit code.
func run(t *testing.T, dir string, args ...string) (out, err string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = Main(args, Env{In: strings.NewReader(""), Out: &stdout, Err: &stderr, Dir: dir, Getenv: func(string) string { return "" },
		Now: func() time.Time { return today }})
	return stdout.String(), stderr.String(), code
}

// write unpacks files, "name: content" pairs, below a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	retired = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model=\"gpt-4-turbo\", messages=[], max_completion_tokens=9)\n"
	clean   = "print(\"hello\")\n"
)

// TestGolden runs testdata/*.txtar: each line of the comment that begins with $ is a command
// in a folder with the archive's files, and what it prints and its exit code follow it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden tests", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			contents := map[string]string{}
			for _, f := range archive.Files {
				contents[f.Name] = string(f.Data)
			}
			dir := write(t, contents)
			var got strings.Builder
			for line := range strings.Lines(string(archive.Comment)) {
				command, ok := strings.CutPrefix(line, "$ qodacode ")
				if !ok {
					continue
				}
				got.WriteString(line)
				out, errs, code := run(t, dir, strings.Fields(command)...)
				got.WriteString(indent(out) + indent(errs))
				if code != 0 {
					got.WriteString("exit " + string(rune('0'+code)) + "\n")
				}
				got.WriteString("\n")
			}
			want := strings.ReplaceAll(string(archive.Comment), "\r\n", "\n")
			result := strings.ReplaceAll(got.String(), dir, "$DIR")
			if *update {
				archive.Comment = []byte(result)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if result != want {
				t.Errorf("%s: got\n%s\nwant\n%s\n(-update rewrites it)", file, result, want)
			}
		})
	}
}

// indent keeps output apart from commands, and from the marks of the archive.
func indent(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(strings.TrimRight("  "+strings.TrimSuffix(line, "\n"), " ") + "\n")
	}
	return b.String()
}

func TestExitCodes(t *testing.T) {
	dir := write(t, map[string]string{
		"clean.py": clean, "bad.py": retired,
		"lax/qodacode.toml": "[check]\nfail_on = \"off\"\n", "lax/a.py": retired,
		"wrong/qodacode.toml": "[check]\nfail_onn = \"off\"\n", "wrong/a.py": clean,
	})
	for _, tt := range []struct {
		args string
		want int
	}{
		{"check clean.py", 0},
		{"check bad.py", 1},
		{"check lax", 0},
		{"check wrong", 2},
		{"check --only secrets bad.py", 0},
		{"check --format xml", 2},
		{"check --only secret", 2},
		{"check --nope", 2},
		{"check missing.py", 2},
		{"check --config missing.toml", 2},
		{"check --config lax/qodacode.toml bad.py", 0},
		{"check --baseline missing.json", 2},
		{"nope", 2},
		{"rules COST-0099", 2},
		{"rules COST-009", 0},
		{"doctor", 0},
		{"--version", 0},
	} {
		if _, errs, code := run(t, dir, strings.Fields(tt.args)...); code != tt.want {
			t.Errorf("qodacode %s exits %d, want %d: %s", tt.args, code, tt.want, errs)
		} else if code == 2 && errs == "" {
			t.Errorf("qodacode %s exits 2 and does not say why", tt.args)
		}
	}
}

func TestBaseline(t *testing.T) {
	dir := write(t, map[string]string{"a.py": retired, "b.py": retired})
	if out, errs, code := run(t, dir, "check", "--write-baseline"); code != 0 || !strings.Contains(out, "2 findings") {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	if out, _, code := run(t, dir, "check"); code != 0 {
		t.Errorf("known findings are reported:\n%s", out)
	}
	// A known finding stays known when lines above it come and go; a new one is reported.
	moved := "import os\n\n" + retired + "client.chat.completions.create(model=\"gpt-4\", messages=[], max_completion_tokens=9)\n"
	if err := os.WriteFile(filepath.Join(dir, "a.py"), []byte(moved), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "b.py")); err != nil {
		t.Fatal(err)
	}
	out, _, code := run(t, dir, "check", "--format", "json")
	var report struct {
		Findings []struct{ Message string }
		Summary  struct{ Known, Gone int }
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	if code != 1 || len(report.Findings) != 1 || !strings.HasPrefix(report.Findings[0].Message, "gpt-4 ") || report.Summary.Known != 1 || report.Summary.Gone != 1 {
		t.Errorf("exit %d, %+v", code, report)
	}
}

// A file that is named is read even if it is ignored, large ones are told, and no file is read twice.
func TestWhatIsRead(t *testing.T) {
	dir := write(t, map[string]string{
		".gitignore": "ignored.py\n", "ignored.py": retired, "sub/a.py": retired,
		"big.py": retired + strings.Repeat("#", 5<<20), "data.bin2": "\x00\x01", "qodacode.toml": "[check]\nexclude = [\"excluded/**\"]\n", "excluded/b.py": retired,
	})
	out, errs, _ := run(t, dir, "check", "--format", "json", ".", "ignored.py", "sub", "sub/a.py")
	for path, want := range map[string]int{"ignored.py": 1, "sub/a.py": 1, "excluded/b.py": 0, "big.py": 0} {
		if got := strings.Count(out, `"path": "`+path+`"`); got != want {
			t.Errorf("%s has %d findings, want %d", path, got, want)
		}
	}
	if !strings.Contains(errs, "big.py was not read: larger than check.max_file_size") || strings.Contains(errs, "data.bin2") {
		t.Errorf("notes: %s", errs)
	}
}

// Broken bytes in files and names must neither crash a run nor keep others from being read.
func TestHostileFiles(t *testing.T) {
	dir := write(t, map[string]string{
		"good.py": retired, "nul.py": "x = '\x00'\n" + retired, "utf8.py": "# \xff\xfe\n" + retired, "bom.py": "\ufeff" + retired,
		"crlf.py": strings.ReplaceAll(retired, "\n", "\r\n"), "cr.py": "x = 1\r" + clean, "deep.py": strings.Repeat("(", 100_000),
		"long.ts": "const x = '" + strings.Repeat("a", 3<<20) + "';", "empty.py": "", "bad.ipynb": "{", "bad.json": "{", "bad.yaml": "a: [",
	})
	out, errs, code := run(t, dir, "check", "--format", "json")
	if code != 1 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	for _, path := range []string{"good.py", "nul.py", "utf8.py", "bom.py", "crlf.py"} {
		if !strings.Contains(out, `"path": "`+path+`"`) {
			t.Errorf("the finding of %s is missing", path)
		}
	}
	if errs != "" {
		t.Errorf("unexpected notes: %s", errs)
	}
}
