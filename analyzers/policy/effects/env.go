package effects

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// environments are the objects that hold the variables of the environment.
var environments = set("os.environ os.environb process.env Bun.env import.meta.env Deno.env environ")

// maxDefault bounds the default of a variable that is told.
const maxDefault = 200

// env are the uses of variables of the environment outside of calls.
func (v *view) env(out []Effect) []Effect {
	src := v.Text.String()
	if !strings.Contains(src, "env") {
		return out
	}
	script := v.Language.IsScript()
	aliases := map[string]bool{}
	for i := range v.Defs {
		if d := &v.Defs[i]; d.Kind == parser.AssignDef && d.Value >= 0 && v.mayBeEnv(d.Value, nil) && environments[v.spellEnv(d.Value)] {
			aliases[d.Name] = true
		}
	}
	for i := range v.Nodes {
		n := parser.NodeID(i)
		switch v.Kind(n) {
		case parser.KindSubscript:
			object := v.FirstChild(n)
			if !v.mayBeEnv(object, aliases) || !environments[v.spellEnv(object)] {
				continue
			}
			index := v.Field(n, parser.FieldSubscript)
			if index == parser.NoNode {
				index = v.Field(n, parser.FieldIndex)
			}
			out = append(out, v.variable(n, v.text(index)))
		case parser.KindAttribute:
			object := v.Field(n, parser.FieldObject)
			if !script || !v.mayBeEnv(object, aliases) || !environments[v.spellEnv(object)] {
				continue
			}
			if p := v.Parent(n); v.Kind(p) == parser.KindCall && v.Field(p, parser.FieldFunction) == n {
				continue // Deno.env.get
			}
			out = append(out, v.variable(n, constant(v.Slice(v.AttributeName(n)))))
		case parser.KindComparison, parser.KindBinary: // "A" in os.environ
			name, object := v.FirstChild(n), v.LastChild(n)
			if k := v.Kind(name); k != parser.KindString && k != parser.KindIdentifier || !v.mayBeEnv(object, aliases) || !strings.Contains(v.between(name, object), "in") || !environments[v.spellEnv(object)] {
				continue
			}
			e := &Env{Op: "read"}
			if t := v.text(name); t.known() {
				e.Name = t.values[0]
			}
			out = append(out, Effect{Node: n, Env: e})
		case parser.KindDeclarator, parser.KindAssignment: // const { A, B = 'x' } = process.env
			if !script {
				continue
			}
			name, value := v.Field(n, parser.FieldName), v.Field(n, parser.FieldValue)
			if v.Kind(n) == parser.KindAssignment {
				name, value = v.Field(n, parser.FieldLeft), v.Field(n, parser.FieldRight)
			}
			if v.Kind(name) != parser.KindObjectPattern || !v.mayBeEnv(v.Unwrap(value), aliases) || !environments[v.spellEnv(value)] {
				continue
			}
			for c := range v.Children(name) {
				e := &Env{Op: "read"}
				switch v.Kind(c) {
				case parser.KindShorthandPattern, parser.KindIdentifier:
					e.Name = v.Slice(c)
				case parser.KindPairPattern:
					e.Name = strings.Trim(v.Slice(v.Field(c, parser.FieldKey)), `"'`)
					if right := v.Field(c, parser.FieldValue); v.Kind(right) == parser.KindDefaultPattern {
						v.fallback(e, v.Field(right, parser.FieldRight))
					}
				case parser.KindDefaultPattern:
					e.Name = v.Slice(v.Field(c, parser.FieldLeft))
					v.fallback(e, v.Field(c, parser.FieldRight))
				default:
					continue
				}
				out = append(out, Effect{Node: c, Env: e})
			}
		}
	}
	return out
}

// between is the text between two nodes.
func (v *view) between(a, b parser.NodeID) string {
	from, to := v.Span(a).End, v.Span(b).Start
	if from >= to {
		return ""
	}
	return v.Text.String()[from:to]
}

// mayBeEnv is a quick look at what would have to be the environment.
func (v *view) mayBeEnv(n parser.NodeID, aliases map[string]bool) bool {
	switch v.Kind(n) {
	case parser.KindIdentifier:
		name := v.Slice(n)
		return aliases[name] || strings.HasSuffix(name, "env") || strings.HasPrefix(name, "environ")
	case parser.KindAttribute:
		name := v.Slice(v.AttributeName(n))
		return name == "env" || strings.HasPrefix(name, "environ")
	}
	return false
}

// spellEnv is spell for what may be the environment.
func (v *view) spellEnv(n parser.NodeID) string {
	if s := v.Slice(v.Unwrap(n)); s == "import.meta.env" {
		return s
	}
	q := v.spell(n)
	q = strings.TrimPrefix(strings.TrimPrefix(q, "globalThis."), "window.")
	if q == "process.default.env" || q == "process.process.env" {
		return "process.env"
	}
	return q
}

