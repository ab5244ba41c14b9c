package rule

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/qodacode/qodacode/analyzers/sast/pattern"
	"github.com/qodacode/qodacode/parser"
	"go.yaml.in/yaml/v3"
)

type patternKey struct {
	language parser.Language
	source   string
}

// compiled is a pattern in a language, read when it is first asked for.
type compiled struct {
	key     patternKey
	once    sync.Once
	pattern *pattern.Pattern
	err     error
}

func (c *compiled) get() (*pattern.Pattern, error) {
	c.once.Do(func() {
		defer func() {
			if caught := recover(); caught != nil {
				c.pattern, c.err = nil, errors.New("it is too strange")
			}
		}()
		c.pattern, c.err = pattern.Compile(c.key.language, c.key.source)
	})
	return c.pattern, c.err
}

// Pattern is the pattern of f, whose Op is Pattern, in a language; nil where it can't be read in
// it or the rule is not for it.
func (f *Formula) Pattern(l parser.Language) *pattern.Pattern {
	for _, c := range f.patterns {
		if c.key.language == l {
			p, _ := c.get()
			return p
		}
	}
	return nil
}

// compile reads f's pattern for the languages of its rule. A pattern that one of several
// languages can't read is left out there; one that none can is a fault.
func (r *reader) compile(f *Formula, n *yaml.Node, s scope) error {
	var first error
	read := 0
	for _, language := range s.languages {
		c := r.pattern(language, f.Source)
		f.patterns = append(f.patterns, c)
		if r.lazy {
			continue
		}
		if _, err := c.get(); err == nil {
			read++
		} else if first == nil {
			first = err
		}
	}
	if read > 0 || first == nil {
		return nil
	}
	at := r.span(n)
	var bad *pattern.Error
	if errors.As(first, &bad) {
		at = r.inside(n, bad.Offset)
	}
	return &fault{at, fmt.Sprintf("the pattern can't be read as %s: %s", languageName(s.languages[0]), first)}
}

func (r *reader) pattern(language parser.Language, source string) *compiled {
	key := patternKey{language, source}
	c := r.patterns[key]
	if c == nil {
		c = &compiled{key: key}
		r.patterns[key] = c
	}
	return c
}

// compileTypes makes patterns of the types that a condition names.
func (r *reader) compileTypes(c *Condition, n *yaml.Node, s scope) error {
	c.Types = map[parser.Language][]*pattern.Pattern{}
	for _, language := range s.languages {
		for _, name := range c.Type {
			p, err := r.pattern(language, "($X: "+strings.TrimSpace(name)+")").get()
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
