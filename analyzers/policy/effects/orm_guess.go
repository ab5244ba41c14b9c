package effects

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// guessORM is the effect of the methods of ORMs on values of unknown making, where the words
// around them tell: User.objects.filter(…).delete(), prisma.user.delete(…), session.query(User).delete().
func (v *view) guessORM(c *invocation, q string) *SQL {
	switch c.name {
	case "delete", "update", "create", "upsert", "remove", "get", "raw", "insert", "del", "select", "bulk_create", "bulk_update", "bulk_delete", "all", "filter", "first", "count", "_raw_delete", "deleteMany", "updateMany", "from", "values", "add", "save":
	default:
		return nil
	}
	segments := strings.Split(strings.ToLower(q), ".")
	has := func(word string) bool { return slices.Contains(segments[:len(segments)-1], word) }
	var links []link
	switch {
	case has("objects") && !v.Language.IsScript(): // Django
		verb := map[string]string{"delete": "delete", "_raw_delete": "delete", "update": "update", "create": "insert", "bulk_create": "insert", "bulk_update": "update", "get": "select", "raw": "raw"}[c.name]
		if verb == "" {
			return nil
		}
		if verb == "raw" {
			return v.sql(c, &sqlRow{statement: &argument{"raw_query", 0}}, q)
		}
		_, links = v.chain(c.callee)
		e := &SQL{Verb: verb, Known: Partial, Where: conditioned(links) || verb == "select" && len(c.Args) > 0}
		if table := v.tableBefore(c.callee, "objects"); table != "" {
			e.Tables, e.Known = []string{table}, Full
		}
		e.Statement = show(render(e))
		return e
	case v.Language.IsScript() && slices.ContainsFunc(segments[:max(0, len(segments)-2)], func(s string) bool {
		return strings.TrimLeft(s, "~_") == "prisma" || strings.HasSuffix(s, "/prisma") || s == "prismaclient"
	}):
		verb := map[string]string{"delete": "delete", "deleteMany": "delete", "update": "update", "updateMany": "update", "upsert": "update", "create": "insert", "count": "select"}[c.name]
		if verb == "" {
			return nil
		}
		return v.built(c, &sqlRow{verb: verb, table: "member", filter: &argument{"where", -1}})
	case c.name == "delete" || c.name == "update" || c.name == "insert" || c.name == "upsert" || c.name == "select":
		_, links = v.chain(c.callee)
		if i := slices.IndexFunc(links, func(l link) bool { return l.name == "query" && l.call != nil && len(l.call.Args) > 0 }); i >= 0 && !v.Language.IsScript() && c.name != "select" && c.name != "insert" && c.name != "upsert" {
			if v.isModel(links[i].call.Args[0].Value) {
				return v.built(c, &sqlRow{verb: c.name, table: "query"}) // session.query(User).delete()
			}
		}
		if i := slices.IndexFunc(links, func(l link) bool { return l.name == "query" && l.call == nil }); i >= 0 && !v.Language.IsScript() && (c.name == "delete" || c.name == "update") {
			if root, _ := v.chain(c.callee); v.isClassName(root) || strings.Contains(q, ".query.") { // User.query.filter_by().delete()
				if e := v.built(c, &sqlRow{verb: c.name}); e != nil {
					if table := v.tableBefore(c.callee, "query"); table != "" {
						e.Tables = []string{table}
						e.Statement = show(render(e))
					}
					return e
				}
			}
		}
		supabase := slices.ContainsFunc(segments, func(s string) bool { return strings.Contains(s, "supabase") })
		if i := slices.IndexFunc(links, func(l link) bool {
			return (l.name == "from" || l.name == "table" || l.name == "from_") && l.call != nil && len(l.call.Args) == 1
		}); i >= 0 && supabase {
			return v.built(c, &sqlRow{verb: "name", table: links[i].name})
		}
		if v.Language.IsScript() && len(c.Args) == 1 && v.imports(drizzle) && (c.name == "delete" || c.name == "update" || c.name == "insert") {
			switch word := strings.ToLower(v.word(v.object(c))); word { // drizzle
			case "db", "tx", "trx", "database", "getdb", "drizzle", "orm":
				if k := v.Kind(v.Unwrap(c.Args[0].Value)); k == parser.KindIdentifier || k == parser.KindAttribute {
					return v.built(c, &sqlRow{verb: "name", table: "arg0"})
				}
			}
		}
	}
	return nil
}

var drizzle = set("drizzle-orm")

// tableBefore is the model that a member stands behind: User in User.objects.filter().
func (v *view) tableBefore(n parser.NodeID, name string) string {
	for range 4 * maxDepth {
		switch n = v.Unwrap(n); v.Kind(n) {
		case parser.KindCall:
			n = v.Field(n, parser.FieldFunction)
		case parser.KindAttribute:
			object := v.Field(n, parser.FieldObject)
			if v.Slice(v.AttributeName(n)) == name {
				return v.tableName(object)
			}
			n = object
		case parser.KindSubscript:
			n = v.FirstChild(n)
		case parser.KindIdentifier:
			value := parser.NoNode
			for _, d := range v.DefsOf(n) {
				if (d.Kind == parser.AssignDef || d.Kind == parser.LoopDef) && d.Value >= 0 && !v.Within(n, d.Value) && d.Node < n {
					value = d.Value
				}
			}
			if value == parser.NoNode {
				return ""
			}
			n = value
		default:
			return ""
		}
	}
	return ""
}
