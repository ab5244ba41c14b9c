package realsdk

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"
)

// runPython runs all programs and holds them against what they say about the wire.
func runPython(t *testing.T, sdks string, all []*program) {
	wire := newWire(t)
	type job struct {
		Path   string            `json:"path"`
		Folder string            `json:"folder"`
		Env    map[string]string `json:"env"`
	}
	paths := write(t, t.TempDir(), all, ".py")
	var jobs []job
	for path, p := range paths {
		jobs = append(jobs, job{path, filepath.Join(filepath.Dir(path), "cwd"), wire.env(p)})
	}
	input, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	python := exec.Command(filepath.Join(sdks, "python", "bin", "python"), "-W", "ignore", "run.py")
	python.Stdin = bytes.NewReader(input)
	var problems bytes.Buffer
	python.Stderr = &problems
	out, err := python.Output()
	if err != nil {
		t.Fatalf("run.py: %v\n%s", err, problems.String())
	}
	ran := 0
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); ran++ {
		var result struct {
			Path, Output string
			Code         int
		}
		if err := decoder.Decode(&result); err != nil {
			t.Fatal(err)
		}
		wire.done(t, paths[result.Path], result.Code == 0, result.Output)
	}
	wire.hold(t)
	if ran != len(jobs) {
		t.Errorf("%d of %d programs ran\n%s", ran, len(jobs), problems.String())
	}
	t.Logf("%d programs ran", ran)
}
