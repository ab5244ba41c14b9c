package deps

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/qodacode/qodacode/parser/jsonc"
	"github.com/qodacode/qodacode/parser/text"
)

// pyproject reads PEP 621, PEP 735, Poetry, PDM, Hatch and uv.
func pyproject(_, src string) manifest {
	m := manifest{registry: PyPI}
	dynamic, filed := false, false
	add := func(it tomlItem) {
		m.lists = true
		if d, ok := pep508(it.str, it.span.Start); ok {
			m.names = append(m.names, d)
		}
	}
	scanTOML(src, func(it tomlItem) {
		poetryList := it.table == "tool.poetry.dependencies" || it.table == "tool.poetry.dev-dependencies" ||
			strings.HasPrefix(it.table, "tool.poetry.group.") && strings.HasSuffix(it.table, ".dependencies")
		switch {
		case it.key == "name" && (it.table == "project" || it.table == "tool.poetry"):
			m.own = it.str
		case it.table == "project" && it.key == "dependencies":
			m.lists = true // an empty list says that nothing is needed
			if it.inArray {
				add(it)
			}
		case it.table == "project" && it.key == "dynamic" && it.str == "dependencies":
			dynamic = true
		case it.table == "tool.setuptools.dynamic" && it.key == "dependencies":
			filed = true // in requirements files, which are manifests of their own
		case (it.table == "project.optional-dependencies" || it.table == "dependency-groups" || it.table == "tool.pdm.dev-dependencies") && it.inArray,
			it.table == "build-system" && it.key == "requires" && it.inArray,
			it.table == "tool.uv" && (it.key == "dev-dependencies" || it.key == "constraint-dependencies" || it.key == "override-dependencies") && it.inArray,
			strings.HasPrefix(it.table, "tool.hatch.envs.") && strings.HasSuffix(it.key, "dependencies") && it.inArray:
			lists := m.lists
			add(it)
			m.lists = lists || it.table == "project.optional-dependencies" || it.table == "dependency-groups"
		case poetryList && it.key == "python":
			m.lists = true
		case poetryList:
			m.lists = true
			key, _, _ := strings.Cut(it.key, ".")
			if it.key != key && len(m.names) > 0 && m.names[len(m.names)-1].name == key {
				break
			}
			m.names = append(m.names, declared{name: key, span: text.Span{Start: it.keySpan.Start, End: it.keySpan.Start + min(len(key), it.keySpan.Len())}, local: isLocalTable(it.raw)})
		case strings.HasPrefix(it.table, "tool.uv.sources") || it.table == "tool.uv.workspace":
			// a source tells that the name is not the registry's
			if it.table == "tool.uv.sources" {
				m.names = append(m.names, declared{name: it.key, local: true})
			}
		}
	})
	m.open = dynamic && !filed
	return m
}

// isLocalTable reports whether the value of a dependency says where else it comes from.
func isLocalTable(raw string) bool {
	return strings.HasPrefix(raw, "{") && regexp.MustCompile(`\b(?:path|git|url|file|workspace|editable|index|source)\s*=`).MatchString(raw)
}

func pipfile(_, src string) manifest {
	m := manifest{registry: PyPI}
	scanTOML(src, func(it tomlItem) {
		if it.table == "packages" || it.table == "dev-packages" {
			m.lists = true
			m.names = append(m.names, declared{name: it.key, span: it.keySpan, local: isLocalTable(it.raw)})
		}
	})
	return m
}

func pipfileLock(_, src string) manifest {
	m := manifest{registry: PyPI, lock: true}
	root, _ := jsonc.Parse(src)
	for _, group := range root.Members {
		if group.Key == "_meta" {
			continue
		}
		for _, p := range group.Value.Members {
			m.names = append(m.names, declared{name: p.Key, span: p.KeySpan})
		}
	}
	return m
}

// tomlLock reads uv.lock, poetry.lock and pdm.lock, whose packages are [[package]] tables.
func tomlLock(_, src string) manifest {
	m := manifest{registry: PyPI, lock: true}
	scanTOML(src, func(it tomlItem) {
		if (it.table == "package" || it.table == "packages") && it.key == "name" {
			m.names = append(m.names, declared{name: it.str, span: it.span})
		}
	})
	return m
}

