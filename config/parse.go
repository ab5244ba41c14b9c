package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/qodacode/qodacode/parser/text"
)

// Limits of a configuration file. A real one has a few kilobytes.
const (
	maxBytes        = 256 << 10
	maxSyntaxErrors = 10
	maxDepth        = 32
)

// Parse reads src, the content of the workspace file at path. It never fails: what is wrong
// is a Problem, and the rest is used.
func Parse(path string, src *text.Text) (*Config, []Problem) {
	l, problems := parse(path, src, table, false)
	return build(path, filepath.Dir(path), l, nil), problems
}

// WithUser is c with the settings that an editor sent; what c's workspace file sets stays.
// Settings that are not ours are left alone, since an editor's own may stand among them.
func (c *Config) WithUser(user Settings) (*Config, []Problem) {
	l, problems := parseSettings(user)
	return build(c.Path, c.Root, c.workspace, append(slices.Clip(c.user), l)), problems
}

// parse reads one file against a table of keys. byUser tells that the file is the user's own.
func parse(path string, src *text.Text, keys []Key, byUser bool) (layer, []Problem) {
	p := &parsing{file: Problem{Path: path, Text: src}, keys: keys, byUser: byUser, skip: map[string]bool{}, listed: map[string]int{}}
	if src.Len() > maxBytes {
		p.problem(text.Span{}, "%s is larger than %d bytes and is not read", filepath.Base(path), maxBytes)
		return nil, p.problems
	}
	values, valid := p.decode(src.String())
	p.entries, _ = scan(valid)
	for i, e := range p.entries {
		p.at = i
		p.entry(e, values)
	}
	return p.layer, p.problems
}

type parsing struct {
	file     Problem
	keys     []Key
	byUser   bool
	skip     map[string]bool // paths that were reported as a whole, so that their parts are not
	entries  []entry
	at       int            // the entry that is being looked at
	listed   map[string]int // how many sections of a list were seen, by path
	layer    layer
	problems []Problem
}

func (p *parsing) problem(span text.Span, format string, args ...any) {
	at := p.file
	at.Span, at.Message = span, fmt.Sprintf(format, args...)
	p.problems = append(p.problems, at)
}

// decode is what the TOML library makes of src. At a syntax error it blanks the line, or the
// section if the line is a header, and tries again; valid is the text that was understood at last.
func (p *parsing) decode(src string) (values map[string]any, valid string) {
	if strings.HasPrefix(src, "\ufeff") {
		src = "   " + src[3:] // keeps the offsets
	}
	for range maxSyntaxErrors {
		if _, deepest := scan(src); deepest > maxDepth {
			p.problem(text.Span{}, "%s nests more than %d levels deep and is not read", filepath.Base(p.file.Path), maxDepth)
			return nil, ""
		}
		values = nil
		_, err := toml.Decode(src, &values)
		if err == nil {
			return values, src
		}
		var syntax toml.ParseError
		if !errors.As(err, &syntax) {
			p.problem(text.Span{}, "%s cannot be read: %v", filepath.Base(p.file.Path), err)
			return nil, ""
		}
		at := max(0, min(syntax.Position.Start, len(src)))
		if at > 0 && (at == len(src) || src[at] == '\n') {
			at-- // behind the line that is meant
		}
		p.problem(text.Span{Start: at, End: min(at+max(1, syntax.Position.Len), len(src))}, "syntax error: %s; this part is ignored", syntax.Message)
		from, to := damaged(src, at)
		if strings.TrimSpace(src[from:to]) == "" {
			return nil, "" // nothing left to blank: the place is not the cause
		}
		src = src[:from] + blanked(src[from:to]) + src[to:]
	}
	p.problem(text.Span{}, "%s has more than %d syntax errors and is not read", filepath.Base(p.file.Path), maxSyntaxErrors)
	return nil, ""
}

// damaged is the line at offset; the whole section if the line is its header.
func damaged(src string, offset int) (from, to int) {
	from = strings.LastIndexByte(src[:offset], '\n') + 1
	next := "\n"
	if strings.HasPrefix(strings.TrimLeft(src[from:], " \t"), "[") {
		next = "\n["
	}
	if i := strings.Index(src[from:], next); i >= 0 {
		return from, from + i
	}
	return from, len(src)
}

func blanked(s string) string {
	b := []byte(s)
	for i := range b {
		if b[i] != '\n' && b[i] != '\r' {
			b[i] = ' '
		}
	}
	return string(b)
}

// entry checks one key and keeps its setting.
func (p *parsing) entry(e entry, values map[string]any) {
	k, section := lookup(p.keys, e.path)
	for n := range e.path {
		if p.skip[joined(e.path[:n+1])] && (k == nil || !k.listed) {
			return
		}
	}
	for n := 1; n < len(e.path) && k == nil && !section; n++ {
		if outer, _ := lookup(p.keys, e.path[:n]); outer != nil && outer.section { // models.name.alias = …
			k, e = outer, entry{path: e.path[:n], key: e.key, header: true}
		}
	}
	name := strings.Join(e.path, ".")
	switch {
	case k != nil && k.Scope == User && !p.byUser:
		p.problem(e.key, "%s can only be set in user settings; a workspace file must not choose endpoints, commands or keys", name)
	case k != nil && k.listed:
		p.setListed(k, e, find(values, e.path))
	case k != nil:
		p.set(k, e, find(values, e.path))
	case !section:
		p.unknown(e)
	default:
		if _, ok := find(values, e.path).(map[string]any); !ok {
			p.problem(e.key, "%s is a section; write [%[1]s] with its keys below", name)
			p.skip[joined(e.path)] = true
		}
	}
}

