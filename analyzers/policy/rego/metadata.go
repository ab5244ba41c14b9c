package rego

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// describe reads the metadata of a package.
func (p *program) describe(path string, own, rules []string) Policy {
	m := p.modules[path]
	name := packageName(m)
	last := name[strings.LastIndexByte(name, '.')+1:]
	d := Policy{Path: path, Package: name, ID: "POLICY-" + strings.ReplaceAll(strings.Trim(last, `"[]`), "_", "-"), Rules: rules}
	d.Span = SpanOf(p.sources[path], m.Package.Path[len(m.Package.Path)-1].Location)
	words := strings.ReplaceAll(last, "_", " ")
	d.Title = strings.ToUpper(words[:1]) + words[1:]
	for _, file := range own {
		for _, a := range p.modules[file].Annotations {
			if a.Scope != "package" && a.Scope != "subpackages" {
				continue
			}
			d.Title = cmp.Or(clip(strings.TrimSpace(a.Title), 200), d.Title)
			d.Description = cmp.Or(clip(strings.TrimSpace(a.Description), 4000), d.Description)
			d.Severity = cmp.Or(customSeverity(a), d.Severity)
		}
	}
	if d.Severity == "" {
		order := []string{Error, Warning, Info}
		d.Severity = Info
		for _, rule := range rules {
			d.Severity = order[min(slices.Index(order, d.Severity), slices.Index(order, severityOf(rule)))]
		}
	}
	return d
}

// customSeverity is custom.severity of an annotation; "" when it has none that is known.
func customSeverity(a *ast.Annotations) string {
	s, _ := a.Custom["severity"].(string)
	return knownSeverity(s)
}

// knownSeverity is a severity as violations have it, of the words that people use for it; "" for others.
func knownSeverity(s string) string {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "error", "critical", "high":
		return Error
	case "warning", "warn", "medium":
		return Warning
	case "info", "information", "low":
		return Info
	case "hint", "note":
		return Hint
	}
	return ""
}

// annotated are the severities of rules by the annotations of the package and of the rules. That
// of the package is of its most severe rules; no other becomes more severe by it.
func (c *Compiled) annotated() map[string]string {
	severity := map[string]string{}
	order := []string{Error, Warning, Info, Hint}
	most := len(order)
	for _, rule := range c.Rules {
		most = min(most, slices.Index(order, severityOf(rule)))
	}
	for _, path := range c.own {
		for _, a := range c.Modules[path].Annotations {
			s := customSeverity(a)
			if s == "" || a.Scope != "package" && a.Scope != "subpackages" {
				continue
			}
			for _, rule := range c.Rules {
				severity[rule] = s
				if own := slices.Index(order, severityOf(rule)); own > most {
					severity[rule] = order[max(own, slices.Index(order, s))]
				}
			}
		}
	}
	for _, path := range c.own {
		for _, a := range c.Modules[path].Annotations {
			if s := customSeverity(a); s != "" && (a.Scope == "rule" || a.Scope == "document") {
				if target := a.GetTargetPath(); len(target) > 0 {
					severity[strings.Trim(target[len(target)-1].Value.String(), `"`)] = s
				}
			}
		}
	}
	return severity
}