// setupCfg reads the lists of setup.cfg and tox.ini: a key, and requirements below it, indented.
func setupCfg(name, src string) manifest {
	m := manifest{registry: PyPI}
	section, key := "", ""
	at := 0
	for line := range strings.Lines(src) {
		start := at
		at += len(line)
		line = strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || trimmed[0] == '#' || trimmed[0] == ';':
			continue
		case trimmed[0] == '[' && strings.HasSuffix(trimmed, "]"):
			section, key = strings.Trim(trimmed, "[]"), ""
			continue
		case line[0] != ' ' && line[0] != '\t':
			before, after, ok := strings.Cut(line, "=")
			if !ok {
				continue
			}
			key = strings.TrimSpace(before)
			start += len(before) + 1
			line = after
		}
		if section == "metadata" && key == "name" {
			m.own = strings.TrimSpace(line)
		}
		isList := section == "options" && (key == "install_requires" || key == "tests_require" || key == "setup_requires") ||
			section == "options.extras_require" || strings.HasPrefix(section, "testenv") && key == "deps"
		if !isList || strings.TrimSpace(line) == "" {
			continue
		}
		m.lists = m.lists || key == "install_requires"
		for part := range strings.SplitSeq(line, "\n") {
			if strings.HasPrefix(strings.TrimSpace(part), "file:") {
				m.open = true
			} else if strings.HasPrefix(section, "testenv") {
				if _, rest, factor := strings.Cut(part, ": "); factor {
					start += len(part) - len(rest)
					part = rest
				}
				if d, ok := pep508(part, start); ok {
					m.names = append(m.names, d)
				}
			} else if d, ok := pep508(part, start); ok {
				m.names = append(m.names, d)
			}
		}
	}
	return m
}

// setupList is an argument of setup() that lists packages, or a variable that is named so.
var (
	setupList   = regexp.MustCompile(`(?i)\b(install_requires|tests_require|setup_requires|extras_require|requirements|requires|dependencies|deps|extras|\w*_(?:requires|requirements|deps|dependencies))\s*[=:]\s*([\[{(]?)`)
	setupName   = regexp.MustCompile(`\bname\s*=\s*["']([A-Za-z0-9._-]+)["']`)
	sessionCall = regexp.MustCompile(`session\.install\(([^)]*)\)`)
	quoted      = regexp.MustCompile(`"([^"\n]*)"|'([^'\n]*)'`)
)

// setupPy reads the lists of a setup.py without running it. A list that is computed makes
// the manifest open.
func setupPy(name, src string) manifest {
	m := manifest{registry: PyPI}
	if found := setupName.FindStringSubmatch(src); found != nil {
		m.own = found[1]
	}
	take := func(start, end int) {
		for _, q := range quoted.FindAllStringSubmatchIndex(src[start:end], -1) {
			from, to := q[2], q[3]
			if from < 0 {
				from, to = q[4], q[5]
			}
			if d, ok := pep508(src[start+from:start+to], start+from); ok {
				m.names = append(m.names, d)
			}
		}
	}
	for _, found := range sessionCall.FindAllStringSubmatchIndex(src, -1) {
		take(found[2], found[3])
	}
	for _, found := range setupList.FindAllStringSubmatchIndex(src, -1) {
		argument := src[found[2]:found[3]] == "install_requires"
		if found[4] == found[5] { // not a literal
			m.open = m.open || argument && !strings.Contains(src, "requirements")
			continue
		}
		m.lists = m.lists || argument
		take(found[4], closing(src, found[4]))
	}
	return m
}

// closing is the place of the bracket that closes the one at start.
func closing(src string, start int) int {
	depth := 0
	for i := start; i < len(src); i++ {
		switch c := src[i]; c {
		case '[', '{', '(':
			depth++
		case ']', '}', ')':
			if depth--; depth == 0 {
				return i
			}
		case '"', '\'':
			for i++; i < len(src) && src[i] != c && src[i] != '\n'; i++ {
				continue
			}
		case '#':
			for i < len(src) && src[i] != '\n' {
				i++
			}
		}
	}
	return len(src)
}

// conda reads an environment of conda: its own packages are named as PyPI's, mostly.
func conda(_, src string) manifest {
	m := manifest{registry: PyPI, lists: true}
	var env struct {
		Dependencies []yaml.Node `yaml:"dependencies"`
	}
	if yaml.Unmarshal([]byte(src), &env) != nil {
		m.open = true
		return m
	}
	lines := text.New(src)
	take := func(n *yaml.Node, judged bool) {
		at := lines.Line(n.Line-1).Start + n.Column - 1
		if n.Style == yaml.DoubleQuotedStyle || n.Style == yaml.SingleQuotedStyle {
			at++
		}
		_, bare, channel := strings.Cut(n.Value, "::")
		if !channel {
			bare = n.Value
		}
		if d, ok := pep508(bare, at); ok {
			d.local = !judged
			m.names = append(m.names, d)
		}
	}
	for i := range env.Dependencies {
		switch n := &env.Dependencies[i]; n.Kind {
		case yaml.ScalarNode:
			take(n, false)
		case yaml.MappingNode:
			for j := 1; j < len(n.Content); j += 2 {
				for _, p := range n.Content[j].Content {
					take(p, true)
				}
			}
		}
	}
	return m
}
