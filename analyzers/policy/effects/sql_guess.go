package effects

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// sqlMethods are methods that execute a statement, whatever they are called on.
var sqlMethods = set("execute executemany executescript exec query raw run run_no_throw all get each prepare fetch fetchrow fetchval fetch_all fetch_one fetch_val fetchall fetchone scalar scalars unsafe any none one many oneOrNone manyOrNone " +
	"$queryRawUnsafe $executeRawUnsafe $queryRaw $executeRaw exec_driver_sql execute_sql execute_query run_query run_sql execute_query_async sql read_sql read_sql_query read_sql_table query_and_wait executeQuery executeSql execute_statement query_df queryRaw executeRaw " +
	"execute_update execute_async executeSQL runQuery")

// sqlWords are names of values that execute statements.
var sqlWords = set("cursor cur curs crsr conn connection db session database engine con dbconn db_conn _conn _cursor _db _connection _session tx trx transaction pool dbpool _pool sql_database graph driver db_session async_session sess knex prisma datasource manager entitymanager queryrunner sequelize duckdb")

// sqlModules are distributions that a file which works with a database imports.
var sqlModules = set("sqlite3 psycopg2 psycopg psycopg_pool pymysql MySQLdb mysql duckdb snowflake cassandra neo4j kuzu asyncpg aiosqlite databases pyodbc cx_Oracle oracledb sqlalchemy sqlmodel django peewee clickhouse_driver clickhouse_connect aiomysql aiopg " +
	"pg mysql2 mysql better-sqlite3 sqlite sqlite3 knex sequelize typeorm postgres kysely @prisma/client drizzle-orm @libsql/client @neondatabase/serverless mssql bun:sqlite @vercel/postgres")

// guessSQL is the statement of a call of unknown meaning: the text is SQL, or a value that is
// called like a cursor executes something in a file that imports a driver.
func (v *view) guessSQL(c *invocation, q string) *SQL {
	if r := ormNames[c.name]; r != nil {
		if (strings.HasPrefix(q, "~") || v.looksLocal(q)) && v.plausible(c, q) {
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
	if strings.HasPrefix(c.name, "execute") && strings.HasPrefix(q, "~") && (cursors[word] || sqlWords[word] && (t.nothing() && v.imports(sqlModules) || v.isStatement(n))) {
		return textual(t)
	}
	return nil
}

// givenSQL is the statement that is written out for a method of the file's own that is called
// like those that execute one.
func (v *view) givenSQL(c *invocation) *SQL {
	if !sqlMethods[c.name] || c.shift >= len(c.Args) || c.Args[c.shift].Spread != 0 {
		return nil
	}
	if t := v.text(c.Args[c.shift].Value); slices.ContainsFunc(t.values, looksSQL) {
		return textual(t)
	}
	return nil
}

// documents are distributions of document databases, and of ORMs whose models have their methods.
var documents = set("pymongo motor mongoengine beanie odmantic mongoose mongodb prisma @prisma/client sequelize sequelize-typescript typeorm @mikro-orm/core kysely umongo bson")

// stores are parts of names of values that hold things, but no tables.
var stores = []string{"storage", "bucket", "cache", "store", "vector", "index", "redis", "s3", "memory", "queue", "blob", "map", "registry", "embedding"}

// plausible reports whether a call of a method of ORMs on a value of unknown making is one: by
// what it is given, what the value is called, or what the file imports.
func (v *view) plausible(c *invocation, q string) bool {
	word := strings.ToLower(v.word(v.object(c)))
	for _, s := range stores {
		if strings.HasSuffix(word, s) {
			return false
		}
	}
	if v.imports(documents) || word == "collection" || strings.HasSuffix(word, "_collection") || strings.HasSuffix(word, "collection") || v.isClassName(v.object(c)) {
		return true
	}
	if c.name == "deleteFrom" || c.name == "to_sql" && len(c.Args) > 1 || c.name == "drop_collection" || c.name == "dropCollection" || c.name == "drop_all" {
		return true
	}
	if c.shift < len(c.Args) && v.dict(c.Args[c.shift].Value) != parser.NoNode {
		return true
	}
	segments := strings.Split(strings.ToLower(q), ".")
	for _, s := range segments[:len(segments)-1] {
		switch strings.TrimLeft(s, "~_") {
		case "db", "database", "prisma", "mongo", "tx":
			return true
		}
	}
	return false
}

// cursors are names that hardly anything but a cursor has.
var cursors = set("cursor cur _cursor curs db_cursor")

// isStatement reports whether an expression is made a statement of by its library: text("…").
func (v *view) isStatement(n parser.NodeID) bool {
	c := v.CallAt(v.Unwrap(n))
	if c == nil {
		return false
	}
	q := v.spell(c.Callee)
	return firstText[q] && known(q)
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
