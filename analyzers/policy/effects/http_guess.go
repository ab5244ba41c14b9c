package effects

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

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
