package facts

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/effects"
	"github.com/qodacode/qodacode/parser"
)

// effectName is what an effect is called among a tool's, and whether it changes something.
func effectName(e *effects.Effect) (name string, mutates Tri) {
	switch {
	case e.SQL != nil:
		verb := oneOf(e.SQL.Verb, sqlVerbs, "unknown")
		switch verb {
		case "select":
			return "sql:select", No
		case "unknown", "other":
			return "sql:" + verb, Unknown
		}
		return "sql:" + verb, Yes
	case e.HTTP != nil:
		switch method := strings.ToUpper(e.HTTP.Method); method {
		case "":
			if e.Call == nil || e.Call.New || makesClient(e.Call.Name) {
				return "http", No // the client alone; its requests tell for themselves
			}
			return "http:unknown", Unknown
		case "GET", "HEAD", "OPTIONS":
			return "http:" + method, No
		default:
			return "http:" + method, Yes
		}
	case e.File != nil:
		op := oneOf(e.File.Op, fileOps, "other")
		switch op {
		case "read", "list":
			return "file:" + op, No
		case "other":
			return "file:other", Unknown
		}
		return "file:" + op, Yes
	case e.Shell != nil:
		return "shell", Yes
	case e.Env != nil && e.Env.Op == "write":
		return "env", Yes
	}
	return "env", No
}

// asksOnly reports whether a tool's name says that it only looks.
func asksOnly(name string) bool {
	return prefixed(name, readPrefixes) || prefixed(name, lookPrefixes) || harmlessLooks[name]
}

// makesClient reports whether a call of a name makes a client and sends nothing.
func makesClient(name string) bool {
	return name == "create" || name == "extend" || name == "defaults" || name != "" && name[0] >= 'A' && name[0] <= 'Z'
}

// callMutates tells whether a call without a known effect changes anything outside.
func (b *builder) callMutates(c *parser.Call) Tri {
	f := b.f
	if f.FuncOf(c.Callee) != nil {
		return No // its own calls tell
	}
	name, sure := b.resolve(c.Callee)
	q := f.QName(c.Callee)
	passed := slices.ContainsFunc(passThrough, func(p string) bool { return strings.Contains(q, p+"().") })
	if sure == exact && !passed {
		if answer := knownCall(name); answer != Unknown {
			return answer
		}
		for _, d := range f.DefsOf(f.Unwrap(c.Callee)) {
			if d.Kind == parser.ClassDef {
				return No
			}
		}
	}
	isMethod := f.Kind(f.Unwrap(c.Callee)) == parser.KindAttribute
	switch {
	case isMethod && b.answersCaller(c):
		return No
	case mutators[c.Name], isMethod && prefixed(c.Name, actPrefixes):
		return Yes
	case c.New, c.Name != "" && c.Name[0] >= 'A' && c.Name[0] <= 'Z': // only makes something
		return No
	case prefixed(c.Name, readPrefixes):
		return No
	case isMethod && logs[lastName(f.Slice(f.Field(f.Unwrap(c.Callee), parser.FieldObject)))]:
		return No
	}
	// json of requests.get().json is one of a value's methods; get of requests.get is none.
	if isMethod && harmlessMethods[c.Name] && (sure != exact || ofValue(q)) && !(c.Name == "insert" && !b.intoList(c)) {
		return No
	}
	return Unknown
}

// intoList reports whether a call of insert puts something into a list: insert(0, x).
func (b *builder) intoList(c *parser.Call) bool {
	return len(c.Args) == 2 && c.Args[0].Name == "" && c.Args[1].Name == "" && b.f.Eval(c.Args[0].Value).Kind == parser.Number
}

// answersCaller reports whether a call is made on what a tool is run with: ctx.report_progress(…),
// ctx.session.send_log_message(…). It reaches who called the tool, and nothing else.
func (b *builder) answersCaller(c *parser.Call) bool {
	f := b.f
	owner := f.Unwrap(f.Field(f.Unwrap(c.Callee), parser.FieldObject))
	if f.Kind(owner) == parser.KindAttribute {
		if s := f.Slice(f.AttributeName(owner)); s != "session" && s != "request_context" && s != "actions" {
			return false
		}
		owner = f.Unwrap(f.Field(owner, parser.FieldObject))
	}
	return f.Kind(owner) == parser.KindIdentifier && contexts[f.Slice(owner)]
}

// ofValue reports whether a qualified name is of a method of an instance or of a call's result.
func ofValue(q string) bool {
	parts := strings.Split(q, ".")
	if len(parts) < 2 {
		return false
	}
	owner := parts[len(parts)-2]
	return strings.Contains(q, "()") || owner != "" && owner[0] >= 'A' && owner[0] <= 'Z'
}
