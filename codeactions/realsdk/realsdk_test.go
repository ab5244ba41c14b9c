// Package realsdk holds the edits of code actions against the SDKs themselves: TypeScript is
// type-checked, Python runs against an endpoint that answers and refuses as the providers do.
//
// It takes the golden archives of codeactions that say "real SDKs" in their comment: the files
// themselves and what each action makes of them. A comment in a file says what its actions
// change on the wire:
//
//	# wire: REGEXP    a request of one of the results, as "path body" with the body in compact
//	                  JSON, matches, and none of the file as it was does
//	# requests: N     one of the results sends N requests
//
// It runs where QODACODE_REAL_SDK is set, and takes the SDKs from the registries.
package realsdk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// program is a file of an archive, or what an action makes of one.
type program struct {
	name   string // for messages: archive/file, and the action
	run    string // an id that can stand in paths
	file   string // its own name
	source []byte
	before *program // the file that an action has edited; nil for the file itself
}

func TestRealSDKs(t *testing.T) {
	if os.Getenv("QODACODE_REAL_SDK") == "" {
		t.Skip("QODACODE_REAL_SDK is not set: edits are not tried on the real SDKs")
	}
	var out, problems bytes.Buffer
	install := exec.Command("./install.sh")
	install.Stdout, install.Stderr = &out, &problems
	var exit *exec.ExitError
	switch err := install.Run(); {
	case errors.As(err, &exit) && exit.ExitCode() == 3 && os.Getenv("CI") == "":
		t.Skipf("edits are not tried on the real SDKs: %s", problems.String())
	case err != nil:
		t.Fatalf("install.sh: %v\n%s", err, problems.String())
	}
	sdks := strings.TrimSpace(out.String())
	all := programs(t)
	t.Run("typescript", func(t *testing.T) { typeCheck(t, sdks, all) })
	t.Run("python", func(t *testing.T) { runPython(t, sdks, all) })
}

// programs are those of all archives that want the real SDKs.
func programs(t *testing.T) []*program {
	files, err := filepath.Glob("../testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all []*program
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(archive.Comment, []byte("real SDKs")) {
			continue
		}
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		var before *program
		for i, f := range archive.Files {
			p := &program{name: name + "/" + f.Name, run: fmt.Sprintf("%s-%d", name, i), file: f.Name, source: f.Data}
			if title, made := strings.CutPrefix(f.Name, "> "); made {
				p.name, p.file, p.before = before.name+": "+title, before.file, before
			} else {
				before = p
			}
			server := p.before != nil && strings.Contains(p.name, "in Redis") // none runs here
			if p.before == nil || len(p.source) > 0 && !server {              // a disabled action makes nothing
				all = append(all, p)
			}
		}
	}
	if len(all) == 0 {
		t.Fatal("no archive wants the real SDKs")
	}
	return all
}

// write puts the programs with one of the endings into folders of their own.
func write(t *testing.T, root string, all []*program, endings ...string) map[string]*program {
	paths := map[string]*program{}
	for _, p := range all {
		for _, ending := range endings {
			if filepath.Ext(p.file) != ending {
				continue
			}
			path := filepath.Join(root, p.run, filepath.Base(p.file))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, p.source, 0o644); err != nil {
				t.Fatal(err)
			}
			paths[path] = p
		}
	}
	return paths
}

var diagnostic = regexp.MustCompile(`(?m)^([^\s(][^(\n]*)\(\d+,\d+\): error .*$`)

