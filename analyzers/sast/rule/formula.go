package rule

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"go.yaml.in/yaml/v3"
)

// reader reads the rules of one file.
type reader struct {
	*document
	formulas map[formulaKey]*Formula
	patterns map[patternKey]*compiled
	lazy     bool // patterns are read when they are asked for; what is wrong with them is not told

	taintOptions TaintOptions // of the rule that is read
}

// formulaKey identifies a formula: the same node read for the same languages is one.
type formulaKey struct {
	node      *yaml.Node
	languages uint32
	context   byte
}

// scope is what formulas are read for.
type scope struct {
	languages []parser.Language
	text      bool // no code: only texts match
	generic   bool // patterns of text are Semgrep's generic ones
	context   bool // of metavariable-pattern: what it looks at is the positive pattern
	depth     int
}

func (s scope) bits() (bits uint32) {
	for _, l := range s.languages {
		bits |= 1 << l
	}
	if s.text {
		bits |= 1 << 31
	}
	if s.generic {
		bits |= 1 << 30
	}
	if s.context {
		bits |= 1 << 29
	}
	return bits
}

// operators are the keys of formulas in both syntaxes.
var operators = map[string]bool{
	"pattern": true, "patterns": true, "pattern-either": true, "pattern-regex": true, "pattern-inside": true,
	"pattern-not": true, "pattern-not-inside": true, "pattern-not-regex": true,
	"all": true, "any": true, "not": true, "inside": true, "regex": true,
}

// operatorIn finds the one operator among the keys of a mapping.
func (r *reader) operatorIn(n *yaml.Node, entries []entry) (entry, error) {
	var found []entry
	for _, e := range entries {
		if operators[e.key] {
			found = append(found, e)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		if len(entries) > 0 {
			return entry{}, &fault{entries[0].at, fmt.Sprintf("%q is no operator of patterns%s", clip(entries[0].key), hint(entries[0].key))}
		}
		return entry{}, &fault{r.span(n), "a pattern is missing"}
	}
	return entry{}, &fault{found[1].at, fmt.Sprintf("%s and %s can't stand together; put them in a list under patterns", found[0].key, found[1].key)}
}

// hint names the operators that nobody can run, and those that are near to what is written.
func hint(key string) string {
	switch key {
	case "pattern-where-python":
		return ": Semgrep runs no Python in rules any more, use metavariable-comparison"
	case "pattern-sources", "pattern-sinks":
		return ": it belongs to the rule itself, with mode: taint"
	}
	for name := range operators {
		if strings.ReplaceAll(key, "_", "-") == name || key+"s" == name || key == name+"s" {
			return fmt.Sprintf("; did you mean %s?", name)
		}
	}
	return ""
}

// formula reads a formula from a node: a pattern's text or a mapping with one operator.
func (r *reader) formula(n *yaml.Node, s scope) (*Formula, error) {
	n, err := r.value(n)
	if err != nil {
		return nil, err
	}
	if s.depth++; s.depth > maxDepth {
		return nil, &fault{r.span(n), "patterns are nested too deep"}
	}
	if n != nil && n.Kind == yaml.ScalarNode {
		return r.leaf(n, Pattern, s)
	}
	if n != nil && n.Kind == yaml.SequenceNode {
		return r.all(n, s) // `pattern-not-inside:` with a list below is meant as patterns
	}
	entries, err := r.entries(n)
	if err != nil {
		return nil, err
	}
	op, err := r.operatorIn(n, entries)
	if err != nil {
		return nil, err
	}
	f, err := r.operator(op, s)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.key == "where" {
			return r.where(f, e, s)
		}
	}
	return f, nil
}

// operator reads the formula of one key.
func (r *reader) operator(e entry, s scope) (*Formula, error) {
	key := formulaKey{e.value, s.bits(), e.key[0]}
	switch e.key {
	case "pattern-either":
		key.context = 'e'
	case "pattern-inside":
		key.context = 'i'
	case "pattern-not":
		key.context = '!'
	case "pattern-not-inside":
		key.context = '-'
	case "pattern-not-regex":
		key.context = '~'
	case "pattern-regex":
		key.context = 'r'
	case "patterns":
		key.context = '&'
	case "any":
		key.context = '|'
	}
	if f, ok := r.formulas[key]; ok {
		return f, nil
	}
	f, err := r.readOperator(e, s)
	if err != nil {
		return nil, err
	}
	f.At = e.at
	r.formulas[key] = f
	return f, nil
}

