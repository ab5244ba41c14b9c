package effects

import (
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
	if v.Language.IsScript() && ref.known() && ownOrigin(ref.values[0]) && strings.HasSuffix(q, "fetch") {
		return nil
	}
	e.set(ref)
	return e
}

// ownOrigin reports whether a browser sends a request to where the page comes from.
func ownOrigin(url string) bool {
	return strings.HasPrefix(url, "/") && !strings.HasPrefix(url, "//") || strings.HasPrefix(url, "./")
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

// baseOptions are the options of clients that hold the URL which their paths are below.
const baseOptions = "base_url baseURL prefixUrl baseUrl"

// inProcess are transports that lead to an application of the same process, or to none.
var inProcess = set("ASGITransport WSGITransport MockTransport ASGIWebSocketTransport")

// inside reports whether a client's requests don't leave the process.
func (v *view) inside(c *invocation) bool {
	n, _ := v.option(c, "transport")
	if n == parser.NoNode {
		return false
	}
	in, made := v.made(n)
	return made != nil && inProcess[last(in.spell(made.Callee))]
}

// base is the URL that the paths of the client of a call are below. inside tells that its
// requests don't leave the process.
func (v *view) base(c *invocation, q string) (base texts, ok, inside bool) {
	if n, _ := v.option(c, "baseURL"); n != parser.NoNode && v.Language.IsScript() {
		return v.text(n), true, false
	}
	object := v.object(c)
	if object == parser.NoNode {
		object = c.callee // a client that is called: api('/users')
	}
	in, made := v.made(object)
	if made == nil {
		if t, ok := v.assignedBase(object); ok {
			return t, true, false
		}
		return texts{}, false, false
	}
	inv := in.invocation(made)
	if in.inside(&inv) {
		return texts{}, false, true
	}
	for _, name := range strings.Fields(baseOptions) {
		if n, _ := in.option(&inv, name); n != parser.NoNode {
			t := in.text(n)
			t.param = false
			return t, true, false
		}
	}
	if strings.HasPrefix(q, "http.client.") {
		scheme := "http"
		if strings.Contains(q, "HTTPS") {
			scheme = "https"
		}
		if t := in.textOf(&inv, &argument{"host", 0}); !t.nothing() {
			if port := in.textOf(&inv, &argument{"port", 1}); port.known() {
				t = t.then(constant(":")).then(port)
			}
			return constant(scheme + "://").then(t), true, false
		}
	}
	if q := in.spell(made.Callee); q == "aiohttp.ClientSession" || q == "wretch" || q == "undici.Client" || q == "undici.Pool" {
		if t := in.textOf(&inv, &argument{"", 0}); !t.nothing() {
			return t, true, false
		}
	}
	base, ok = v.assignedBase(object)
	return base, ok, false
}

// assignedBase is what is given to a client's base later: client.base_url = "…", axios.defaults.baseURL = '…'.
func (v *view) assignedBase(object parser.NodeID) (texts, bool) {
	if v.bases == nil {
		v.bases = map[string]parser.NodeID{}
		if src := v.Text.String(); strings.Contains(src, ".base_url =") || strings.Contains(src, ".defaults.baseURL =") {
			for n := range v.Nodes {
				id := parser.NodeID(n)
				if v.Kind(id) != parser.KindAssignment {
					continue
				}
				left := v.Slice(v.Field(id, parser.FieldLeft))
				for _, end := range []string{".base_url", ".defaults.baseURL"} {
					if name, ok := strings.CutSuffix(left, end); ok {
						v.bases[name] = v.Field(id, parser.FieldRight)
					}
				}
			}
		}
	}
	if len(v.bases) == 0 {
		return texts{}, false
	}
	if n, ok := v.bases[v.Slice(v.Unwrap(object))]; ok {
		return v.text(n), true
	}
	return texts{}, false
}

// client is a client that is made for a host; nil where no URL is named.
func (v *view) client(c *invocation, r *httpRow) *HTTP {
	if v.inside(c) {
		return nil
	}
	for _, name := range strings.Fields(r.base) {
		n, _ := v.option(c, name)
		if n == parser.NoNode {
			continue
		}
		t := v.text(n)
		if x := v.Eval(n); x.Kind == parser.None {
			continue
		}
		e := &HTTP{}
		e.set(t)
		return e
	}
	return nil
}

// httpWords are names of values that send requests; what they are made of is not known.
var httpWords = set("session client http httpclient http_client api axios fetcher requests request async_client asyncclient sess httpx aiohttp " +
	"_session _client self.session _http http_session httpsession api_client apiclient _http_client $http $axios rest page")

// guessHTTP is the request of a call of unknown meaning that looks like one: a whole URL is
// given to a method of HTTP, of a value that is called like a client.
func (v *view) guessHTTP(c *invocation, q string) *HTTP {
	r := &httpRow{url: &argument{"url", 0}}
	switch c.name {
	case "get", "post", "put", "patch", "delete", "head", "options":
	case "request", "stream":
		r = &httpRow{method: "*", verb: verbFirst, url: urlSecond}
	case "goto":
		r.method = "GET"
	case "ws_connect":
		r.method = "GET"
	default:
		return nil
	}
	object := v.object(c)
	if object == parser.NoNode {
		return nil
	}
	word := strings.ToLower(v.word(object))
	if !httpWords[word] || strings.HasPrefix(q, "fastapi.") || strings.HasPrefix(q, "starlette.") || strings.HasPrefix(q, "flask.") {
		return nil
	}
	n, _ := v.arg(c, r.url)
	if n == parser.NoNode {
		return nil
	}
	t := v.text(n)
	for _, s := range t.values {
		if !isURL(s) {
			return nil
		}
	}
	e := &HTTP{Method: v.method(c, r)}
	e.set(t)
	return e
}
