package cmd

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const shellAgent = "import subprocess\n\n\ndef run(command):\n    subprocess.run(command, shell=True)\n"

// From nothing to a policy that holds: what the guide promises.
func TestGeneratedPoliciesHold(t *testing.T) {
	dir := write(t, map[string]string{"agent.py": shellAgent})
	out, errs, code := run(t, dir, "policy", "generate", "No shell commands without approval", "--format", "json")
	var r struct {
		Status, Reason, Rego, Test, Name string
		Intent                           map[string]any
		Examples                         []struct {
			Code  string
			Fires bool
		}
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != 0 || r.Status != "ok" || !strings.Contains(r.Rego, "package "+r.Name) || r.Intent["subject"] != "shell" {
		t.Fatalf("exit %d, %v: %s%s", code, err, out, errs)
	}
	fires, silent := 0, 0
	for _, e := range r.Examples {
		if e.Fires {
			fires++
		} else {
			silent++
		}
	}
	if fires == 0 || silent == 0 {
		t.Errorf("%d examples that are reported, %d that are not", fires, silent)
	}
	if _, err := os.Stat(filepath.Join(dir, ".qodacode")); err == nil {
		t.Error("something was written without --write")
	}
	if out, errs, code := run(t, dir, "policy", "generate", "--write", "Sin comandos de shell sin aprobación"); code != 0 || !strings.Contains(out, "wrote  .qodacode/policies/") {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	if out, errs, code := run(t, dir, "policy", "check"); code != 1 || !strings.Contains(out, "agent.py:5:5") {
		t.Errorf("the policy finds nothing: exit %d: %s%s", code, out, errs)
	}
	if out, errs, code := run(t, dir, "policy", "test", "--threshold", "100"); code != 0 {
		t.Errorf("its tests: exit %d: %s%s", code, out, errs)
	}
}

func TestRefusedSentences(t *testing.T) {
	dir := t.TempDir()
	out, _, code := run(t, dir, "policy", "generate", "Be nice", "--format", "json")
	var r struct {
		Status, Reason string
		Instead        []string
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != 1 || r.Status != "refused" || r.Reason == "" || len(r.Instead) == 0 {
		t.Errorf("exit %d, %v: %s", code, err, out)
	}
	if out, _, code := run(t, dir, "policy", "generate", "Be nice"); code != 1 || !strings.Contains(out, "Refused: ") || !strings.Contains(out, "What can be said instead:") {
		t.Errorf("exit %d: %s", code, out)
	}
}

// History, diff and rollback, as somebody uses them.
func TestPolicyHistory(t *testing.T) {
	dir := write(t, map[string]string{"agent.py": shellAgent})
	must := func(want string, args ...string) string {
		t.Helper()
		out, errs, code := run(t, dir, append([]string{"policy"}, args...)...)
		if code != 0 || !strings.Contains(out, want) {
			t.Fatalf("%s: exit %d, no %q in: %s%s", args, code, want, out, errs)
		}
		return out
	}
	must("wrote  .qodacode/policies/llm_rate_limit.rego", "init", "llm_rate_limit")
	must("kept   .qodacode/policies/llm_rate_limit.rego", "init", "llm_rate_limit")
	must("llm_rate_limit.rego", "history")
	path := filepath.Join(dir, ".qodacode", "policies", "llm_rate_limit.rego")
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(first, "\n# edited\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	must("+# edited", "diff")
	entries := regexp.MustCompile(`(?m)^[0-9a-f]{7,}`).FindAllString(must("edit", "history"), -1)
	if len(entries) != 2 {
		t.Fatalf("entries: %v", entries)
	}
	must("+# edited", "diff", entries[1], entries[0])
	must("", "rollback", entries[1])
	if now, _ := os.ReadFile(path); string(now) != string(first) {
		t.Error("the file was not brought back")
	}
	must("rollback", "history")
	must("in that state already", "rollback", entries[1])
	// A history that was tampered with is named, and nothing is brought back from it.
	objects, err := filepath.Glob(filepath.Join(dir, ".qodacode", "history", "objects", "*", "*"))
	if err != nil || len(objects) == 0 {
		t.Fatal("no objects", err)
	}
	for _, o := range objects {
		if err := os.Chmod(o, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(o, []byte("package tampered\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if out, errs, code := run(t, dir, "policy", "history"); code != 1 || !strings.Contains(errs, "the history of the policies was changed") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if _, _, code := run(t, dir, "policy", "rollback", entries[0]); code == 0 {
		t.Error("brought back from a history that was tampered with")
	}
}

func TestPolicyUsage(t *testing.T) {
	dir := write(t, map[string]string{"agent.py": shellAgent})
	for args, want := range map[string]int{
		"policy": 0, "policy list": 0, "policy check": 0, "policy facts agent.py": 0, "policy facts --schema": 0,
		"policy test": 2, "policy test nowhere": 2, "policy facts": 2, "policy facts .": 2, "policy facts nowhere.py": 2, "policy init llm": 2,
		"policy generate": 2, "policy rollback": 2, "policy rollback abcd": 2, "policy list --format yaml": 2, "policy test --run ( .": 2,
	} {
		if _, errs, code := run(t, dir, strings.Fields(args)...); code != want {
			t.Errorf("%s: exit %d, want %d: %s", args, code, want, errs)
		}
	}
}
