package deps

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser/jsonc"
	"github.com/qodacode/qodacode/parser/text"
)

// packageFields are the fields of package.json that name packages.
var packageFields = []string{"dependencies", "devDependencies", "peerDependencies", "optionalDependencies"}

func packageJSON(_, src string) manifest {
	m := manifest{registry: NPM}
	root, ok := jsonc.Parse(src)
	m.open = !ok // somebody is typing in it
	m.own = root.Get("name").Text
	for _, field := range packageFields {
		list := root.Get(field)
		m.lists = m.lists || list.Kind == jsonc.Object
		for _, p := range list.Members {
			m.names = append(m.names, declared{name: p.Key, span: unquoted(p.KeySpan), local: !fromRegistry(p.Value.Text)})
			if alias, ok := strings.CutPrefix(p.Value.Text, "npm:"); ok {
				if at := strings.LastIndexByte(alias, '@'); at > 0 {
					alias = alias[:at]
				}
				start := p.Value.Span.Start + 1 + len("npm:")
				m.names = append(m.names, declared{name: alias, span: text.Span{Start: start, End: start + len(alias)}})
			}
		}
	}
	for _, field := range []string{"bundleDependencies", "bundledDependencies"} {
		for _, p := range root.Get(field).Elems {
			m.names = append(m.names, declared{name: p.Text, local: true})
		}
	}
	// An import map of the package's own: "#lib/*".
	for _, p := range root.Get("imports").Members {
		m.names = append(m.names, declared{name: strings.TrimSuffix(p.Key, "/*"), local: true})
	}
	return m
}

// fromRegistry reports whether a version means that the package of that name is npm's.
func fromRegistry(version string) bool {
	return !strings.ContainsAny(version, ":/") || strings.HasPrefix(version, "catalog:")
}

func unquoted(s text.Span) text.Span {
	return text.Span{Start: s.Start + 1, End: max(s.Start+1, s.End-1)}
}

func packageLock(_, src string) manifest {
	m := manifest{registry: NPM, lock: true}
	root, _ := jsonc.Parse(src)
	for _, p := range root.Get("packages").Members {
		if i := strings.LastIndex(p.Key, "node_modules/"); i >= 0 && !p.Value.Get("link").True() {
			m.names = append(m.names, declared{name: p.Key[i+len("node_modules/"):]})
		}
	}
	for _, p := range root.Get("dependencies").Members { // version 1
		m.names = append(m.names, declared{name: p.Key})
	}
	return m
}

// lockLine is the name of a package in pnpm-lock.yaml ("/name@1.0.0:", "'@a/b@1.0.0':") and
// in yarn.lock ("name@^1.0.0:").
var lockLine = regexp.MustCompile(`(?m)^[ \t]*['"]?/?((?:@[a-z0-9._~-]+/)?[a-zA-Z0-9._~-]+)[@/](?:npm:)?[~^<>=*v]?\d?[^\n]*:[ \t]*\r?$`)

func lineLock(src string) manifest {
	m := manifest{registry: NPM, lock: true}
	for _, found := range lockLine.FindAllStringSubmatch(src, -1) {
		m.names = append(m.names, declared{name: found[1]})
	}
	return m
}

func pnpmLock(_, src string) manifest { return lineLock(src) }
func yarnLock(_, src string) manifest { return lineLock(src) }

func bunLock(_, src string) manifest {
	m := manifest{registry: NPM, lock: true}
	root, _ := jsonc.Parse(src)
	for _, p := range root.Get("packages").Members {
		name := p.Key
		if i := strings.LastIndexByte(name, '/'); i >= 0 && !strings.HasPrefix(name[i+1:], "@") {
			if j := strings.LastIndexByte(name[:i], '/'); name[0] != '@' || j >= 0 {
				name = name[i+1:]
			}
		}
		m.names = append(m.names, declared{name: name})
	}
	return m
}

// denoJSON reads the import map of Deno, whose keys are names of its own.
func denoJSON(_, src string) manifest {
	m := manifest{registry: NPM}
	root, ok := jsonc.Parse(src)
	m.open = !ok
	for _, p := range root.Get("imports").Members {
		m.names = append(m.names, declared{name: strings.TrimSuffix(p.Key, "/"), local: true})
	}
	m.lists = len(m.names) > 0
	return m
}
