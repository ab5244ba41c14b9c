package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/qodacode/qodacode/analyzers/sast/pack"
)

const sectionRules = "The rules of the pack, given as files of rules"

// measureRules checks a tree with the pack's rules as a user would give them, and with
// semgrep and the same rules on the same files, where it is installed.
func (b *Bench) measureRules() error {
	tree := b.Tree
	if tree == "" {
		tree = filepath.Join(b.dir, "rules-tree")
		if _, err := writeTree(tree, b.TreeFiles); err != nil {
			return err
		}
	}
	rules := filepath.Join(b.dir, "rules")
	count, err := writePack(rules)
	if err != nil {
		return err
	}
	files, size, err := measureTree(tree)
	if err != nil {
		return err
	}
	var speed, wall []float64
	found := 0
	for range b.Runs {
		took, n, err := b.timed(exec.Command(b.server.Command[0], "check", "--format", "json", "--only", "user", "--rules", rules, tree), "findings")
		if err != nil {
			return err
		}
		found = n
		speed = append(speed, float64(size)/1e6/took.Seconds())
		wall = append(wall, ms(took))
	}
	what := fmt.Sprintf("%d rules, %d files, %s MB, %d threads: ", count, files, number(float64(size)/1e6), b.Procs)
	b.report.Add(sectionRules, Row{What: what + "code a second", Unit: "MB/s", Summary: Summarize(speed), Goal: &Goal{Least: 5}})
	b.report.Add(sectionRules, Row{What: fmt.Sprintf("qodacode, %d findings", found), Unit: "ms", Summary: Summarize(wall)})
	if !b.Peer {
		return nil
	}
	semgrep, err := exec.LookPath("semgrep")
	if err != nil {
		b.report.Notes = append(b.report.Notes, "semgrep is not installed, so nothing is beside the rules.")
		return nil
	}
	b.progress("rules, with semgrep …")
	var peer []float64
	for range min(b.Runs, 3) { // it takes minutes
		took, n, err := b.timed(exec.Command(semgrep, "scan", "--metrics", "off", "--disable-version-check", "--no-git-ignore", "--quiet",
			"-j", strconv.Itoa(b.Procs), "--config", rules, "--json", tree), "results")
		if err != nil {
			return fmt.Errorf("semgrep: %w", err)
		}
		found = n
		peer = append(peer, ms(took))
	}
	row := Row{What: fmt.Sprintf("semgrep, %d findings", found), Unit: "ms", Summary: Summarize(peer)}
	own := Summarize(wall)
	row.Ratio = &Ratio{own.P50 / row.P50, own.P99 / row.P99}
	b.report.Add(sectionRules, row)
	b.report.Notes = append(b.report.Notes, fmt.Sprintf("With the same rules on the same files, semgrep takes %s times as long.", number(row.P50/own.P50)))
	return nil
}

// timed runs a command to its end and counts what its JSON lists under a key.
func (b *Bench) timed(cmd *exec.Cmd, key string) (took time.Duration, found int, err error) {
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(b.Procs))
	words := &tail{}
	cmd.Stderr = words
	began := time.Now()
	out, err := cmd.Output()
	took = time.Since(began)
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 { // there are findings
		err = nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w; it said last:\n%s", filepath.Base(cmd.Path), err, words)
	}
	var result map[string]json.RawMessage
	var list []json.RawMessage
	if err := json.Unmarshal(out, &result); err != nil {
		return 0, 0, fmt.Errorf("%s printed what is not JSON: %w", filepath.Base(cmd.Path), err)
	}
	if err := json.Unmarshal(result[key], &list); err != nil {
		return 0, 0, fmt.Errorf("%s lists no %s: %w", filepath.Base(cmd.Path), key, err)
	}
	return took, len(list), nil
}

var ruleID = regexp.MustCompile(`(?m)^(\s*(?:- )?id:\s*)`)

// writePack writes the pack's rule files to a folder and counts the rules.
func writePack(dir string) (rules int, err error) {
	err = fs.WalkDir(pack.Files(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(pack.Files(), name)
		if err != nil {
			return err
		}
		// In the pack a rule for Python and one for JavaScript may have one id; of users' rules
		// only the first of an id counts.
		language, base := path.Split(name)
		language = strings.Trim(language, "/")
		return writeFile(filepath.Join(dir, language+"-"+base), ruleID.ReplaceAllString(string(src), "${1}"+language+"-"))
	})
	return len(pack.Rules()), err
}
