package config

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// glob matches slash-separated paths in the manner of .gitignore. One that matches a folder matches all in it.
type glob struct{ re *regexp.Regexp }

type ignored struct {
	glob  glob
	rules []string
}

// Excluded reports whether check.exclude names path, a file or a folder: absolute, or relative to Root.
func (c *Config) Excluded(path string) bool {
	rel, ok := c.relative(path)
	return ok && slices.ContainsFunc(c.Check.exclude, func(g glob) bool { return g.match(rel, c.Root == "") })
}

// Ignored reports whether [ignore] silences a rule in the file at path: absolute, or relative to Root.
func (c *Config) Ignored(path, rule, family string) bool {
	if len(c.ignored) == 0 {
		return false
	}
	rel, ok := c.relative(path)
	return ok && slices.ContainsFunc(c.ignored, func(i ignored) bool {
		return (slices.Contains(i.rules, rule) || slices.Contains(i.rules, family)) && i.glob.match(rel, c.Root == "")
	})
}

// relative is path as globs see it; ok is false for a path outside Root.
func (c *Config) relative(path string) (rel string, ok bool) {
	if c.Root != "" && filepath.IsAbs(path) {
		var err error
		if path, err = filepath.Rel(c.Root, path); err != nil {
			return "", false
		}
	}
	path = strings.TrimPrefix(filepath.ToSlash(filepath.Clean(path)), "/")
	return path, path != ".." && !strings.HasPrefix(path, "../")
}

// match tries path, and with anywhere also what follows each of its slashes.
func (g glob) match(path string, anywhere bool) bool {
	for {
		if g.re.MatchString(path) {
			return true
		}
		i := strings.IndexByte(path, '/')
		if i < 0 || !anywhere {
			return false
		}
		path = path[i+1:]
	}
}

// compileGlob translates to a regular expression, which Go matches in linear time whatever the pattern.
func compileGlob(pattern string) (glob, error) {
	rest := strings.TrimSuffix(strings.TrimPrefix(pattern, "./"), "/")
	if rest == "" {
		return glob{}, fmt.Errorf("%s is no glob: it names nothing; write ** for everything", quote(pattern))
	}
	var b strings.Builder
	if b.WriteString("(?s)^"); !strings.Contains(rest, "/") {
		b.WriteString("(?:.*/)?")
	}
	rest = strings.TrimPrefix(rest, "/")
	for rest != "" {
		switch {
		case strings.HasPrefix(rest, "**/"):
			b.WriteString("(?:.*/)?")
			rest = rest[3:]
		case strings.HasPrefix(rest, "**"):
			b.WriteString(".*")
			rest = rest[2:]
		case rest[0] == '*':
			b.WriteString("[^/]*")
			rest = rest[1:]
		case rest[0] == '?':
			b.WriteString("[^/]")
			rest = rest[1:]
		case rest[0] == '[' && strings.IndexByte(rest, ']') > 1:
			end := strings.IndexByte(rest, ']')
			class := strings.NewReplacer(`\`, `\\`, `[`, `\[`).Replace(rest[1:end])
			if class[0] == '!' {
				class = "^" + class[1:]
			}
			b.WriteString("[" + class + "]")
			rest = rest[end+1:]
		default:
			n := strings.IndexAny(rest[1:], "*?[") + 1
			if n == 0 {
				n = len(rest)
			}
			b.WriteString(regexp.QuoteMeta(rest[:n]))
			rest = rest[n:]
		}
	}
	b.WriteString("(?:/.*)?$")
	re, err := regexp.Compile(b.String())
	if err != nil {
		return glob{}, fmt.Errorf("%s is no glob: check its brackets", quote(pattern))
	}
	return glob{re}, nil
}
