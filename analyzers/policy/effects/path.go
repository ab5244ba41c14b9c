package effects

import "strings"

// joinPath is a path below another; an absolute one replaces it.
func joinPath(a, b texts) texts {
	if b.known() && absolute(b.values[0]) {
		return b
	}
	if b.known() && b.values[0] == "" {
		return a
	}
	return a.each(func(s string) string {
		if s == "" || strings.HasSuffix(s, "/") {
			return s
		}
		return s + "/"
	}).then(b.each(func(s string) string { return strings.TrimPrefix(s, "./") }))
}

// parent is the folder of a path; a hole at its end may be several folders.
func parent(p string) string {
	if i := strings.IndexAny(p, "*?["); i >= 0 { // of a pattern: what is above all that matches
		p = p[:i]
	}
	i := strings.LastIndexAny(p, `/\`)
	switch rest := p[i+1:]; {
	case strings.Contains(rest, hole):
		return p[:i+1] + hole
	case i > 0:
		return p[:i]
	case i == 0:
		return "/"
	}
	return "."
}

// absolute reports whether a path does not depend on the working directory.
func absolute(p string) bool {
	return strings.HasPrefix(p, "/") || strings.HasPrefix(p, "~") || strings.HasPrefix(p, `\\`) || len(p) > 2 && p[1] == ':' && (p[2] == '/' || p[2] == '\\') && letter(p[0])
}

// fill sets what is known of a file's path.
func (e *File) fill(t texts) {
	s := hole
	if len(t.values) > 0 {
		s = commonPrefix(t.values)
	}
	s = strings.TrimPrefix(s, "file://")
	s = strings.ReplaceAll(s, `\`, "/")
	if strings.HasPrefix(s, "./") && len(s) > 2 {
		s = s[2:]
	}
	e.Path, e.FromParameter = show(s), t.param
	known, _, open := strings.Cut(s, hole)
	switch {
	case !open:
		e.Known = Full
	case known != "":
		e.Known = Prefix
	default:
		e.Known = None
	}
	e.Absolute = absolute(known)
	e.Escapes = known != "" && escaping(s)
}

// escaping reports whether the known part of a path leaves the folder that it starts in.
func escaping(s string) bool {
	depth := 0
	for i, part := range strings.Split(s, "/") {
		switch {
		case part == "..":
			if depth--; depth < 0 {
				return true
			}
		case part == "" || part == "." || part == "~" && i == 0:
		case part == hole: // may be several folders, or none, or more ..
			depth++
		default:
			depth++
		}
	}
	return false
}

// commonPrefix is one value for several: what they begin with, then a hole.
func commonPrefix(values []string) string {
	s := values[0]
	for _, v := range values[1:] {
		i := 0
		for i < len(s) && i < len(v) && s[i] == v[i] {
			i++
		}
		if i < len(s) || i < len(v) {
			s = s[:i]
			// Only whole folders are shared: data1 and data2 share nothing.
			s = s[:strings.LastIndexByte(s, '/')+1] + hole
		}
	}
	return s
}
