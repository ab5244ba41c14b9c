package effects

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

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