// joined is a path as the key of a map; a NUL is in no TOML text.
func joined(path []string) string { return strings.Join(path, "\x00") }

// unknown reports the first segment of a path that no key has, and what stands below it is passed over.
func (p *parsing) unknown(e entry) {
	for n := 1; n <= len(e.path); n++ {
		path := e.path[:n]
		k, section := lookup(p.keys, path)
		if section {
			continue
		}
		p.skip[joined(path)] = true
		if k != nil {
			p.problem(e.key, "%s has no keys of its own; expected a %s", strings.Join(path, "."), k.Type)
			return
		}
		what, siblings := "key", p.siblings(path[:n-1])
		if n < len(e.path) || e.header {
			what = "section"
		}
		p.problem(e.key, "unknown %s %s; %s", what, quote(path[n-1]), Suggest(path[n-1], siblings, "known here: "+strings.Join(siblings, ", ")))
		return
	}
}

func (p *parsing) set(k *Key, e entry, value any) {
	name := e.path[len(e.path)-1]
	place := e.value
	if e.header {
		place = e.key
		p.skip[joined(e.path)] = true // what stands below is part of it
	}
	at := p.file
	at.Span = e.key
	s := setting{key: k, name: name, value: value, place: at, from: origin{p.file.Path, p.byUser}}
	if err := s.try(); err != nil {
		instead := "this line is ignored"
		if k.section {
			instead = "this section is ignored"
		}
		if inner := (fieldError{}); errors.As(err, &inner) {
			place = p.below(e, inner.key, place)
		}
		if k.Default != "" {
			instead = "the default " + k.Default + " is used"
		}
		if s, ok := value.(string); ok && Nearest(s, k.Values) != "" {
			instead = "did you mean " + quote(Nearest(s, k.Values)) + "? Until then " + instead
		}
		p.problem(place, "%s: %v; %s", strings.Join(e.path, "."), err, instead)
		return
	}
	p.layer = append(p.layer, s)
}

// setListed sets what an entry has of a list of sections: the next one, or with a list in one line all.
func (p *parsing) setListed(k *Key, e entry, value any) {
	list := sections(value)
	if !e.header {
		for _, element := range list {
			p.set(k, e, element)
		}
		if list == nil {
			p.set(k, e, value)
		}
		return
	}
	i := p.listed[joined(e.path)]
	p.listed[joined(e.path)]++
	if i < len(list) {
		value = list[i]
	}
	p.set(k, e, value)
}

// sections are the elements of a list; nil for what is none.
func sections(value any) []any {
	switch list := value.(type) {
	case []any:
		return list
	case []map[string]any:
		out := make([]any, len(list))
		for i := range list {
			out[i] = list[i]
		}
		return out
	}
	return nil
}

// try checks the value of s.
func (s *setting) try() error {
	c := build("", "", nil, nil)
	c.from = s.from
	return s.key.set(c, s.name, s.value)
}

// fieldError is what is wrong with a key of a section that is one value.
type fieldError struct {
	key string
	err error
}

func (e fieldError) Error() string { return e.key + ": " + e.err.Error() }

// below is where the value of a key of e's section stands; otherwise where there is none.
func (p *parsing) below(e entry, key string, otherwise text.Span) text.Span {
	n := len(e.path)
	for i, inner := range p.entries[p.at:] {
		if len(inner.path) < n || !slices.Equal(inner.path[:n], e.path) || len(inner.path) == n && i > 0 {
			break // another section begins
		}
		if len(inner.path) > n && inner.path[n] == key {
			if inner.value.Len() == 0 {
				return inner.key
			}
			return inner.value
		}
	}
	return otherwise
}

// siblings are the names that keys have below a section.
func (p *parsing) siblings(section []string) []string {
	var names []string
	for _, k := range p.keys {
		segments := strings.Split(k.Name, ".")
		if n := len(section); len(segments) > n && slices.Equal(segments[:n], section) && !slices.Contains(names, segments[n]) {
			names = append(names, segments[n])
		}
	}
	return names
}

// lookup finds the key of a path; section tells that the path is a section of keys.
func lookup(keys []Key, path []string) (k *Key, section bool) {
	for i := range keys {
		segments := strings.Split(keys[i].Name, ".")
		n := len(path)
		if n < len(segments) && slices.Equal(segments[:n], path) {
			section = true
		}
		if n == len(segments) && slices.Equal(segments[:n-1], path[:n-1]) && (segments[n-1] == path[n-1] || segments[n-1] == "*") {
			return &keys[i], false
		}
	}
	return nil, section
}

// find is the value at path, nil where there is none.
func find(values map[string]any, path []string) any {
	var v any = values
	for _, segment := range path {
		table, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = table[segment]
	}
	return v
}
