package config

import (
	"maps"
	"slices"
	"strings"
)

// Settings are user settings as an editor sends them: the decoded JSON object under
// "qodacode", with the sections and keys of qodacode.toml.
type Settings map[string]any

func parseSettings(user Settings) (layer, []Problem) {
	var l layer
	var problems []Problem
	var walk func(path []string, values map[string]any)
	walk = func(path []string, values map[string]any) {
		for _, name := range slices.Sorted(maps.Keys(values)) {
			value, at := values[name], append(slices.Clip(path), name)
			k, section := lookup(table, at)
			if inner, ok := value.(map[string]any); ok && section {
				walk(at, inner)
			}
			if k == nil || value == nil { // editors send null for what is not set
				continue
			}
			values := []any{value}
			if list, ok := value.([]any); ok && k.listed {
				values = list
			}
			for _, v := range values {
				s := setting{key: k, name: name, value: v, from: origin{byUser: true}}
				if err := s.try(); err != nil {
					problems = append(problems, Problem{Message: "setting qodacode." + strings.Join(at, ".") + ": " + err.Error() + "; it is ignored"})
					continue
				}
				l = append(l, s)
			}
		}
	}
	walk(nil, user)
	return l, problems
}
