package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// files are the ones to type in.
func (b *Bench) files() ([]source, error) {
	if !b.generated {
		return readFiles(b.Files)
	}
	var sources []source
	for _, l := range []Language{Python, TypeScript} {
		for _, lines := range b.Lines {
			src, err := Generate(l, lines, uint64(lines))
			if err != nil {
				return nil, err
			}
			name := fmt.Sprintf("%s of %d lines", l.Name, lines)
			path := filepath.Join(b.dir, fmt.Sprintf("agents_%d%s", lines, l.Ext))
			if err := writeFile(path, src); err != nil {
				return nil, err
			}
			sources = append(sources, source{name, path, l, src, lines})
		}
	}
	return sources, nil
}

// readFiles are the Python and TypeScript files that a glob names.
func readFiles(glob string) ([]source, error) {
	paths, err := filepath.Glob(glob)
	if err != nil {
		return nil, fmt.Errorf("--files %s: %w", glob, err)
	}
	var sources []source
	for _, path := range paths {
		for _, l := range []Language{Python, TypeScript} {
			if filepath.Ext(path) != l.Ext {
				continue
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			if path, err = filepath.Abs(path); err != nil {
				return nil, err
			}
			lines := strings.Count(string(src), "\n")
			sources = append(sources, source{fmt.Sprintf("%s (%d lines)", filepath.Base(path), lines), path, l, string(src), lines})
		}
	}
	if len(sources) == 0 {
		return nil, fmt.Errorf("--files %s names no .py or .ts file", glob)
	}
	return sources, nil
}

// typical are the files of 1,000 lines, for which the goals are, or all when there are none.
func (b *Bench) typical() []source {
	var typical []source
	for _, s := range b.sources {
		if s.Lines == typicalLines {
			typical = append(typical, s)
		}
	}
	if typical == nil {
		return b.sources
	}
	return typical
}

const typicalLines = 1000

// machine is what the figures depend on.
func machine() string {
	m := fmt.Sprintf("%d CPUs, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, after, ok := strings.Cut(string(info), "model name\t: "); ok {
			model, _, _ := strings.Cut(after, "\n")
			m = model + ", " + m
		}
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		first, _, _ := strings.Cut(string(load), " ")
		m += ", load " + first + " before"
	}
	return m
}
