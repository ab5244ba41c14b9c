package trust

import (
	"encoding/json"
	"strings"

	"github.com/agnivade/levenshtein"
)

func upper(s string) string { return strings.ToUpper(s) }

// lower is s in lower case; of a URL only the host.
func lower(s string) string {
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s, _, _ = strings.Cut(rest, "/")
		s, _, _ = strings.Cut(s, ":")
	}
	return strings.ToLower(s)
}

// sentence ends a message as all messages of package rego end.
func sentence(s string) string {
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

// undecorated is a name without the @ before it and the parentheses after it.
func undecorated(s string) string {
	s, _, _ = strings.Cut(s, "(")
	return strings.TrimPrefix(s, "@")
}

func unsigned(s string) string { return strings.Trim(s, "${}") }

func withArticle(kind string) string {
	switch kind {
	case "array":
		return "a list"
	case "object", "integer":
		return "an " + kind
	case "string":
		return "a text"
	case "boolean":
		return "true or false"
	}
	return "a " + kind
}

func literal(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(b)
}

func quoted(values []string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = literal(v)
	}
	return strings.Join(out, ", ")
}

// meantBy is the value of an enum that somebody may have meant; "" for none.
func meantBy(written string, enum []string) string {
	if near := nearest(strings.ToLower(written), enum); near != "" {
		return near
	}
	meant, ok := synonyms[strings.ToLower(written)]
	if !ok {
		return ""
	}
	for _, v := range enum {
		if v == meant {
			return v
		}
	}
	return ""
}

// nearest is the candidate that differs least, by at most a third of its letters.
func nearest(written string, candidates []string) string {
	if len(written) > 100 {
		return ""
	}
	best, bestDistance := "", 1+max(1, len(written)/3)
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(written, c); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}