// typeCheck asks the TypeScript compiler about all programs at once.
func typeCheck(t *testing.T, sdks string, all []*program) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	paths := write(t, root, all, ".ts", ".tsx")
	if err := os.Symlink(filepath.Join(sdks, "npm", "node_modules"), filepath.Join(root, "node_modules")); err != nil {
		t.Fatal(err)
	}
	config := `{"compilerOptions": {"strict": true, "noEmit": true, "skipLibCheck": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022", "jsx": "preserve", "types": ["node"]}, "include": ["*/*"]}`
	if err := os.WriteFile(filepath.Join(root, "tsconfig.json"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	tsc := exec.Command(filepath.Join(sdks, "npm", "node_modules", ".bin", "tsc"), "--pretty", "false")
	tsc.Dir = root
	out, err := tsc.CombinedOutput()
	found := diagnostic.FindAllSubmatch(out, -1)
	for _, m := range found {
		if p := paths[filepath.Join(root, string(m[1]))]; p != nil {
			t.Errorf("%s\n%s\n%s", p.name, m[0], p.source)
		} else {
			t.Errorf("%s", m[0])
		}
	}
	if err != nil && len(found) == 0 {
		t.Errorf("tsc: %v\n%s", err, out)
	}
	t.Logf("%d programs are type-checked", len(paths))
}

// runPython runs all programs and holds them against what they say about the wire.
func runPython(t *testing.T, sdks string, all []*program) {
	wire := &endpoint{runs: map[string][]string{}}
	server := httptest.NewServer(wire)
	defer server.Close()
	type job struct {
		Path   string            `json:"path"`
		Folder string            `json:"folder"`
		Env    map[string]string `json:"env"`
	}
	paths := write(t, t.TempDir(), all, ".py")
	var jobs []job
	for path, p := range paths {
		base := server.URL + "/" + p.run
		jobs = append(jobs, job{path, filepath.Join(filepath.Dir(path), "cwd"), map[string]string{
			"OPENAI_API_KEY": "none", "ANTHROPIC_API_KEY": "none", "GOOGLE_API_KEY": "none", "GEMINI_API_KEY": "",
			"OPENAI_BASE_URL": base + "/v1", "OPENAI_API_BASE": base + "/v1", "ANTHROPIC_BASE_URL": base, "ANTHROPIC_API_BASE": base,
			"GOOGLE_GEMINI_BASE_URL": base,
		}})
	}
	input, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	python := exec.Command(filepath.Join(sdks, "python", "bin", "python"), "-W", "ignore", "run.py")
	// LiteLLM would fetch its prices, and the others report what they do.
	python.Env = append(os.Environ(), "LITELLM_LOCAL_MODEL_COST_MAP=True", "OPENAI_AGENTS_DISABLE_TRACING=1", "LANGSMITH_TRACING=false", "NO_PROXY=*", "no_proxy=*")
	python.Stdin = bytes.NewReader(input)
	var problems bytes.Buffer
	python.Stderr = &problems
	out, err := python.Output()
	if err != nil {
		t.Fatalf("run.py: %v\n%s", err, problems.String())
	}
	ran := 0
	results := map[*program][]*program{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); ran++ {
		var result struct {
			Path, Output string
			Code         int
		}
		if err := decoder.Decode(&result); err != nil {
			t.Fatal(err)
		}
		p := paths[result.Path]
		if result.Code != 0 {
			t.Errorf("%s fails:\n%s\n%s\nrequests: %q", p.name, result.Output, p.source, wire.requests(p.run))
			continue
		}
		if p.before != nil {
			results[p.before] = append(results[p.before], p)
		}
	}
	for before, made := range results {
		holdWire(t, before, made, wire)
	}
	if ran != len(jobs) {
		t.Errorf("%d of %d programs ran\n%s", ran, len(jobs), problems.String())
	}
	t.Logf("%d programs ran", ran)
}

var (
	wireLine     = regexp.MustCompile(`(?m)^\s*# wire: (.+?)\r?$`)
	requestsLine = regexp.MustCompile(`(?m)^\s*# requests: (\d+)\r?$`)
)

// holdWire compares what the results of a file sent with the comments in it.
func holdWire(t *testing.T, before *program, results []*program, wire *endpoint) {
	some := func(holds func(sent []string) bool) bool {
		return slices.ContainsFunc(results, func(p *program) bool { return holds(wire.requests(p.run)) })
	}
	show := func() string {
		var out strings.Builder
		for _, p := range results {
			fmt.Fprintf(&out, "%s\n%s\n%s\n", p.name, strings.Join(wire.requests(p.run), "\n"), p.source)
		}
		return out.String()
	}
	for _, m := range wireLine.FindAllSubmatch(before.source, -1) {
		pattern := regexp.MustCompile(string(m[1]))
		matches := func(sent []string) bool { return pattern.MatchString(strings.Join(sent, "\n")) }
		if !some(matches) {
			t.Errorf("%s: no result sends what matches %s:\n%s", before.name, pattern, show())
		}
		if matches(wire.requests(before.run)) {
			t.Errorf("%s: the file as it was sends what matches %s, so that it proves nothing", before.name, pattern)
		}
	}
	for _, m := range requestsLine.FindAllSubmatch(before.source, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		if !some(func(sent []string) bool { return len(sent) == n }) {
			t.Errorf("%s: no result sends %d requests:\n%s", before.name, n, show())
		}
	}
}
