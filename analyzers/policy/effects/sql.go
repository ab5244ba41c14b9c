package effects

import (
	"slices"
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
		if n, _ := v.arg(c, &argument{"name table_name", 0}); n != parser.NoNode {
			return v.tableName(n)
		}
	case "member":
		object := v.Unwrap(v.object(c))
		return v.member(object)
	case "repository":
		if i := slices.IndexFunc(before, func(l link) bool { return l.name == "getRepository" }); i >= 0 {
			return strings.ToLower(v.word(before[i].call.Args[0].Value))
		}
		if len(c.Args) > 1 && v.isClassName(c.Args[0].Value) { // manager.delete(User, …)
			return strings.ToLower(v.word(c.Args[0].Value))
		}
		word := strings.ToLower(v.word(v.object(c)))
		return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(word, "repository"), "repo"), "_")
	default:
		for _, l := range before {
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
		verb := builderRoots[l.name]
		if verb == "" || l.call == nil {
			continue
		}
		q := v.spell(l.call.Callee)
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

// sqlMethods are methods that execute a statement, whatever they are called on.
var sqlMethods = set("execute executemany executescript exec query raw run run_no_throw all get each prepare fetch fetchrow fetchval fetch_all fetch_one fetch_val fetchall fetchone scalar scalars unsafe any none one many oneOrNone manyOrNone " +
	"$queryRawUnsafe $executeRawUnsafe $queryRaw $executeRaw exec_driver_sql execute_sql execute_query run_query run_sql execute_query_async sql read_sql read_sql_query read_sql_table query_and_wait executeQuery executeSql execute_statement query_df queryRaw executeRaw " +
	"execute_update execute_async executeSQL runQuery")

// sqlWords are names of values that execute statements.
var sqlWords = set("cursor cur curs crsr conn connection db session database engine con dbconn db_conn _conn _cursor _db _connection _session tx trx transaction pool dbpool _pool sql_database graph driver db_session async_session sess knex prisma datasource manager entitymanager queryrunner sequelize duckdb")

// sqlModules are distributions that a file which works with a database imports.
var sqlModules = set("sqlite3 psycopg2 psycopg psycopg_pool pymysql MySQLdb mysql duckdb snowflake asyncpg aiosqlite databases pyodbc cx_Oracle oracledb sqlalchemy sqlmodel django peewee clickhouse_driver clickhouse_connect aiomysql aiopg " +
	"pg mysql2 mysql better-sqlite3 sqlite sqlite3 knex sequelize typeorm postgres kysely @prisma/client drizzle-orm @libsql/client @neondatabase/serverless mssql bun:sqlite @vercel/postgres")

// guessSQL is the statement of a call of unknown meaning: the text is SQL, or a value that is
// called like a cursor executes something in a file that imports a driver.
func (v *view) guessSQL(c *invocation, q string) *SQL {
	if r := ormNames[c.name]; r != nil {
		if strings.HasPrefix(q, "~") || v.modules != nil && strings.HasPrefix(q, ".") || v.looksLocal(q) {
			return v.built(c, r)
		}
		return nil
	}
	object := v.object(c)
	if e := v.guessORM(c, q); e != nil {
		return e
	}
	if !sqlMethods[c.name] {
		return nil
	}
	template := v.Field(c.Node, parser.FieldArguments)
	if v.Kind(template) == parser.KindTemplate {
		if c.name == "sql" || strings.HasPrefix(c.name, "$") {
			t := v.text(template)
			if looksSQL(t.one()) && !v.nested(c.Node) {
				return bound(t)
			}
		}
		return nil
	}
	if object == parser.NoNode && !looksLikeRunner(c.name) {
		return nil
	}
	r := &sqlRow{statement: &argument{"sql statement operation query stmt", 0}}
	n, _ := v.arg(c, r.statement)
	if n == parser.NoNode {
		return nil
	}
	if k := v.Kind(v.Unwrap(n)); k == parser.KindLambda || k == parser.KindList || k == parser.KindNumber {
		return nil
	}
	if c.name == "execute" || c.name == "exec" || c.name == "scalars" || c.name == "scalar" {
		if e := v.builder(n); e != nil {
			return e
		}
	}
	if object := v.dict(n); object != parser.NoNode {
		if n = v.Property(object, "text"); n == parser.NoNode {
			if n = v.Property(object, "sql"); n == parser.NoNode {
				return nil
			}
		}
	}
	t := v.text(n)
	if slices.ContainsFunc(t.values, looksSQL) {
		if e := v.taggedOf(n); e != nil {
			return e
		}
		return textual(t)
	}
	word := strings.ToLower(v.word(object))
	if t.nothing() && strings.HasPrefix(c.name, "execute") && strings.HasPrefix(q, "~") && (word == "cursor" || word == "cur" || word == "_cursor" || sqlWords[word] && v.imports(sqlModules)) {
		return textual(t)
	}
	return nil
}

func looksLikeRunner(name string) bool {
	return strings.HasPrefix(name, "execute_") || strings.HasPrefix(name, "run_") || strings.HasPrefix(name, "runQ") || strings.HasPrefix(name, "executeQ") || strings.HasPrefix(name, "executeS")
}

// nested reports whether a call is an argument of another, which then has the effect.
func (v *view) nested(n parser.NodeID) bool {
	for p := range v.Ancestors(n) {
		switch v.Kind(p) {
		case parser.KindArguments, parser.KindSubstitution:
			return true
		case parser.KindAwait, parser.KindParenthesized, parser.KindCast:
		default:
			return false
		}
	}
	return false
}

// looksLocal reports whether a name leads to the project's own files, as far as its import tells.
func (v *view) looksLocal(q string) bool {
	if strings.HasPrefix(q, ".") || strings.HasPrefix(q, "@/") || strings.HasPrefix(q, "~/") || strings.HasPrefix(q, "#") {
		return true
	}
	for _, word := range strings.Split(q, ".") {
		switch strings.ToLower(word) {
		case "db", "database", "models", "model", "prisma", "mongo", "collection", "entities", "schema", "schemas":
			return true
		}
	}
	return false
}

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
	root, links := parser.NoNode, []link(nil)
	switch {
	case has("objects") && !v.Language.IsScript(): // Django
		verb := map[string]string{"delete": "delete", "_raw_delete": "delete", "update": "update", "create": "insert", "bulk_create": "insert", "bulk_update": "update", "get": "select", "raw": "raw"}[c.name]
		if verb == "" {
			return nil
		}
		if verb == "raw" {
			return v.sql(c, &sqlRow{statement: &argument{"raw_query", 0}}, q)
		}
		root, links = v.chain(c.callee)
		e := &SQL{Verb: verb, Known: Partial, Where: conditioned(links) || verb == "select" && len(c.Args) > 0}
		if table := v.tableBefore(c.callee, "objects", root); table != "" {
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
					if table := v.tableBefore(c.callee, "query", root); table != "" {
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
func (v *view) tableBefore(n parser.NodeID, name string, root parser.NodeID) string {
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
