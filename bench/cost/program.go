package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/qodacode/qodacode/bench/cost/fake"
)

// program is one that is estimated and run.
type program struct {
	name, folder, main string
	script             script
	estimated          estimated
	runs               []result
}

// script is script.json: how the models of a program answer, and what its user types.
type script struct {
	fake.Script
	Stdin string   `json:"stdin"`
	Args  []string `json:"args"`
	Entry string   `json:"entry"` // the entry point that a run runs; "": the only one
}

// load copies the programs, so that no configuration of this repository is theirs.
func load(from, to, only string) ([]*program, error) {
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(to)
	if err != nil {
		return nil, err
	}
	var all []*program
	for _, entry := range entries {
		p := &program{name: entry.Name(), folder: filepath.Join(to, entry.Name())}
		if !strings.Contains(p.name, only) {
			continue
		}
		for _, file := range []string{"main.py", "main.ts"} {
			if _, err := os.Stat(filepath.Join(p.folder, file)); err == nil {
				p.main = file
			}
		}
		raw, err := os.ReadFile(filepath.Join(p.folder, "script.json"))
		if err != nil || p.main == "" {
			return nil, fmt.Errorf("%s: a program is a main.py or main.ts, and a script.json: %v", p.name, err)
		}
		if err := json.Unmarshal(raw, &p.script); err != nil {
			return nil, fmt.Errorf("%s: script.json: %w", p.name, err)
		}
		if err := p.script.Compile(); err != nil {
			return nil, fmt.Errorf("%s: script.json: %w", p.name, err)
		}
		os.Remove(filepath.Join(p.folder, "script.json")) // it is no part of the program
		all = append(all, p)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no program is called *%s*", only)
	}
	return all, nil
}

// sdk is which kind of program it is, for people.
func (p *program) sdk() string {
	kind, _, _ := strings.Cut(p.name, "_")
	name := map[string]string{
		"agents": "OpenAI Agents", "graph": "LangGraph", "langchain": "LangChain", "ai": "AI SDK", "crew": "CrewAI", "openai": "openai", "anthropic": "anthropic",
	}[kind]
	if p.main == "main.ts" {
		return name + " (ts)"
	}
	return name + " (py)"
}
