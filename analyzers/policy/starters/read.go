package starters

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// read takes from the source of a starter what it says of itself: the metadata of its
// package, and as parameters the defaults with the comment before them.
func read(name, source string) (Starter, error) {
	s := Starter{Name: name, Source: source}
	var metadata struct {
		Title  string `yaml:"title"`
		Custom struct {
			Severity string `yaml:"severity"`
		} `yaml:"custom"`
	}
	header, _, ok := strings.Cut(source, "\npackage ")
	if !ok {
		return s, fmt.Errorf("no package after the metadata")
	}
	header = strings.TrimPrefix(header, "# METADATA\n")
	if err := yaml.Unmarshal([]byte(comment(header)), &metadata); err != nil {
		return s, fmt.Errorf("metadata: %w", err)
	}
	s.Title, s.Severity = metadata.Title, metadata.Custom.Severity
	for _, at := range defaultRule.FindAllStringSubmatchIndex(source, -1) {
		p := Parameter{Name: source[at[4]:at[5]], Doc: strings.ReplaceAll(strings.TrimSpace(comment(source[at[2]:at[3]])), "\n", " ")}
		value := trailingComma.ReplaceAllString(source[at[1]:], "$1")
		if err := json.NewDecoder(strings.NewReader(value)).Decode(&p.Default); err != nil {
			return s, fmt.Errorf("default of %s is not JSON: %w", p.Name, err)
		}
		s.Parameters = append(s.Parameters, p)
	}
	return s, nil
}

var (
	defaultRule   = regexp.MustCompile(`(?m)((?:^#.*\n)+)^default (\w+) := `)
	trailingComma = regexp.MustCompile(`,(\s*[\]}])`) // Rego has it before a bracket on a line of its own, JSON has not
)

// comment is the text of a comment of several lines.
func comment(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(strings.TrimPrefix(line, "#"), " ")
	}
	return strings.Join(lines, "\n")
}
