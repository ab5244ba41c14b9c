package cmd

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const askOnce = `from openai import OpenAI

def answer(question):
    return OpenAI().responses.create(model="gpt-6.1-terra", max_output_tokens=500, input=f"Answer briefly: {question}")
`

// A change of the bill is told against a revision, for pull requests.
func TestCostCompare(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	dir := write(t, map[string]string{"app/answer.py": askOnce, "app/same.py": strings.ReplaceAll(askOnce, "answer", "same")})
	git := func(args ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v %s", args, err, out)
		}
	}
	git("init", "-q")
	git("add", ".")
	git("commit", "-q", "-m", "one")
	if err := os.WriteFile(filepath.Join(dir, "app", "answer.py"), []byte(strings.Replace(askOnce, "gpt-6.1-terra", "gpt-6-astra", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	for format, want := range map[string][]string{
		"markdown": {"### LLM cost: +$", "| `answer` app/answer.py:3 | $", "against `HEAD`"},
		"text":     {"Against HEAD: +$", "answer"},
		"json":     {`"revision": "HEAD"`, `"entry": "answer"`},
	} {
		out, errs, code := run(t, dir, "cost", "--compare", "HEAD", "--format", format)
		if code != 0 || errs != "" {
			t.Errorf("%s: exit %d, %s", format, code, errs)
		}
		for _, part := range want {
			if !strings.Contains(out, part) {
				t.Errorf("%s: no %q in\n%s", format, part, out)
			}
		}
		if strings.Contains(out, "same") {
			t.Errorf("%s tells of what stays:\n%s", format, out)
		}
	}
	if out, _, code := run(t, filepath.Join(dir, "app"), "cost", "--compare", "HEAD", "--format", "text", "same.py"); code != 0 || !strings.Contains(out, "nothing changes") {
		t.Errorf("exit %d\n%s", code, out)
	}
	if _, errs, code := run(t, dir, "cost", "--compare", "nowhere"); code != 2 || !strings.Contains(errs, `no revision "nowhere"`) {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// The sites of an argument are told, with the runs that come to them from elsewhere.
func TestCostOfOneFile(t *testing.T) {
	dir := write(t, map[string]string{"pyproject.toml": "[project]\nname = \"x\"\n", "lib.py": askOnce, "main.py": "from lib import answer\n\ndef main():\n    print(answer('x'), answer('y'))\n\nif __name__ == '__main__':\n    main()\n"})
	out, errs, code := run(t, dir, "cost", "--format", "json", "lib.py")
	var got struct {
		Sites []struct{ Path string }
		Runs  []struct {
			Path  string
			Parts []struct{ Times struct{ High float64 } }
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != 0 {
		t.Fatal(err, errs)
	}
	if len(got.Sites) != 1 || got.Sites[0].Path != "lib.py" || len(got.Runs) != 1 || got.Runs[0].Path != "main.py" || len(got.Runs[0].Parts) != 1 || got.Runs[0].Parts[0].Times.High != 2 {
		t.Errorf("%s", out)
	}
}

// A project is read through a link to it as it is itself.
func TestCostThroughLink(t *testing.T) {
	dir := write(t, map[string]string{"answer.py": askOnce})
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	for _, arg := range []string{".", "answer.py", link} {
		out, errs, code := run(t, link, "cost", "--format", "text", arg)
		if code != 0 || errs != "" || !strings.Contains(out, "gpt-6.1-terra") {
			t.Errorf("%s: exit %d, %s\n%s", arg, code, errs, out)
		}
	}
}
