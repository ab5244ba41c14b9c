package effects

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// built is what a call of an ORM or a query builder does.
func (v *view) built(c *invocation, r *sqlRow) *SQL {
	_, before := v.chain(c.callee)
	behind := v.after(c.Node)
	if r.gate != "" && !v.gated(c, r, before) {
		return nil
	}
	verb := r.verb
	if verb == "name" {
		verb = verbOfName(c.name)
	}
	e := &SQL{Verb: verb, Known: Full, Where: r.one || conditioned(before) || conditioned(behind)}
	table, rest := "", r.table
	for table == "" && rest != "" {
		var from string
		from, rest, _ = strings.Cut(rest, " ")
		table = v.tableFrom(c, from, before, behind)
	}
	if table != "" {
		e.Tables = []string{table}
	} else if r.table != "" {
		e.Known = Partial
	}
	if n, spread := v.arg(c, r.filter); n != parser.NoNode {
		switch d := v.dict(n); {
		case d == parser.NoNode:
			if k := v.Kind(v.Unwrap(n)); k != parser.KindNone {
				e.Where = true
				if k != parser.KindList && k != parser.KindString && k != parser.KindNumber {
					e.Known = Partial // an empty filter is one of everything
				}
			}
		case v.FirstChild(d) != parser.NoNode:
			e.Where = true
		}
	} else if spread {
		e.Where, e.Known = true, Partial
	} else if r.filter != nil && r.filter.pos < 0 && len(c.Args) > 0 && v.Language.IsScript() { // deleteMany(args)
		if n, open := v.option(c, r.filter.names); n != parser.NoNode {
			if d := v.dict(n); d == parser.NoNode || v.FirstChild(d) != parser.NoNode {
				e.Where = true
			}
		} else if open || v.dict(c.Args[0].Value) == parser.NoNode {
			e.Where, e.Known = true, Partial
		}
	}
	e.Statement = show(render(e))
	return e
}

// gated reports whether a call has what a row asks for besides its name.
func (v *view) gated(c *invocation, r *sqlRow, before []link) bool {
	for _, name := range strings.Fields(r.gate) {
		if slices.ContainsFunc(before, func(l link) bool { return l.name == name }) {
			return true
		}
		if name == "root" && len(before) > 1 && before[0].call != nil {
			return true
		}
		if n, _ := v.option(c, name); n != parser.NoNode {
			return true
		}
	}
	return false
}

func verbOfName(name string) string {
	switch {
	case strings.HasPrefix(name, "del"), name == "remove":
		return "delete"
	case strings.HasPrefix(name, "insert"), strings.HasPrefix(name, "replace"), name == "upsert":
		return "insert"
	case strings.HasPrefix(name, "update"):
		return "update"
	case name == "truncate":
		return "truncate"
	}
	return "select"
}

// tableFrom is the table of a built statement, at one of the places where it may stand.
func (v *view) tableFrom(c *invocation, from string, before, behind []link) string {
	first := func(l link) string {
		if l.call == nil || len(l.call.Args) == 0 {
			return ""
		}
		return v.tableName(l.call.Args[0].Value)
	}
	switch from {
	case "arg0":
		if c.shift < len(c.Args) {
			return v.tableName(c.Args[c.shift].Value)
		}
	case "instance":
		if c.shift < len(c.Args) {
			return v.tableName(c.Args[c.shift].Value)
		}
	case "root": // knex('users')
		if len(before) > 0 && before[0].call != nil {
			if len(before[0].call.Args) > 0 && v.Kind(v.Unwrap(before[0].call.Args[0].Value)) == parser.KindString {
				return first(before[0])
			}
		}
	case "name":
		if n, _ := v.arg(c, &argument{"name table_name TableName", 0}); n != parser.NoNode {
			return v.tableName(n)
		}
	case "member":
		object := v.Unwrap(v.object(c))
		return v.member(object)
	case "repository":
		if i := slices.IndexFunc(before, func(l link) bool { return l.name == "getRepository" && l.call != nil && len(l.call.Args) > 0 }); i >= 0 {
			return strings.ToLower(v.word(before[i].call.Args[0].Value))
		}
		if len(c.Args) > 1 && v.isClassName(c.Args[0].Value) { // manager.delete(User, …)
			return strings.ToLower(v.word(c.Args[0].Value))
		}
		if of := v.typeArgument(v.object(c)); of != "" {
			return of
		}
		word := strings.ToLower(v.word(v.object(c)))
		return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(word, "repository"), "repo"), "_")
	default:
		for _, l := range before {
			if l.name == from && l.call == nil { // User.query.filter_by(…)
				return v.tableBefore(c.callee, from)
			}
			if l.name == from {
				return first(l)
			}
		}
		for _, l := range behind {
			if l.name == from {
				return first(l)
			}
		}
	}
	return ""
}

// typeArgument is the class that the type of a parameter or a field is about: User in
// repo: Repository<User>.
func (v *view) typeArgument(n parser.NodeID) string {
	var defs []*parser.Def
	switch n = v.Unwrap(n); v.Kind(n) {
	case parser.KindIdentifier:
		defs = v.DefsOf(n)
	case parser.KindAttribute:
		if class := v.ClassAround(n); class != nil && v.IsSelf(v.Field(n, parser.FieldObject)) {
			defs = v.Members(class, v.Slice(v.AttributeName(n)))
		}
	}
	for _, d := range defs {
		if _, rest, ok := strings.Cut(v.Slice(d.Annotation), "<"); ok {
			if name, _, ok := strings.Cut(rest, ">"); ok && isWord(name) {
				return strings.ToLower(name)
			}
		}
	}
	return ""
}

