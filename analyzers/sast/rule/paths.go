package rule

import (
	"regexp"
	"strings"
	"sync"
)

// Match reports whether the paths allow a file: its path relative to the folder that is
// checked, with slashes. Without includes all files are included.
func (p *Paths) Match(path string) bool {
	if p == nil || len(p.Include) == 0 && len(p.Exclude) == 0 {
		return true
	}
	included := len(p.Include) == 0
	for _, glob := range p.Include {
		included = included || matchGlob(glob, path)
	}
	if !included {
		return false
	}
	for _, glob := range p.Exclude {
		if matchGlob(glob, path) {
			return false
		}
	}
	return true
}

// globs are the expressions of globs; their number is limited by that of the rules.
var globs sync.Map

// matchGlob matches a glob in gitignore's syntax: one without a slash in it names a file or
// folder anywhere, ** spans folders, and what lies in a matching folder matches too.
func matchGlob(glob, path string) bool {
	re, ok := globs.Load(glob)
	if !ok {
		compiled, err := regexp.Compile(globExpression(glob))
		if err != nil {
			return false
		}
		re, _ = globs.LoadOrStore(glob, compiled)
	}
	return re.(*regexp.Regexp).MatchString(strings.TrimPrefix(path, "/"))
}

func globExpression(glob string) string {
	glob = strings.TrimPrefix(glob, "./")
	trimmed := strings.TrimSuffix(glob, "/")
	anchored := strings.Contains(trimmed, "/")
	trimmed = strings.TrimPrefix(trimmed, "/")
	var b strings.Builder
	b.WriteString("^")
	if !anchored {
		b.WriteString("(?:.*/)?")
	}
	for i := 0; i < len(trimmed); {
		rest := trimmed[i:]
		switch {
		case strings.HasPrefix(rest, "**/"):
			b.WriteString("(?:.*/)?")
			i += 3
		case strings.HasPrefix(rest, "**"):
			b.WriteString(".*")
			i += 2
		case rest[0] == '*':
			b.WriteString("[^/]*")
			i++
		case rest[0] == '?':
			b.WriteString("[^/]")
			i++
		case rest[0] == '[' && strings.IndexByte(rest, ']') > 1:
			end := strings.IndexByte(rest, ']')
			class := rest[1:end]
			if class[0] == '!' {
				class = "^" + class[1:]
			}
			b.WriteString("[" + strings.NewReplacer(`\`, `\\`, `[`, `\[`).Replace(class) + "]")
			i += end + 1
		default:
			b.WriteString(regexp.QuoteMeta(rest[:1]))
			i++
		}
	}
	b.WriteString("(?:/.*)?$")
	return b.String()
}