// variable is the use of a variable by its name in an expression.
func (v *view) variable(n parser.NodeID, name texts) Effect {
	e := &Env{Op: "read"}
	if name.known() {
		e.Name = name.values[0]
	}
	p, child := v.Parent(n), n
	for k := v.Kind(p); k == parser.KindParenthesized || k == parser.KindCast; k = v.Kind(p) {
		p, child = v.Parent(p), p
	}
	switch v.Kind(p) {
	case parser.KindAssignment, parser.KindAugmentedAssignment:
		if v.Field(p, parser.FieldLeft) == child {
			e.Op = "write"
		}
	case parser.KindDelete:
		e.Op = "write"
	case parser.KindUnary:
		if strings.HasPrefix(v.Slice(p), "delete") {
			e.Op = "write"
		}
	case parser.KindBinary:
		if v.Field(p, parser.FieldLeft) == child {
			switch v.Slice(v.Field(p, parser.FieldOperator)) {
			case "or", "||", "??":
				v.fallback(e, v.Field(p, parser.FieldRight))
			}
		}
	}
	return Effect{Node: n, Env: e}
}

// fallback sets the value for when a variable is not set.
func (v *view) fallback(e *Env, n parser.NodeID) {
	if n < 0 {
		return
	}
	n = v.Unwrap(n)
	if v.Kind(n) == parser.KindNone || v.Slice(n) == "undefined" {
		return
	}
	e.HasDefault = true
	t := v.text(n)
	if k := v.Kind(n); (k == parser.KindAttribute || k == parser.KindSubscript || k == parser.KindCall) && t.one() == "~" {
		t = unknownText // a home folder, whose path is not known
	}
	if v.Kind(n) == parser.KindTrue || v.Kind(n) == parser.KindFalse {
		t = constant(v.Slice(n))
	}
	if t.known() && len(t.values[0]) <= maxDefault && !secret(e.Name, t.values[0]) {
		e.Default = t.values[0]
	}
}

// envCall is the use of the environment by a call; nil where it is none.
func (v *view) envCall(c *invocation, q string) *Env {
	e := &Env{Op: "read"}
	switch q {
	case "os.getenv", "os.environ.get", "os.getenvb", "decouple.config", "environ.Env", "Deno.env.get":
	case "os.environ.setdefault", "os.environ.pop", "os.putenv", "os.unsetenv", "Deno.env.set", "Deno.env.delete", "os.environ.update", "os.environ.clear":
		e.Op = "write"
	default:
		return nil
	}
	if q == "decouple.config" || q == "environ.Env" {
		return nil // they read files of settings, too
	}
	if q == "os.environ.update" || q == "os.environ.clear" {
		return e
	}
	n, _ := v.arg(c, &argument{"key varname", 0})
	if t := v.text(n); t.known() {
		e.Name = t.values[0]
	}
	if e.Op == "read" || q == "os.environ.setdefault" {
		if n, _ := v.arg(c, &argument{"default", 1}); n != parser.NoNode {
			v.fallback(e, n)
		} else if d := v.variable(c.Node, unknownText); d.Env.HasDefault { // os.getenv("A") or "b"
			e.HasDefault, e.Default = true, d.Env.Default
			if secret(e.Name, e.Default) {
				e.Default = ""
			}
		}
	}
	return e
}

// secret reports whether the default of a variable looks like a password or a key.
func secret(name, value string) bool {
	if value == "" {
		return false
	}
	upper := strings.ToUpper(name)
	for _, word := range []string{"SECRET", "PASSWORD", "PASSWD", "TOKEN", "API_KEY", "APIKEY", "PRIVATE", "CREDENTIAL", "ACCESS_KEY", "AUTH"} {
		if strings.Contains(upper, word) && !isURL(value) {
			return true
		}
	}
	if strings.HasSuffix(upper, "KEY") || strings.HasSuffix(upper, "DSN") {
		return true
	}
	if scheme, rest, ok := strings.Cut(value, "://"); ok && isWord(strings.NewReplacer("+", "", ".", "").Replace(scheme)) {
		authority, _, _ := strings.Cut(rest, "/")
		return strings.Contains(authority, "@") && strings.Contains(strings.SplitN(authority, "@", 2)[0], ":")
	}
	for _, prefix := range []string{"sk-", "sk_", "pk_", "ghp_", "gho_", "github_pat_", "xox", "AKIA", "ASIA", "AIza", "eyJ", "glpat-", "hf_", "-----BEGIN", "npm_", "gsk_"} {
		if strings.HasPrefix(value, prefix) && len(value) > 8 {
			return true
		}
	}
	if len(value) < 20 || strings.ContainsAny(value, " /:.") {
		return false
	}
	digits, letters := 0, 0
	for i := range len(value) {
		switch {
		case digit(value[i]):
			digits++
		case letter(value[i]):
			letters++
		}
	}
	return digits >= 4 && letters >= 4 && !strings.Contains(value, "-")
}
