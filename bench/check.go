package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

const sectionCheck = "qodacode check"

// codeExtensions are those of the files whose bytes count as checked.
var codeExtensions = []string{".py", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".ipynb"}

// measureCheck checks a tree of files in processes of their own.
func (b *Bench) measureCheck() error {
	tree, want := b.Tree, 0
	if tree == "" {
		tree, want = filepath.Join(b.dir, "tree"), b.TreeFiles
		if _, err := writeTree(tree, b.TreeFiles); err != nil {
			return err
		}
	}
	files, size, err := measureTree(tree)
	if err != nil {
		return err
	}
	var speed, wall, rss []float64
	findings := 0
	for range b.Runs {
		run, err := b.check(tree)
		if err != nil {
			return err
		}
		if run.findings < want {
			return fmt.Errorf("check of %s: %d findings, but %d files have one", tree, run.findings, want)
		}
		findings = run.findings
		speed = append(speed, float64(size)/1e6/run.took.Seconds())
		wall = append(wall, ms(run.took))
		if run.peak > 0 {
			rss = append(rss, run.peak)
		}
	}
	what := fmt.Sprintf("%d files, %s MB, %d findings, %d threads: ", files, number(float64(size)/1e6), findings, b.Procs)
	b.report.Add(sectionCheck, Row{What: what + "code a second", Unit: "MB/s", Summary: Summarize(speed), Goal: &Goal{Least: 10}})
	b.report.Add(sectionCheck, Row{What: what + "wall clock", Unit: "ms", Summary: Summarize(wall)})
	if len(rss) > 0 {
		b.report.Add(sectionCheck, Row{What: what + "peak resident", Unit: "MB", Summary: Summarize(rss)})
	}
	return nil
}

type checked struct {
	took     time.Duration
	peak     float64 // resident, in MB; 0 where the system does not tell
	findings int
}

// check runs once, to the end of the process.
func (b *Bench) check(tree string) (checked, error) {
	cmd := exec.Command(b.server.Command[0], "check", "--format", "json", tree)
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(b.Procs))
	words := &tail{}
	cmd.Stderr = words
	began := time.Now()
	out, err := cmd.Output()
	took := time.Since(began)
	const found = 1 // the exit code when there are findings
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == found {
		err = nil
	}
	if err != nil {
		return checked{}, fmt.Errorf("check of %s: %w; it said last:\n%s", tree, err, words)
	}
	var result struct{ Findings []json.RawMessage }
	if err := json.Unmarshal(out, &result); err != nil {
		return checked{}, fmt.Errorf("check of %s printed what is not JSON: %w", tree, err)
	}
	return checked{took, peakResident(cmd.ProcessState), len(result.Findings)}, nil
}

// measureTree counts the code files below a folder, without hidden folders and packages.
func measureTree(dir string) (files, size int, err error) {
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := path != dir && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules")
		if entry.IsDir() && hidden {
			return filepath.SkipDir
		}
		if !entry.Type().IsRegular() || !slices.Contains(codeExtensions, filepath.Ext(path)) {
			return nil
		}
		info, err := entry.Info()
		if err == nil {
			files++
			size += int(info.Size())
		}
		return err
	})
	return files, size, err
}
