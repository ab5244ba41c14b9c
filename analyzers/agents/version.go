package agents

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Version is the newest version of a package that a project's declarations allow, nearest
// to file first: of a lock file exactly, else the upper end of a requirement. "" where nothing bounds it.
func (p *Project) Version(file, pkg string) string {
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		for _, name := range []string{"uv.lock", "poetry.lock", "package-lock.json", "pyproject.toml", "package.json", "requirements.txt", "setup.py", "Pipfile"} {
			if text, ok := p.data[path.Join(dir, name)]; ok {
				if v, found := declared(name, text, pkg); found {
					return v
				}
			}
		}
		if dir == "." || dir == "/" {
			return ""
		}
	}
}

// declared is the version of pkg in one file; found tells whether the file names it at all.
func declared(name, text, pkg string) (version string, found bool) {
	if !strings.Contains(text, pkg) {
		return "", false
	}
	quoted := regexp.QuoteMeta(pkg)
	if strings.HasSuffix(name, ".lock") {
		_, rest, ok := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\nname = \""+pkg+"\"\nversion = \"")
		version, _, _ = strings.Cut(rest, "\"")
		return version, ok
	}
	if name == "package-lock.json" {
		m := regexp.MustCompile(`"node_modules/` + quoted + `": \{\s*"version": "([^"]+)"`).FindStringSubmatch(text)
		if m == nil {
			return "", false
		}
		return m[1], true
	}
	// langgraph>=0.2,<0.3  "langgraph[x] == 1.0.5"  langgraph = "^0.2"  "@langchain/langgraph": "^1.0.0"
	m := regexp.MustCompile(`(?m)(?:^|["'\s])` + quoted + `(?:\[[^\]]*\])?["']?\s*(?:[:=]\s*(?:\{[^}\n]*version\s*=\s*)?["'])?\s*([~^=<>!][^"';#\n]*|\d[^"';#\n]*)?`).FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	return newest(m[1]), true
}

// newest is the newest version that a requirement allows, "" when it has no upper end.
func newest(requirement string) string {
	for part := range strings.SplitSeq(requirement, ",") {
		part = strings.TrimSpace(part)
		number := strings.TrimLeft(part, "~^=<>! ")
		switch {
		case number == "":
		case strings.HasPrefix(part, "=="), part[0] >= '0' && part[0] <= '9':
			return strings.TrimSuffix(number, ".*")
		case strings.HasPrefix(part, "<="):
			return number
		case strings.HasPrefix(part, "<"):
			return below(number)
		case strings.HasPrefix(part, "~="), strings.HasPrefix(part, "~"):
			return below(bump(number, max(0, strings.Count(number, ".")-1)))
		case strings.HasPrefix(part, "^"):
			i := 0
			for fields := strings.Split(number, "."); i < len(fields)-1 && fields[i] == "0"; i++ {
				continue
			}
			return below(bump(number, i))
		}
	}
	return ""
}

// bump is the version whose field i is one higher, and that ends there.
func bump(version string, i int) string {
	fields := strings.Split(version, ".")
	i = min(i, len(fields)-1)
	n, _ := strconv.Atoi(fields[i])
	return strings.Join(append(slices.Clone(fields[:i]), strconv.Itoa(n+1)), ".")
}

// below is a version just under another one: 0.2.9999 of 0.3.
func below(version string) string {
	fields := strings.Split(version, ".")
	for i := len(fields) - 1; i >= 0; i-- {
		n, err := strconv.Atoi(fields[i])
		if err == nil && n > 0 {
			return strings.Join(append(slices.Clone(fields[:i]), strconv.Itoa(n-1), "9999"), ".")
		}
	}
	return version
}

// versionLess compares dotted versions by their numbers.
func versionLess(a, b string) bool {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(x), len(y)) {
		var m, n int
		if i < len(x) {
			m = atoi(x[i])
		}
		if i < len(y) {
			n = atoi(y[i])
		}
		if m != n {
			return m < n
		}
	}
	return false
}
