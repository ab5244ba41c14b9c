package deps

import (
	"path"
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser/text"
)

// declared is a package that a manifest asks for.
type declared struct {
	name string    // as written
	span text.Span // of the name
	// local is set for what comes from a folder, an address or another name, whose own name
	// says nothing about the registry.
	local bool
}

// manifest is what a file says about a project's packages.
type manifest struct {
	registry Registry
	names    []declared
	lock     bool // it names what was really found in the registry
	// lists tells that the file lists what the project needs: one that only configures tools
	// does not make an undeclared import a finding.
	lists bool
	// open is set where something may be declared that can't be read: a computed list.
	open bool
	own  string // the name of the project itself, "" where it has none
}

// reader reads a kind of manifest.
type reader func(name, src string) manifest

// readerOf is how a file of that name is read; nil for one that is no manifest.
func readerOf(name string) reader {
	base := path.Base(name)
	lower := strings.ToLower(base)
	switch base {
	case "pyproject.toml":
		return pyproject
	case "setup.cfg", "tox.ini":
		return setupCfg
	case "setup.py", "noxfile.py":
		return setupPy
	case "Pipfile":
		return pipfile
	case "Pipfile.lock":
		return pipfileLock
	case "uv.lock", "poetry.lock", "pdm.lock", "pylock.toml":
		return tomlLock
	case "package.json":
		return packageJSON
	case "package-lock.json", "npm-shrinkwrap.json":
		return packageLock
	case "pnpm-lock.yaml":
		return pnpmLock
	case "yarn.lock":
		return yarnLock
	case "bun.lock":
		return bunLock
	case "deno.json", "deno.jsonc", "deno.lock":
		return denoJSON
	case "environment.yml", "environment.yaml", "conda.yml", "conda.yaml":
		return conda
	}
	switch {
	case isRequirements(name):
		return requirements
	case strings.HasPrefix(lower, "dockerfile") || strings.HasSuffix(lower, ".dockerfile"):
		return installed
	case strings.HasPrefix(lower, "environment") && (strings.HasSuffix(lower, ".yml") || strings.HasSuffix(lower, ".yaml")):
		return conda
	}
	return nil
}

// isRequirements knows requirements.txt under the names that people give it:
// requirements-dev.txt, dev-requirements.txt, requirements/base.txt, constraints.txt, .in.
func isRequirements(name string) bool {
	base := strings.ToLower(path.Base(name))
	ext := path.Ext(base)
	if ext != ".txt" && ext != ".in" {
		return false
	}
	return strings.Contains(base, "requirements") || strings.HasPrefix(base, "constraints") || strings.ToLower(path.Base(path.Dir(name))) == "requirements"
}

// IsManifest reports whether a file of that name says something about a project's packages.
func IsManifest(name string) bool { return readerOf(name) != nil }

// requirement is a name at the beginning of a requirement of PEP 508.
var requirement = regexp.MustCompile(`^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:$|[<>=!~;,@(#\s])`)

// pep508 is the package that a requirement names; s stands at offset at.
func pep508(s string, at int) (declared, bool) {
	m := requirement.FindStringSubmatchIndex(s)
	if m == nil {
		return declared{}, false
	}
	rest := strings.TrimLeft(s[m[3]:], " \t")
	if i := strings.IndexByte(rest, ']'); strings.HasPrefix(rest, "[") && i >= 0 {
		rest = strings.TrimLeft(rest[i+1:], " \t")
	}
	d := declared{name: s[m[2]:m[3]], span: text.Span{Start: at + m[2], End: at + m[3]}, local: strings.HasPrefix(rest, "@")}
	return d, true
}

func requirements(_, src string) manifest {
	m := manifest{registry: PyPI, lists: true}
	at := 0
	for line := range strings.Lines(src) {
		start := at
		at += len(line)
		line = strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimLeft(line, " \t")
		switch {
		case trimmed == "" || trimmed[0] == '#':
		case strings.HasPrefix(trimmed, "-"):
			// #egg=name of an address or an editable folder
			if _, egg, ok := strings.Cut(trimmed, "#egg="); ok {
				if d, ok := pep508(egg, start); ok {
					d.local = true
					m.names = append(m.names, d)
				}
			}
		case strings.Contains(trimmed, "://") && !strings.Contains(trimmed, "@ "):
			if _, egg, ok := strings.Cut(trimmed, "#egg="); ok {
				if d, ok := pep508(egg, start); ok {
					d.local = true
					m.names = append(m.names, d)
				}
			}
		default:
			if d, ok := pep508(line, start); ok {
				m.names = append(m.names, d)
			}
		}
	}
	return m
}

// installCommand is pip install … and its relatives, in a Dockerfile, a script or a notebook.
var installCommand = regexp.MustCompile(`(?:pip3?|uv|conda|mamba|poetry|pipx|npm|pnpm|yarn|bun)\s+(?:install|add|pip install|i)\s+([^&|;\n]*)`)

// installed are the packages that commands install; they count as declared, and are not judged.
func installed(_, src string) manifest {
	m := manifest{registry: PyPI}
	for _, found := range installCommand.FindAllStringSubmatch(strings.ReplaceAll(src, "\\\n", " "), -1) {
		for word := range strings.FieldsSeq(found[1]) {
			word = strings.Trim(word, `"'`)
			if d, ok := pep508(word, 0); ok {
				d.local = true
				m.names = append(m.names, d)
			}
		}
	}
	return m
}