func (r *reader) readOperator(e entry, s scope) (*Formula, error) {
	switch e.key {
	case "pattern":
		return r.leaf(e.value, Pattern, s)
	case "pattern-regex", "regex":
		return r.leaf(e.value, Regex, s)
	case "pattern-not-regex":
		return r.leaf(e.value, NotRegex, s)
	case "patterns", "all":
		return r.all(e.value, s)
	case "pattern-either", "any":
		return r.either(e.value, e.key, s)
	}
	s.context = false
	child, err := r.formula(e.value, s)
	if err != nil {
		return nil, err
	}
	switch e.key {
	case "pattern-inside", "inside":
		child.around()
		return &Formula{Op: Inside, Children: []*Formula{child}}, nil
	case "pattern-not-inside":
		child.around()
		return &Formula{Op: NotInside, Children: []*Formula{child}}, nil
	}
	switch {
	case child.Op == Regex:
		return &Formula{Op: NotRegex, Source: child.Source, Regexp: child.Regexp}, nil
	case child.Op == Inside:
		return &Formula{Op: NotInside, Children: child.Children}, nil
	}
	return &Formula{Op: Not, Children: []*Formula{child}}, nil
}

// around marks a formula, and what it is made of, as the surroundings of others.
func (f *Formula) around() {
	if f.Around {
		return
	}
	f.Around = true
	for _, child := range f.Children {
		child.around()
	}
}

func (r *reader) leaf(n *yaml.Node, op Op, s scope) (*Formula, error) {
	src, err := r.str(n, "a pattern")
	if err != nil {
		return nil, err
	}
	f := &Formula{Op: op, Source: src, At: r.span(n)}
	switch {
	case strings.TrimSpace(src) == "":
		return nil, &fault{r.span(n), "the pattern is empty"}
	case len(src) > maxPattern:
		return nil, &fault{r.span(n), fmt.Sprintf("the pattern is longer than %d bytes", maxPattern)}
	case op == Pattern && s.text:
		f.Op = Regex
		if f.Regexp, err = compileGeneric(src); err != nil {
			return nil, &fault{r.span(n), err.Error()}
		}
		return f, nil
	case op == Pattern:
		f.canonical, f.metavariables = canonical(src)
		return f, r.compile(f, n, s)
	}
	if f.Regexp, err = CompileRegexp(src, true); err != nil {
		return nil, &fault{r.span(n), err.Error()}
	}
	return f, nil
}

// all reads the list of a patterns.
func (r *reader) all(n *yaml.Node, s scope) (*Formula, error) {
	items, err := r.items(n, "patterns")
	if err != nil {
		return nil, err
	}
	if len(items) > maxChildren {
		return nil, &fault{r.span(n), fmt.Sprintf("more than %d patterns in one list", maxChildren)}
	}
	f := &Formula{Op: And}
	inner := s
	inner.context = false
	positive := s.context
	for _, item := range items {
		if item != nil && item.Kind == yaml.ScalarNode {
			child, err := r.leaf(item, Pattern, inner)
			if err != nil {
				return nil, err
			}
			f.Children, positive = append(f.Children, child), true
			continue
		}
		entries, err := r.entries(item)
		if err != nil {
			return nil, err
		}
		if len(entries) == 1 {
			done, err := r.condition(f, entries[0], s)
			if err != nil {
				return nil, err
			}
			if done {
				continue
			}
		}
		child, err := r.formula(item, inner)
		if err != nil {
			return nil, err
		}
		f.Children = append(f.Children, child)
		positive = positive || !child.negative()
	}
	if !positive {
		return nil, &fault{r.span(n), "nothing here says what to find: a list of patterns needs one that is not negated"}
	}
	return f, nil
}

// negative reports whether f only takes matches away.
func (f *Formula) negative() bool { return f.Op == Not || f.Op == NotInside || f.Op == NotRegex }

func (r *reader) either(n *yaml.Node, name string, s scope) (*Formula, error) {
	items, err := r.items(n, name)
	if err != nil {
		return nil, err
	}
	if len(items) == 0 || len(items) > maxChildren {
		return nil, &fault{r.span(n), fmt.Sprintf("%s must have between 1 and %d elements", name, maxChildren)}
	}
	f := &Formula{Op: Or}
	for _, item := range items {
		child, err := r.formula(item, s)
		if err != nil {
			return nil, err
		}
		if child.negative() {
			return nil, &fault{r.span(item), "a negated pattern can't be one of several to find"}
		}
		f.Children = append(f.Children, child)
	}
	return f, nil
}

var metavariable = regexp.MustCompile(`^\$(?:(?:\.\.\.)?[A-Z_][A-Z_0-9]*|[0-9]{1,2})$`)

func (r *reader) metavariable(n *yaml.Node) (string, error) {
	name, err := r.str(n, "a metavariable")
	if err != nil {
		return "", err
	}
	if !metavariable.MatchString(name) {
		return "", &fault{r.span(n), fmt.Sprintf("%q is no metavariable: they are written $NAME in capitals", clip(name))}
	}
	return name, nil
}