// member is the collection or model that a method is called on: users in db.users.deleteMany,
// db["users"], db.collection("users").
func (v *view) member(object parser.NodeID) string {
	switch v.Kind(object) {
	case parser.KindAttribute:
		if v.IsSelf(v.Field(object, parser.FieldObject)) {
			if class := v.ClassAround(object); class != nil {
				for _, d := range v.Members(class, v.Slice(v.AttributeName(object))) {
					if value := v.Unwrap(d.Value); d.Kind == parser.AssignDef && (v.Kind(value) == parser.KindSubscript || v.Kind(value) == parser.KindCall || v.Kind(value) == parser.KindAttribute) {
						if t := v.member(value); t != "" {
							return t
						}
					}
				}
			}
		}
		if name := v.Slice(v.AttributeName(object)); !anyCollection[strings.TrimLeft(name, "_")] {
			return strings.ToLower(name)
		}
		return ""
	case parser.KindSubscript:
		index := v.Field(object, parser.FieldSubscript)
		if index == parser.NoNode {
			index = v.Field(object, parser.FieldIndex)
		}
		if t := v.text(index); t.known() {
			return strings.ToLower(t.values[0])
		}
		return ""
	case parser.KindCall:
		if c := v.CallAt(object); c != nil {
			return tableOf(v, c)
		}
	case parser.KindIdentifier:
		defs := v.DefsOf(object)
		if len(defs) == 1 {
			switch d := defs[0]; d.Kind {
			case parser.AssignDef:
				if k := v.Kind(v.Unwrap(d.Value)); k == parser.KindCall || k == parser.KindSubscript || k == parser.KindAttribute {
					return v.member(v.Unwrap(d.Value))
				}
			case parser.ParamDef:
				if t := v.classOf(d); t != "" {
					return t
				}
			}
		}
		if name := v.Slice(object); !anyCollection[name] {
			return strings.ToLower(name)
		}
	}
	return ""
}

// anyCollection are names that say nothing of what is in a collection.
var anyCollection = set("collection coll col table model repo repository self this db client c t m")

// render writes a built statement as SQL; values are parameters.
func render(e *SQL) string {
	table := hole
	if len(e.Tables) > 0 {
		table = strings.Join(e.Tables, ", ")
	}
	out := map[string]string{"select": "SELECT * FROM ", "insert": "INSERT INTO ", "update": "UPDATE ", "delete": "DELETE FROM ", "truncate": "TRUNCATE TABLE ",
		"drop": "DROP TABLE ", "alter": "ALTER TABLE ", "create": "CREATE TABLE ", "merge": "MERGE INTO "}[e.Verb] + table
	if e.Verb == "update" {
		out += " SET " + hole
	}
	if e.Where {
		out += " WHERE ?"
	}
	return out
}

// builderRoots are functions that begin a statement which something executes later.
var builderRoots = map[string]string{"select": "select", "insert": "insert", "update": "update", "delete": "delete", "exists": "select", "union": "select", "union_all": "select",
	"CreateTable": "create", "DropTable": "drop", "truncate": "truncate"}

// builder is the statement that SQLAlchemy's functions build; nil where n is none.
func (v *view) builder(n parser.NodeID) *SQL {
	if v.Language.IsScript() {
		return nil
	}
	return v.builderAt(n, 2)
}

// builderAt is builder that follows functions of the file to what they return.
func (v *view) builderAt(n parser.NodeID, depth int) *SQL {
	if c := v.CallAt(v.Unwrap(n)); c != nil && depth > 0 {
		if fn := v.FuncOf(c.Callee); fn != nil {
			if of := v.returned(fn); of >= 0 {
				return v.builderAt(of, depth-1)
			}
		}
	}
	_, links := v.chain(n)
	for i, l := range links {
		if l.call == nil {
			continue
		}
		q := ""
		if builderRoots[l.name] == "" && i == 0 { // import insert as pg_insert
			q = v.spell(l.call.Callee)
			l.name = last(q)
		}
		verb := builderRoots[l.name]
		if verb == "" {
			continue
		}
		if q == "" {
			q = v.spell(l.call.Callee)
		}
		var table string
		switch {
		case strings.HasPrefix(q, "sqlalchemy.") || strings.HasPrefix(q, "sqlmodel.") || q == l.name || strings.HasPrefix(q, "sa."):
			if len(l.call.Args) > 0 {
				table = v.tableName(l.call.Args[0].Value)
			}
			for _, m := range links[i+1:] {
				if table == "" && m.name == "select_from" && m.call != nil && len(m.call.Args) > 0 {
					table = v.tableName(m.call.Args[0].Value)
				}
			}
			if verb == "select" && len(l.call.Args) > 0 && v.Kind(v.Unwrap(l.call.Args[0].Value)) == parser.KindCall {
				table = "" // select(func.count())
				for _, m := range links[i+1:] {
					if m.name == "select_from" && m.call != nil && len(m.call.Args) > 0 {
						table = v.tableName(m.call.Args[0].Value)
					}
				}
			}
		case len(l.call.Args) > 0 && v.isClassName(l.call.Args[0].Value): // db.delete(User)
			table = v.tableName(l.call.Args[0].Value)
		case i > 0 || v.Kind(v.Unwrap(l.call.Callee)) == parser.KindAttribute: // users.delete()
			table = v.tableName(v.Field(v.Unwrap(l.call.Callee), parser.FieldObject))
		default:
			continue
		}
		e := &SQL{Verb: verb, Known: Full, Where: conditioned(links[i+1:])}
		if table != "" {
			e.Tables = []string{table}
		} else {
			e.Known = Partial
		}
		e.Statement = show(render(e))
		return e
	}
	return nil
}
