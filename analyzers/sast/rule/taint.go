package rule

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// taint reads the parts of a rule of mode: taint.
func (r *reader) taint(parts map[string]entry, s scope) (*Taint, error) {
	t := &Taint{}
	each := func(name string, read func(n *yaml.Node, entries []entry) error) error {
		e, ok := parts[name]
		if !ok {
			return nil
		}
		items, err := r.items(e.value, name)
		if err != nil {
			return err
		}
		if len(items) > maxChildren {
			return &fault{e.at, fmt.Sprintf("more than %d elements in one list", maxChildren)}
		}
		for _, item := range items {
			var entries []entry
			if item == nil || item.Kind != yaml.ScalarNode {
				if entries, err = r.entries(item); err != nil {
					return err
				}
			}
			if err := read(item, entries); err != nil {
				return err
			}
		}
		return nil
	}
	err := each("sources", func(n *yaml.Node, entries []entry) error {
		source, err := r.source(n, entries, s)
		t.Sources = append(t.Sources, source)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err = each("sinks", func(n *yaml.Node, entries []entry) error {
		sink, err := r.sink(n, entries, s)
		t.Sinks = append(t.Sinks, sink)
		return err
	}); err != nil {
		return nil, err
	}
	if err = each("sanitizers", func(n *yaml.Node, entries []entry) error {
		sanitizer, err := r.sanitizer(n, entries, s)
		t.Sanitizers = append(t.Sanitizers, sanitizer)
		return err
	}); err != nil {
		return nil, err
	}
	if err = each("propagators", func(n *yaml.Node, entries []entry) error {
		propagator, err := r.propagator(n, entries, s)
		t.Propagators = append(t.Propagators, propagator)
		return err
	}); err != nil {
		return nil, err
	}
	return t, nil
}

func (r *reader) source(n *yaml.Node, entries []entry, s scope) (source Source, err error) {
	for _, e := range entries {
		switch e.key {
		case "exact":
			source.Exact, err = r.boolean(e.value, e.key)
		case "control":
			source.Control, err = r.boolean(e.value, e.key)
		case "by-side-effect":
			var how string
			if how, err = r.str(e.value, e.key); err == nil && how == "only" {
				source.BySideEffect, source.Only = true, true
			} else {
				source.BySideEffect, err = r.boolean(e.value, e.key)
			}
		case "label":
			source.Label, err = r.str(e.value, e.key)
		case "requires":
			source.Requires, err = r.requires(e.value)
		}
		if err != nil {
			return source, err
		}
	}
	source.Formula, err = r.formula(n, s)
	return source, err
}

func (r *reader) sink(n *yaml.Node, entries []entry, s scope) (sink Sink, err error) {
	sink.Exact = true
	for _, e := range entries {
		switch e.key {
		case "exact":
			sink.Exact, err = r.boolean(e.value, e.key)
		case "at-exit":
			sink.AtExit, err = r.boolean(e.value, e.key)
		case "requires":
			if e.value == nil || e.value.Kind != yaml.SequenceNode {
				sink.Requires, err = r.requires(e.value)
				break
			}
			sink.RequiresOf = map[string]*Requires{}
			for _, item := range e.value.Content {
				var of []entry
				if of, err = r.entries(item); err != nil {
					return sink, err
				}
				for _, o := range of {
					if sink.RequiresOf[o.key], err = r.requires(o.value); err != nil {
						return sink, err
					}
				}
			}
		}
		if err != nil {
			return sink, err
		}
	}
	sink.Formula, err = r.formula(n, s)
	return sink, err
}

func (r *reader) sanitizer(n *yaml.Node, entries []entry, s scope) (sanitizer Sanitizer, err error) {
	for _, e := range entries {
		switch e.key {
		case "exact":
			sanitizer.Exact, err = r.boolean(e.value, e.key)
		case "by-side-effect":
			sanitizer.BySideEffect, err = r.boolean(e.value, e.key)
		case "not_conflicting", "not-conflicting":
			sanitizer.NotConflicting, err = r.boolean(e.value, e.key)
		}
		if err != nil {
			return sanitizer, err
		}
	}
	sanitizer.Formula, err = r.formula(n, s)
	return sanitizer, err
}

func (r *reader) propagator(n *yaml.Node, entries []entry, s scope) (p Propagator, err error) {
	p.BySideEffect = true
	for _, e := range entries {
		switch e.key {
		case "from":
			p.From, err = r.metavariable(e.value)
		case "to":
			p.To, err = r.metavariable(e.value)
		case "by-side-effect":
			p.BySideEffect, err = r.boolean(e.value, e.key)
		case "requires":
			p.Requires, err = r.requires(e.value)
		case "label":
			p.Label, err = r.str(e.value, e.key)
		case "replace-labels":
			p.ReplaceLabels, err = r.list(e.value, e.key)
		}
		if err != nil {
			return p, err
		}
	}
	if p.From == "" || p.To == "" {
		return p, &fault{r.span(n), "a propagator needs from and to"}
	}
	p.Formula, err = r.formula(n, s)
	return p, err
}

func (r *reader) requires(n *yaml.Node) (*Requires, error) {
	src, err := r.str(n, "requires")
	if err != nil {
		return nil, err
	}
	requires, offset, err := parseRequires(src)
	if err != nil {
		return nil, &fault{r.inside(n, offset), "invalid requires: " + err.Error()}
	}
	return requires, nil
}
