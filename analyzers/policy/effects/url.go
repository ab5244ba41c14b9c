package effects

import (
	"strconv"
	"strings"
)

// place is what is known of a URL.
type place struct {
	url, scheme, host, path string
	port                    int
	known                   string
}

// schemes are those of requests.
var schemes = set("http https ws wss")

// placeOf reads a URL with holes. A host that a hole could go on is not known:
// https://api.x.com{path} may be https://api.x.com.evil.org.
func placeOf(s string) place {
	p := place{url: show(s), known: None}
	scheme, rest, ok := strings.Cut(s, "://")
	switch {
	case !ok && strings.HasPrefix(s, "//"):
		rest = s[2:]
	case !ok:
		if !strings.HasPrefix(s, hole) {
			p.path = show(s)
		} else if i := strings.IndexByte(s, '/'); i == 1 {
			p.path = show(s[1:])
		}
		return p
	case strings.Contains(scheme, hole) || !schemes[strings.ToLower(scheme)]:
		if !strings.Contains(scheme, hole) {
			return p
		}
	default:
		p.scheme = strings.ToLower(scheme)
	}
	end := strings.IndexAny(rest, "/?#\\")
	authority, path := rest, ""
	if end >= 0 {
		authority, path = rest[:end], rest[end:]
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		authority = authority[i+1:]
		p.url = show(strings.Replace(s, rest[:i+1], "", 1)) // names and passwords are not told
	}
	host, port := authority, ""
	if i := strings.LastIndexByte(authority, ':'); i >= 0 && !strings.HasSuffix(authority, "]") {
		host, port = authority[:i], authority[i+1:]
	}
	p.path = show(path)
	if host == "" || host[0] == '.' || strings.Contains(host, hole) || strings.Contains(port, hole) && (port != hole || end < 0) {
		return p
	}
	p.host = strings.ToLower(strings.Trim(host, "[]"))
	p.port, _ = strconv.Atoi(port)
	p.known = Host
	if !strings.Contains(s, hole) && p.scheme != "" {
		p.known = Full
	}
	return p
}

// ownHost stands in a URL for the host that the page itself comes from.
const ownHost = "\x02"

// originOf is the part of a browser's location that a name stands for; "" for none.
func originOf(q string) string {
	for _, prefix := range []string{"window.", "self.", "globalThis.", "document."} {
		q = strings.TrimPrefix(q, prefix)
	}
	switch q {
	case "location.host", "location.hostname":
		return ownHost
	case "location.origin", "origin":
		return "http://" + ownHost
	case "location.href":
		return "http://" + ownHost + "/" + hole
	case "location.protocol":
		return "http:"
	}
	return ""
}

// isURL reports whether a text begins as the URL of a request does.
func isURL(s string) bool {
	scheme, _, ok := strings.Cut(s, "://")
	return ok && schemes[strings.ToLower(scheme)]
}

// joinURL is a reference seen from a base, as urljoin and new URL have it.
func joinURL(base, ref texts) texts {
	b, r := base.one(), ref.one()
	switch {
	case isURL(r):
		return ref
	case strings.HasPrefix(r, hole): // may be a whole URL
		return texts{values: []string{hole}, param: ref.param, joined: true}
	case strings.HasPrefix(r, "//"):
		scheme, _, _ := strings.Cut(b, "://")
		return constant(scheme + ":" + r)
	}
	scheme, rest, ok := strings.Cut(b, "://")
	if !ok {
		return texts{values: []string{hole + r}, joined: true}
	}
	authority, path, _ := strings.Cut(rest, "/")
	if strings.HasPrefix(r, "/") {
		path = r
	} else {
		path = "/" + path[:strings.LastIndexByte(path, '/')+1] + r
	}
	return texts{values: []string{scheme + "://" + authority + path}, param: base.param || ref.param, joined: base.joined || ref.joined}
}

// underBase is a URL of a client that has a base: it replaces the base where it is whole.
func underBase(base, ref texts) texts {
	r := ref.one()
	if isURL(r) {
		return ref
	}
	if strings.HasPrefix(r, hole) {
		// The reference could be a whole URL; what clients are given is a path.
		return base.each(func(b string) string { return strings.TrimRight(b, "/") + "/" }).then(ref)
	}
	return base.each(func(b string) string { return strings.TrimRight(b, "/") + "/" + strings.TrimLeft(r, "/") })
}
