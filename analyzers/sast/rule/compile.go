package rule

import (
	"errors"
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/parser"
	"go.yaml.in/yaml/v3"
)

type patternKey struct {
	language parser.Language
	source   string
}

type compiled struct {
	pattern *pattern.Pattern
	err     error
}

// compile reads f's pattern for the languages of its rule. A pattern that one of several
// languages can't read is left out there; one that none can is a fault.
func (r *reader) compile(f *Formula, n *yaml.Node, s scope) error {
	f.Patterns = make(map[parser.Language]*pattern.Pattern, len(s.languages))
	var first error
	for _, language := range s.languages {
		p, err := r.pattern(language, f.Source)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		f.Patterns[language] = p
	}
	if len(f.Patterns) > 0 || first == nil {
		return nil
	}
	at := r.span(n)
	var bad *pattern.Error
	if errors.As(first, &bad) {
		at = r.inside(n, bad.Offset)
	}
	return &fault{at, fmt.Sprintf("the pattern can't be read as %s: %s", languageName(s.languages[0]), first)}
}

func (r *reader) pattern(language parser.Language, source string) (p *pattern.Pattern, err error) {
	key := patternKey{language, source}
	if c, ok := r.patterns[key]; ok {
		return c.pattern, c.err
	}
	defer func() {
		if caught := recover(); caught != nil {
			p, err = nil, errors.New("it is too strange")
		}
		r.patterns[key] = compiled{p, err}
	}()
	return pattern.Compile(language, source)
}

// compileTypes makes patterns of the types that a condition names.
func (r *reader) compileTypes(c *Condition, n *yaml.Node, s scope) error {
	c.Types = map[parser.Language][]*pattern.Pattern{}
	for _, language := range s.languages {
		for _, name := range c.Type {
			p, err := r.pattern(language, "($X: "+strings.TrimSpace(name)+")")
			if err != nil {
				return &fault{r.span(n), fmt.Sprintf("%q is no type of %s", clip(name), languageName(language))}
			}
			c.Types[language] = append(c.Types[language], p)
		}
	}
	return nil
}

func languageName(l parser.Language) string {
	switch l {
	case parser.Python:
		return "Python"
	case parser.JavaScript:
		return "JavaScript"
	}
	return "TypeScript"
}
