package rule

import (
	"fmt"

	"github.com/qodacode/qodacode/parser/text"
	"go.yaml.in/yaml/v3"
)

// condition reads a condition of the old syntax into f; false when e is none.
func (r *reader) condition(f *Formula, e entry, s scope) (bool, error) {
	if e.key == "focus-metavariable" {
		return true, r.focus(f, e.value)
	}
	switch e.key {
	case "metavariable-regex", "metavariable-pattern", "metavariable-comparison", "metavariable-analysis",
		"metavariable-type", "metavariable-name", "semgrep-internal-metavariable-name":
	default:
		return false, nil
	}
	entries, err := r.entries(e.value)
	if err != nil {
		return false, err
	}
	c, err := r.conditionOf(e.key, e.at, e.value, entries, s)
	if err != nil {
		return false, err
	}
	f.Conditions = append(f.Conditions, c)
	return true, nil
}

func (r *reader) focus(f *Formula, n *yaml.Node) error {
	n, err := r.value(n)
	if err != nil {
		return err
	}
	items := []*yaml.Node{n}
	if n != nil && n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	var names []string
	for _, item := range items {
		name, err := r.metavariable(item)
		if err != nil {
			return err
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return &fault{r.span(n), "focus-metavariable names no metavariable"}
	}
	f.Focus = append(f.Focus, names)
	return nil
}

// conditionOf reads the entries of one condition, which go by the same names in both syntaxes.
func (r *reader) conditionOf(kind string, at text.Span, n *yaml.Node, entries []entry, s scope) (c Condition, err error) {
	c.At = at
	get := func(names ...string) *yaml.Node {
		for _, e := range entries {
			for _, name := range names {
				if e.key == name {
					return e.value
				}
			}
		}
		return nil
	}
	if v := get("metavariable"); v != nil {
		if c.Metavariable, err = r.metavariable(v); err != nil {
			return c, err
		}
	} else if kind != "metavariable-comparison" {
		return c, &fault{at, kind + " doesn't say which metavariable"}
	}
	switch kind {
	case "metavariable-regex":
		return c, r.regexCondition(&c, at, get)
	case "metavariable-comparison":
		return c, r.comparison(&c, at, get)
	case "metavariable-analysis":
		return c, r.analysis(&c, at, get("analyzer"))
	case "metavariable-type":
		v := get("type", "types")
		if v == nil {
			return c, &fault{at, kind + " doesn't say which type"}
		}
		if c.Type, err = r.list(v, "type"); err != nil {
			return c, err
		}
		return c, r.compileTypes(&c, v, s)
	case "metavariable-name", "semgrep-internal-metavariable-name":
		v := get("module", "modules", "fqn", "fqns")
		if v == nil {
			return c, &fault{at, kind + " doesn't say which module"}
		}
		c.Modules, err = r.list(v, "module")
		return c, err
	}
	return c, r.patternCondition(&c, n, get("language"), s)
}

func (r *reader) regexCondition(c *Condition, at text.Span, get func(...string) *yaml.Node) error {
	v := get("regex")
	if v == nil {
		return &fault{at, "metavariable-regex has no regex"}
	}
	src, err := r.str(v, "regex")
	if err != nil {
		return err
	}
	if c.Regexp, err = CompileRegexp(src, false); err != nil {
		return &fault{r.span(v), err.Error()}
	}
	if v := get("constant-propagation"); v != nil {
		c.Constant, err = r.boolean(v, "constant-propagation")
	}
	return err
}

func (r *reader) comparison(c *Condition, at text.Span, get func(...string) *yaml.Node) error {
	v := get("comparison")
	if v == nil {
		return &fault{at, "metavariable-comparison has no comparison"}
	}
	src, err := r.str(v, "comparison")
	if err != nil {
		return err
	}
	expr, offset, err := parseExpr(src)
	if err != nil {
		return &fault{r.inside(v, offset), "invalid comparison: " + err.Error()}
	}
	c.Comparison = &Comparison{Expr: expr}
	if v := get("strip"); v != nil {
		if c.Comparison.Strip, err = r.boolean(v, "strip"); err != nil {
			return err
		}
	}
	if v := get("base"); v != nil {
		if c.Comparison.Base, err = r.integer(v, "base"); err != nil {
			return err
		}
		if b := c.Comparison.Base; b != 0 && (b < 2 || b > 36) {
			return &fault{r.span(v), "base must be between 2 and 36"}
		}
	}
	return nil
}

func (r *reader) analysis(c *Condition, at text.Span, n *yaml.Node) error {
	if n == nil {
		return &fault{at, "metavariable-analysis has no analyzer"}
	}
	if n.Kind == yaml.MappingNode {
		entries, err := r.entries(n)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.key == "kind" {
				n = e.value
			}
		}
	}
	name, err := r.str(n, "analyzer")
	if err != nil {
		return err
	}
	switch name {
	case "entropy", "redos":
	case "entropy_v2":
		name = "entropy"
	default:
		return &fault{r.span(n), fmt.Sprintf("there is no analyzer %q; there are entropy, entropy_v2 and redos", clip(name))}
	}
	c.Analyzer = name
	return nil
}

// patternCondition reads what a metavariable's code must match.
func (r *reader) patternCondition(c *Condition, n, language *yaml.Node, s scope) error {
	s.context = true
	if language != nil {
		name, err := r.str(language, "language")
		if err != nil {
			return err
		}
		code, text := languageNamed(name)
		switch {
		case text:
			s.languages, s.text, s.generic, c.TextOnly = nil, true, name == "generic" || name == "spacegrep", true
			c.Generic = s.generic
		case len(code) > 0:
			c.Language, c.HasLanguage = code[0], true
			s.languages, s.text = code[:1], false
		default:
			return &fault{r.span(language), fmt.Sprintf("patterns for %q can't be read here", clip(name))}
		}
	}
	var err error
	c.Formula, err = r.formula(n, s)
	return err
}

// where reads the conditions of the new syntax.
func (r *reader) where(f *Formula, e entry, s scope) (*Formula, error) {
	items, err := r.items(e.value, "where")
	if err != nil {
		return nil, err
	}
	// The formula may be shared with others that have no such conditions.
	out := &Formula{Op: And, Children: []*Formula{f}, At: f.At}
	if f.Op == And {
		out.Children = append([]*Formula(nil), f.Children...)
		out.Conditions = append([]Condition(nil), f.Conditions...)
		out.Focus = append([][]string(nil), f.Focus...)
	}
	for _, item := range items {
		entries, err := r.entries(item)
		if err != nil {
			return nil, err
		}
		kind := "metavariable-pattern"
		for _, e := range entries {
			switch e.key {
			case "focus":
				kind = "focus"
				if err := r.focus(out, e.value); err != nil {
					return nil, err
				}
			case "comparison":
				kind = "metavariable-comparison"
			case "type", "types":
				kind = "metavariable-type"
			case "analyzer":
				kind = "metavariable-analysis"
			case "module", "modules":
				kind = "metavariable-name"
			case "regex":
				if len(entries) <= 3 && kind == "metavariable-pattern" {
					kind = "metavariable-regex"
				}
			}
		}
		if kind == "focus" {
			continue
		}
		c, err := r.conditionOf(kind, r.span(item), item, entries, s)
		if err != nil {
			return nil, err
		}
		out.Conditions = append(out.Conditions, c)
	}
	return out, nil
}
