package cost

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// change is how fast a value changes.
type change uint8

const (
	steady   change = iota
	daily           // a date
	volatile        // a time, a random number, an id of a request: another one each time
)

// volatileCalls are what gives another value each time, by qualified name.
var volatileCalls = map[string]bool{
	"datetime.datetime.now": true, "datetime.datetime.utcnow": true, "datetime.datetime.today": true, "datetime.now": true, "datetime.utcnow": true,
	"time.time": true, "time.time_ns": true, "time.ctime": true, "time.strftime": true, "time.monotonic": true, "time.perf_counter": true,
	"uuid.uuid1": true, "uuid.uuid4": true, "os.urandom": true, "django.utils.timezone.now": true, "arrow.now": true, "arrow.utcnow": true, "pendulum.now": true,
	"Date.now": true, "Math.random": true, "crypto.randomUUID": true, "crypto.randomBytes": true, "performance.now": true, "globalThis.crypto.randomUUID": true,
	"uuid.v1": true, "uuid.v4": true, "nanoid.nanoid": true, "dayjs.default": true, "moment.default": true, "node:crypto.randomUUID": true, "cuid.default": true,
}

// volatileModules are those of which every function does.
var volatileModules = []string{"random.", "secrets.", "numpy.random.", "faker."}

// perRequest matches the names of values that belong to one request, as far as they say so.
var perRequest = regexp.MustCompile(`(?i)^(request|req|trace|correlation|session|conversation|thread|run|message)_?ids?$|^(nonce|timestamp|now|current_?time|uuid)$`)

// datePart matches what leaves of a time only its day: .date(), toDateString().
var datePart = regexp.MustCompile(`\.date\(\)|\.isocalendar\(|\.year\b|getFullYear\(|toDateString\(|toLocaleDateString\(|\.split\(\s*['"]T['"]\s*\)\s*\[0\]|\.(slice|substring)\(\s*0\s*,\s*10\s*\)`)

// clockFormat matches a format that shows more of a time than its day.
var clockFormat = regexp.MustCompile(`%-?[HIMSfpXcsT]|HH|mm|ss|h:|a\b`)

// changing is how fast the value of an expression changes, and the part of it that does.
func changing(f *parser.File, n parser.NodeID) (change, parser.NodeID) {
	return changingIn(f, n, 0)
}

func changingIn(f *parser.File, n parser.NodeID, depth int) (change, parser.NodeID) {
	if n < 0 || depth > 4 {
		return steady, parser.NoNode
	}
	worst, at := steady, parser.NoNode
	end := parser.NodeID(f.Nodes[n].Next)
	for c := n; c < end; c++ {
		got, where := steady, c
		switch f.Kind(c) {
		case parser.KindCall, parser.KindNew:
			if got = callChange(f, c); got == volatile && shownAsDate(f, c, n) {
				got = daily
			}
		case parser.KindIdentifier, parser.KindShorthand:
			if !isName(f, c) {
				continue
			}
			if got = nameChange(f, c, depth); got == volatile && shownAsDate(f, c, n) {
				got = daily
			}
		}
		if got > worst {
			worst, at = got, where
		}
	}
	return worst, at
}

// isName reports whether an identifier names a value, and no attribute, keyword or key.
func isName(f *parser.File, n parser.NodeID) bool {
	switch p := f.Parent(n); f.Kind(p) {
	case parser.KindAttribute:
		return f.AttributeName(p) != n
	case parser.KindKeywordArgument:
		return f.Field(p, parser.FieldName) != n
	case parser.KindPair:
		return f.Field(p, parser.FieldKey) != n
	}
	return true
}

func callChange(f *parser.File, n parser.NodeID) change {
	callee := f.Field(n, parser.FieldFunction)
	if callee == parser.NoNode {
		if f.Slice(f.Field(n, parser.FieldConstructor)) == "Date" && f.FirstChild(f.Field(n, parser.FieldArguments)) == parser.NoNode {
			return volatile
		}
		return steady
	}
	q := f.QName(callee)
	if q == "" {
		q = f.Slice(callee)
	}
	if q == "datetime.date.today" || q == "date.today" {
		return daily
	}
	if volatileCalls[q] {
		return volatile
	}
	for _, m := range volatileModules {
		if strings.HasPrefix(q, m) {
			return volatile
		}
	}
	return steady
}

// nameChange is what the value of a name says, else the name itself where it has none.
func nameChange(f *parser.File, n parser.NodeID, depth int) change {
	defs := f.DefsOf(n)
	if len(defs) == 1 && defs[0].Kind == parser.AssignDef {
		got, _ := changingIn(f, defs[0].Value, depth+1)
		return got
	}
	if perRequest.MatchString(f.Slice(n)) {
		for _, d := range defs {
			if d.Kind != parser.ParamDef {
				return steady
			}
		}
		return volatile
	}
	return steady
}

// shownAsDate reports whether only the day of a time at n shows in the expression within.
func shownAsDate(f *parser.File, n, within parser.NodeID) bool {
	from, to := f.Span(n).End, f.Span(within).End
	for p := range f.Ancestors(n) { // the chain of methods on it: datetime.now().strftime("%Y-%m-%d")
		if !f.Within(p, within) {
			break
		}
		if k := f.Kind(p); k != parser.KindAttribute && k != parser.KindCall && k != parser.KindSubscript && k != parser.KindParenthesized {
			break
		}
		if f.Within(f.Field(p, parser.FieldArguments), p) && f.Within(n, f.Field(p, parser.FieldArguments)) {
			break // an argument of something else
		}
		to = f.Span(p).End
		rest := f.Text.String()[from:to]
		if datePart.MatchString(rest) {
			return true
		}
		if _, format, ok := strings.Cut(rest, "ormat("); ok || strings.Contains(rest, "strftime(") {
			if !ok {
				_, format, _ = strings.Cut(rest, "strftime(")
			}
			return strings.ContainsAny(format, `'"`) && !clockFormat.MatchString(format)
		}
	}
	// f"{now:%Y-%m-%d}"
	if sub := f.Parent(n); f.Kind(sub) == parser.KindSubstitution {
		if _, format, ok := strings.Cut(f.Slice(sub), ":"); ok && strings.Contains(format, "%") {
			return !clockFormat.MatchString(format)
		}
	}
	return false
}
