package agents

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/qodacode/qodacode/parser"
)

// crewConfig is what the YAML files of a @CrewBase class say.
type crewConfig struct {
	agents, tasks map[string]crewEntry
	problems      []string
}

// crewEntry is an agent or a task in a YAML file.
type crewEntry struct {
	key    string
	fields map[string]any
}

func (e crewEntry) text(name string) string {
	s, _ := e.fields[name].(string)
	return strings.TrimSpace(s)
}

func (e crewEntry) number(name string) int {
	n, _ := e.fields[name].(int)
	return n
}

func (e crewEntry) flag(name string) bool {
	b, _ := e.fields[name].(bool)
	return b
}

func (e crewEntry) list(name string) (out []string) {
	items, _ := e.fields[name].([]any)
	for _, item := range items {
		if s, ok := item.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

func (c *crewConfig) has(kind string) bool {
	if kind == "task" {
		return len(c.tasks) > 0
	}
	return len(c.agents) > 0
}

// crewConfig reads the files that a class names in agents_config and tasks_config, or that
// CrewAI looks for when it names none. r is the class or something in its file.
func (c *constructs) crewConfig(r Ref) *crewConfig {
	out := &crewConfig{}
	out.agents = c.crewFile(r, "agents", out)
	out.tasks = c.crewFile(r, "tasks", out)
	return out
}

func (c *constructs) crewFile(r Ref, kind string, out *crewConfig) map[string]crewEntry {
	file := "config/" + kind + ".yaml"
	written := false
	if r.Kind() == parser.KindClass {
		for _, d := range r.File.Members(r.File.ClassAt(r.Node), kind+"_config") {
			if s, ok := c.String(r.at(d.Value)); ok && d.Value != parser.NoNode {
				file, written = s, true
			}
		}
	}
	for _, at := range []string{beside(r.File, file), beside(r.File, strings.TrimSuffix(file, ".yaml")+".yml"), beside(r.File, kind+".yaml"), strings.TrimPrefix(file, "./")} {
		source, ok := c.data[at]
		if !ok {
			continue
		}
		entries, err := crewEntries(source)
		if err != nil {
			out.problems = append(out.problems, at+" can't be read: "+err.Error())
		}
		return entries
	}
	if written {
		out.problems = append(out.problems, "there is no "+file)
	}
	return nil
}

// crewEntries reads a mapping of names to mappings; entries that are none are left out.
func crewEntries(source string) (entries map[string]crewEntry, err error) {
	var all map[string]any
	if err := yaml.Unmarshal([]byte(source), &all); err != nil {
		return nil, err
	}
	entries = make(map[string]crewEntry, len(all))
	for key, v := range all {
		if fields, ok := v.(map[string]any); ok {
			entries[key] = crewEntry{key, fields}
		}
	}
	return entries, nil
}
