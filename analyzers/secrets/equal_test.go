package secrets

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/rs/zerolog"
	"github.com/zricethezav/gitleaks/v8/config"
	"github.com/zricethezav/gitleaks/v8/detect"
	"github.com/zricethezav/gitleaks/v8/logging"
)

// hit is a finding in a form that both scanners share. gitleaks' columns are off by one
// or two, so places are compared by line here and by text in ours.
type hit struct {
	rule, match, secret string
	line                int
}

func compareHits(a, b hit) int {
	return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.rule, b.rule), cmp.Compare(a.match, b.match), cmp.Compare(a.secret, b.secret))
}

func gitleaksRuleset(t testing.TB) *ruleset {
	t.Helper()
	theirs, _, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return newRuleset(theirs.Rules, theirs.Allowlist)
}

func detector(t testing.TB) *detect.Detector {
	t.Helper()
	logging.Logger = zerolog.Nop()
	var v config.ViperConfig
	if _, err := toml.Decode(config.DefaultConfig, &v); err != nil {
		t.Fatal(err)
	}
	c, err := v.Translate()
	if err != nil {
		t.Fatal(err)
	}
	d := detect.NewDetector(c)
	d.IgnoreGitleaksAllow = true // comments are the engine's business
	return d
}

func theirHits(d *detect.Detector, path, text string) []hit {
	var hits []hit
	//lint:ignore SA1019 v8 has no other way to scan one text, and its version is pinned
	for _, f := range d.Detect(detect.Fragment{Raw: text, FilePath: path}) {
		h := hit{f.RuleID, f.Match, f.Secret, f.StartLine}
		if strings.HasPrefix(f.Match, "file detected: ") {
			h.match = ""
		}
		hits = append(hits, h)
	}
	slices.SortFunc(hits, compareHits)
	return hits
}

func (s *scan) hits() []hit {
	var hits []hit
	for _, c := range s.found {
		line := strings.Count(s.text[:min(c.start+1, len(s.text))], "\n")
		hits = append(hits, hit{c.rule.ID, s.text[c.start:c.end], s.secret(c), line})
	}
	slices.SortFunc(hits, compareHits)
	return hits
}

func diff(t testing.TB, what string, text string, got, want []hit) {
	t.Helper()
	if slices.Equal(got, want) {
		return
	}
	for _, h := range want {
		if !slices.Contains(got, h) {
			t.Errorf("%s: missing %+q", what, fmt.Sprint(h))
		}
	}
	for _, h := range got {
		if !slices.Contains(want, h) {
			t.Errorf("%s: extra %+q", what, fmt.Sprint(h))
		}
	}
	if len(text) < 2000 {
		t.Errorf("%s: in %+q", what, text)
	}
}

// pathFor is a path that the rule looks at.
func pathFor(r *rule) string {
	for _, path := range []string{"src/agent.py", "main.tf", "secret.yaml", "nuget.config", "a.php", "a.p12"} {
		if r.path == nil || r.path().MatchString(path) {
			return path
		}
	}
	panic("no path for " + r.ID)
}

func TestEveryRuleFindsWhatGitleaksFinds(t *testing.T) {
	set, d := gitleaksRuleset(t), detector(t)
	if len(set.rules) != 222 {
		t.Fatalf("gitleaks has %d rules, want 222", len(set.rules))
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, r := range set.rules {
		if r.regexp == nil {
			continue
		}
		re, err := syntax.Parse(r.Regex, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for i := 0; i < rounds(4) || found < 3 && i < 200; i++ {
			text := snippet(rng, r, re)
			want := theirHits(d, pathFor(r), text)
			got := set.scan(pathFor(r), text, nil).hits()
			diff(t, r.ID, text, got, want)
			if t.Failed() {
				return
			}
			found += len(want)
		}
		if found == 0 {
			t.Errorf("%s: no generated key was found by gitleaks; the comparison shows nothing", r.ID)
		}
	}
}

// rounds is how often a random test repeats what it does n times by default; SECRETS_ROUNDS
// multiplies it for a long run.
func rounds(n int) int {
	if times, err := strconv.Atoi(os.Getenv("SECRETS_ROUNDS")); err == nil {
		return n * times
	}
	return n
}

// snippet is code with a few keys of r, some of them damaged.
func snippet(rng *rand.Rand, r *rule, re *syntax.Regexp) string {
	var b strings.Builder
	for range 1 + rng.IntN(3) {
		for range rng.IntN(3) {
			b.WriteString(code[rng.IntN(len(code))])
		}
		key := generate(rng, re)
		if rng.IntN(4) == 0 && len(key) > 0 {
			at := rng.IntN(len(key))
			key = key[:at] + string(" x\n-é\x80"[rng.IntN(6)]) + key[at:]
		}
		b.WriteString([]string{"", "key = ", "x=\"", " ", "é", r.Keywords[0] + " "}[rng.IntN(6)])
		b.WriteString(key)
		b.WriteString([]string{"", "\n", "\"\n", " ", "'", "\\n"}[rng.IntN(6)])
	}
	b.WriteString("\n")
	return b.String()
}

// TestFilesEqualGitleaks compares whole files: those of gitleaks itself, whose rules' tests
// hold keys of every kind, or those under SECRETS_CORPUS.
func TestFilesEqualGitleaks(t *testing.T) {
	root := os.Getenv("SECRETS_CORPUS")
	if root == "" {
		out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/zricethezav/gitleaks/v8").Output()
		if root = strings.TrimSpace(string(out)); err != nil || root == "" {
			t.Skip("the sources of gitleaks are not at hand:", err)
		}
	}
	set, d := gitleaksRuleset(t), detector(t)
	files, found := 0, 0
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil || len(src) > 200_000 {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		text := string(src) + "\n" // see TestLastLineWithoutNewline
		want := theirHits(d, filepath.ToSlash(name), text)
		diff(t, name, text, set.scan(filepath.ToSlash(name), text, nil).hits(), want)
		files, found = files+1, found+len(want)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found == 0 && os.Getenv("SECRETS_CORPUS") == "" {
		t.Error("no findings in the tests of gitleaks' rules; the comparison shows nothing")
	}
	t.Logf("%d files, %d findings", files, found)
}
