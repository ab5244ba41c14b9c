package effects

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// sql is the statement of a call that a row describes; nil where it turns out to be none.
func (v *view) sql(c *invocation, r *sqlRow, q string) *SQL {
	if r.verb != "" {
		return v.built(c, r)
	}
	template := v.Field(c.Node, parser.FieldArguments)
	tagged := v.Kind(template) == parser.KindTemplate
	if r.gate == "`" && !tagged {
		return nil
	}
	if tagged {
		return bound(v.text(template))
	}
	n, spread := v.arg(c, r.statement)
	switch {
	case n == parser.NoNode && spread:
		return &SQL{Verb: "unknown", Known: None}
	case n == parser.NoNode:
		return nil // session.begin(), pool.query without arguments: nothing is executed
	}
	if object := v.dict(n); object != parser.NoNode { // pool.query({text: '…', values: […]})
		found := parser.NoNode
		for _, name := range []string{"text", "sql", "query", "statement", "command"} {
			if found = v.Property(object, name); found != parser.NoNode {
				break
			}
		}
		if found == parser.NoNode {
			return nil
		}
		n = found
	}
	if e := v.builder(n); e != nil {
		return e
	}
	if c.name == "query" && (v.isModel(n) || strings.HasPrefix(q, "sqlalchemy.") || strings.HasPrefix(q, "sqlmodel.")) { // session.query(User): a later link executes it
		return nil
	}
	if k := v.Kind(v.Unwrap(n)); k == parser.KindLambda || k == parser.KindNone || k == parser.KindNumber {
		return nil
	}
	if q := v.taggedOf(n); q != nil {
		return q
	}
	t := v.text(n)
	if t.known() && len(strings.Fields(t.values[0])) < 2 && parseSQL(t.values[0]).verb == "unknown" {
		return nil // pool.get('name')
	}
	return textual(t)
}

// isModel reports whether n names a class, or a column of one.
func (v *view) isModel(n parser.NodeID) bool {
	n = v.Unwrap(n)
	return v.isClassName(n) || v.Kind(n) == parser.KindAttribute && v.isClassName(v.Field(n, parser.FieldObject)) || v.Kind(n) == parser.KindCall && strings.Contains(v.spell(n), "sqlalchemy.")
}

// textual is what a text of statements does. Of several that it may be, the worst counts.
func textual(t texts) *SQL {
	e := &SQL{Verb: "unknown", Known: None, Interpolated: t.joined}
	if t.nothing() {
		e.Statement = ""
		e.Interpolated = false
		return e
	}
	var worst statement
	for i, s := range t.values {
		one := parseSQL(s)
		switch {
		case i == 0 || rank(one) > rank(worst):
			if i > 0 && one.verb == worst.verb {
				one.tables = union(worst.tables, one.tables)
			}
			worst, e.Statement = one, s
		case one.verb == worst.verb:
			worst.tables = union(worst.tables, one.tables)
			worst.where = worst.where && one.where
		}
		if strings.Contains(s, hole) {
			e.Known = Partial
		}
	}
	if e.Known != Partial {
		e.Known = Full
	}
	e.Verb, e.Tables, e.Where = worst.verb, worst.tables, worst.where
	e.Statement = strings.TrimSpace(show(e.Statement))
	return e
}

// beforeTable are the words behind which a slot is a name and no value.
var beforeTable = set("FROM INTO UPDATE TABLE JOIN ONLY DELETE TRUNCATE DROP BY SELECT SET EXISTS")

// bound is the statement of a tagged template, whose slots are parameters: only where a table
// or a part of the statement stands is one a hole.
func bound(t texts) *SQL {
	s := t.one()
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(s, hole)
		out.WriteString(before)
		if !ok {
			break
		}
		tokens := lexSQL(before)
		switch {
		case len(tokens) == 0, tokens[len(tokens)-1].kind == 'w' && beforeTable[tokens[len(tokens)-1].text], strings.HasSuffix(before, hole):
			out.WriteString(hole)
		case tokens[len(tokens)-1].kind == 'w' && !tokens[len(tokens)-1].word("IN", "LIKE", "ILIKE", "AND", "OR", "VALUES", "LIMIT", "OFFSET", "BETWEEN", "WHERE", "IS", "NOT", "THEN", "ELSE", "WHEN", "INTERVAL", "RETURN", "AS"):
			out.WriteString(hole) // DELETE FROM t ${where}
		default:
			out.WriteString("?")
		}
		s = rest
	}
	e := textual(texts{values: []string{out.String()}})
	e.Interpolated = false
	return e
}

// taggedOf is the statement in sql`…` that is handed to a call; nil where it is none.
func (v *view) taggedOf(n parser.NodeID) *SQL {
	if !v.Language.IsScript() {
		return nil
	}
	in, c := v.made(n)
	if c == nil {
		return nil
	}
	template := in.Field(c.Node, parser.FieldArguments)
	if in.Kind(template) != parser.KindTemplate || strings.HasSuffix(in.Slice(c.Callee), "raw") {
		return nil
	}
	return bound(in.text(template))
}
