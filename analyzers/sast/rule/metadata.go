package rule

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

var cweID = regexp.MustCompile(`(?i)\bCWE[-: _]?0*(\d+)`)

// metadata reads what a rule tells about itself. What is not as expected is left out: it is
// free text, and no reason to refuse a rule.
func (r *reader) metadata(n *yaml.Node) (m Metadata, err error) {
	n, err = r.value(n)
	if err != nil || n == nil || n.Kind != yaml.MappingNode {
		return m, err
	}
	entries, err := r.entries(n)
	if err != nil {
		return m, err
	}
	text := func(n *yaml.Node) string {
		if n != nil && n.Kind == yaml.ScalarNode && len(n.Value) <= maxText {
			return n.Value
		}
		return ""
	}
	texts := func(n *yaml.Node) (all []string) {
		list, err := r.list(n, "")
		if err != nil || len(list) > 100 {
			return nil
		}
		return list
	}
	for _, e := range entries {
		switch e.key {
		case "title":
			m.Title = text(e.value)
		case "doc":
			m.Doc = text(e.value)
		case "cwe":
			for _, s := range texts(e.value) {
				if id := cweID.FindStringSubmatch(s); id != nil {
					m.CWE = append(m.CWE, "CWE-"+id[1])
				} else if digits := strings.TrimSpace(s); digits != "" && strings.Trim(digits, "0123456789") == "" {
					m.CWE = append(m.CWE, "CWE-"+digits)
				}
			}
		case "owasp":
			m.OWASP = texts(e.value)
		case "owasp-llm":
			m.OWASPLLM = texts(e.value)
		case "since":
			m.Since = text(e.value)
		case "confidence":
			m.Confidence = strings.ToUpper(text(e.value))
		case "references":
			m.References = texts(e.value)
		case "fix-safe":
			m.FixSafe = text(e.value) == "true"
		case "fix-title":
			m.FixTitle = text(e.value)
		case "fixer":
			m.Fixer = text(e.value)
		}
	}
	return m, nil
}
