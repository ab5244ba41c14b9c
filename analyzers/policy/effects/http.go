package effects

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// http is the request of a call that a row describes; nil where it turns out to be none.
func (v *view) http(c *invocation, r *httpRow, q string) *HTTP {
	e := &HTTP{Known: None}
	if r.base != "" {
		return v.client(c, r)
	}
	e.Method = v.method(c, r)
	ref, open := unknownText, false
	switch {
	case r.host != nil:
		n, _ := v.arg(c, r.host)
		ref = constant(r.scheme + "://").then(v.text(n))
		if port := v.textOf(c, &argument{"port", 1}); port.known() {
			ref = ref.then(constant(":")).then(port)
		}
		ref = ref.then(constant("/"))
		e.set(ref)
		e.Path, e.URL = "", strings.TrimSuffix(e.URL, "/")
		return e
	default:
		var n parser.NodeID
		n, open = v.arg(c, r.url)
		if n == parser.NoNode && !open && !v.Language.IsScript() {
			return nil // a call of another form than the library has
		}
		if object := v.dict(n); object != parser.NoNode && v.Language.IsScript() {
			ref = v.urlOptions(object, r.scheme)
		} else if n != parser.NoNode {
			ref = v.urlText(n)
		}
	}
	base, ok, inside := v.base(c, q)
	if inside {
		return nil
	}
	if ok {
		ref = underBase(base, ref)
	}
	if r.needs && !isURL(ref.one()) {
		return nil
	}
	if v.Language.IsScript() && !slices.ContainsFunc(ref.values, func(s string) bool { return !ownOrigin(s, strings.HasSuffix(q, "fetch")) }) {
		return nil
	}
	e.set(ref)
	return e
}

// ownOrigin reports whether a browser sends a request to where the page comes from: by a path,
// or by a URL that is made of the page's.
func ownOrigin(url string, path bool) bool {
	if _, rest, ok := strings.Cut(url, "://"); ok && strings.HasPrefix(rest, ownHost) {
		return true
	}
	return path && (strings.HasPrefix(url, "/") && !strings.HasPrefix(url, "//") && !strings.HasPrefix(url, "/"+hole) || strings.HasPrefix(url, "./"))
}

func (v *view) textOf(c *invocation, a *argument) texts {
	n, _ := v.arg(c, a)
	return v.text(n)
}

// set fills in what is known of a URL. Of several, what they share counts.
func (e *HTTP) set(t texts) {
	var p place
	for i, s := range t.values {
		one := placeOf(strings.TrimSpace(s))
		if i == 0 {
			p = one
			continue
		}
		if one.host != p.host || one.scheme != p.scheme || one.port != p.port || p.host == "" {
			p = place{url: Gap, known: None}
			break
		}
		p.url, p.path, p.known = p.scheme+"://"+p.host+"/"+Gap, "/"+Gap, Host
	}
	e.URL, e.Scheme, e.Host, e.Port, e.Path, e.Known = p.url, p.scheme, p.host, p.port, p.path, p.known
}

// method is the verb of a request, "" where it is not known.
func (v *view) method(c *invocation, r *httpRow) string {
	switch {
	case r.verb != nil:
		if t := v.textOf(c, r.verb); t.known() {
			return strings.ToUpper(t.values[0])
		}
		return ""
	case r.method == "*":
		return ""
	case r.method == "option":
		n, open := v.option(c, "method")
		if t := v.text(n); n != parser.NoNode {
			if t.known() {
				return strings.ToUpper(t.values[0])
			}
			return ""
		}
		if open {
			return ""
		}
		return "GET"
	case r.method != "":
		// urlopen(url, data) posts
		if n, _ := v.arg(c, &argument{"data", -1}); n != parser.NoNode && v.Kind(v.Unwrap(n)) != parser.KindNone {
			return "POST"
		}
		return r.method
	case c.name == "del":
		return "DELETE"
	}
	return strings.ToUpper(c.name)
}

// urlText is the URL that an expression stands for; a request object has it as its first argument.
func (v *view) urlText(n parser.NodeID) texts {
	t := v.text(n)
	if !t.nothing() {
		return t
	}
	in, c := v.made(n)
	if c != nil && (c.Name == "Request") {
		a := argument{"url", 0}
		if q := in.spell(c.Callee); q == "requests.Request" || q == "httpx.Request" {
			a.pos = 1
		}
		inv := in.invocation(c)
		if u, _ := in.arg(&inv, &a); u != parser.NoNode {
			return in.text(u)
		}
	}
	return t
}

// urlOptions is the URL in an object of options: {url, baseURL} of axios, {protocol, hostname,
// port, path} of node's http.
func (v *view) urlOptions(object parser.NodeID, scheme string) texts {
	get := func(names ...string) (texts, bool) {
		for _, name := range names {
			if n := v.Property(object, name); n != parser.NoNode {
				return v.text(n), true
			}
		}
		return unknownText, false
	}
	if url, ok := get("url", "uri"); ok {
		if base, ok := get("baseURL", "baseUrl", "prefixUrl"); ok {
			return underBase(base, url)
		}
		return url
	}
	host, ok := get("hostname", "host")
	if !ok {
		return unknownText
	}
	if scheme == "" {
		scheme = "https"
	}
	out := constant(scheme + "://").then(host)
	if port, ok := get("port"); ok && port.known() {
		out = out.then(constant(":")).then(port)
	}
	path, ok := get("path", "pathname")
	switch {
	case !ok:
		path = constant("/")
	case !strings.HasPrefix(path.one(), "/"):
		path = constant("/").then(path)
	}
	return out.then(path)
}
