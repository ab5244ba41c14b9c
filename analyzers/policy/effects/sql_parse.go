package effects

import (
	"slices"
	"strings"
)

// statement is what one SQL statement does.
type statement struct {
	verb   string
	tables []string
	where  bool
	open   bool // a table is not known
}

// verbs are what the first word of a statement does.
var verbs = map[string]string{
	"SELECT": "select", "VALUES": "select", "TABLE": "select", "INSERT": "insert", "REPLACE": "insert", "UPSERT": "insert", "UPDATE": "update",
	"DELETE": "delete", "MERGE": "merge", "TRUNCATE": "truncate", "DROP": "drop", "ALTER": "alter", "CREATE": "create", "RENAME": "alter",
	"GRANT": "grant", "REVOKE": "grant",
	"SHOW": "other", "DESCRIBE": "other", "DESC": "other", "EXPLAIN": "other", "PRAGMA": "other", "SET": "other", "RESET": "other", "USE": "other",
	"BEGIN": "other", "START": "other", "COMMIT": "other", "ROLLBACK": "other", "SAVEPOINT": "other", "RELEASE": "other", "VACUUM": "other",
	"ANALYZE": "other", "COPY": "other", "CALL": "other", "EXEC": "other", "EXECUTE": "other", "DO": "other", "LOCK": "other", "ATTACH": "other",
	"DETACH": "other", "LOAD": "other", "INSTALL": "other", "REINDEX": "other", "COMMENT": "other", "DECLARE": "other", "FETCH": "other",
	"LISTEN": "other", "NOTIFY": "other", "OPTIMIZE": "other", "REFRESH": "other", "CLUSTER": "other", "DEALLOCATE": "other", "PREPARE": "other",
	"END": "other", "CHECKPOINT": "other", "IMPORT": "other", "EXPORT": "other",
}

// severity orders verbs by what they can destroy.
var severity = []string{"select", "other", "create", "insert", "merge", "unknown", "update", "grant", "alter", "delete", "truncate", "drop"}

// parseSQL is the most destructive of the statements of a text. The verb is "unknown" where
// the text does not tell it.
func parseSQL(s string) statement {
	tokens := lexSQL(s)
	var best *statement
	for start := 0; start <= len(tokens); {
		end := start
		for end < len(tokens) && !tokens[end].is(";") {
			end++
		}
		if end > start {
			one := parseStatement(tokens[start:end])
			switch {
			case best == nil || rank(one) > rank(*best):
				if best != nil && best.verb == one.verb {
					one.tables = union(best.tables, one.tables)
				}
				best = &one
			case one.verb == best.verb:
				best.tables = union(best.tables, one.tables)
				best.where = best.where && one.where
			}
		}
		start = end + 1
	}
	if best == nil {
		return statement{verb: "unknown"}
	}
	return *best
}

// rank orders statements: by severity, and without a condition before with one.
func rank(s statement) int {
	r := 2 * slices.Index(severity, s.verb)
	if !s.where {
		r++
	}
	return r
}

func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// parseStatement reads one statement: what stands in it below WITH and in brackets counts too,
// since PostgreSQL changes data there.
func parseStatement(t []token) statement {
	for len(t) > 0 && (t[0].is("(") || t[0].is("{")) {
		t = t[1:]
	}
	if len(t) > 0 && t[0].word("EXPLAIN") { // EXPLAIN ANALYZE runs it
		i := 1
		for i < len(t) && (t[i].word("ANALYZE", "VERBOSE", "QUERY", "PLAN", "FORMAT", "JSON", "BUFFERS") || t[i].is("(") || t[i].is(")") || t[i].is(",")) {
			i++
		}
		if slices.ContainsFunc(t[:i], func(t token) bool { return t.word("ANALYZE") }) {
			return parseStatement(t[i:])
		}
	}
	if isCypher(t) {
		return parseCypher(t)
	}
	main, names, bodies := afterWith(t)
	out := parseVerb(main, names)
	for _, body := range bodies {
		if one := parseStatement(body); one.verb != "select" && one.verb != "unknown" && rank(one) > rank(out) {
			out = one
		}
	}
	return out
}

// afterWith is the statement behind WITH a AS (…), b AS (…), the names that it defines, and
// what stands in their brackets.
func afterWith(t []token) (main []token, names []string, bodies [][]token) {
	if len(t) == 0 || !t[0].word("WITH") {
		return t, nil, nil
	}
	depth, open := 0, 0
	for i := 1; i < len(t); i++ {
		switch {
		case t[i].is("("):
			if depth++; depth == 1 {
				open = i + 1
			}
		case t[i].is(")"):
			if depth--; depth == 0 && i >= open {
				bodies = append(bodies, t[open:i])
			}
		case depth > 0:
		case t[i].word("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "VALUES"):
			return t[i:], names, bodies
		case (t[i].kind == 'w' || t[i].kind == 'q') && !t[i].word("RECURSIVE", "AS", "NOT", "MATERIALIZED"):
			names = append(names, strings.ToLower(t[i].text))
		}
	}
	return nil, names, bodies
}

func parseVerb(t []token, not []string) statement {
	s := statement{verb: "unknown"}
	if len(t) == 0 || t[0].kind != 'w' {
		return s
	}
	verb, ok := verbs[t[0].text]
	if !ok {
		return s
	}
	s.verb = verb
	depth := 0
	for i := 0; i < len(t); i++ {
		var next []token
		switch {
		case t[i].is("("):
			depth++
		case t[i].is(")"):
			depth--
		case t[i].word("WHERE") && (depth == 0 || verb == "select"):
			s.where = s.where || !holds(condition(t[i+1:]))
		case t[i].word("FROM") && i > 0 && !inFunction(t, i), t[i].word("JOIN", "INTO", "USING") && verb != "grant":
			next = t[i+1:]
		case i == 0 && verb == "update", i == 0 && verb == "truncate":
			next = t[1:]
		case i == 0 && t[0].word("DELETE") && len(t) > 1 && !t[1].word("FROM"): // DELETE t FROM t JOIN …
			next = t[1:]
		case i <= 4 && t[i].word("TABLE", "VIEW", "INDEX", "DATABASE", "SCHEMA", "TYPE", "SEQUENCE", "COLLECTION", "KEYSPACE") && (verb == "drop" || verb == "alter" || verb == "create" || verb == "truncate"):
			if !t[i].word("TABLE", "VIEW", "COLLECTION") && !(t[i].word("DATABASE", "SCHEMA", "KEYSPACE") && verb == "drop") {
				continue
			}
			next = t[i+1:]
		case t[i].word("ON") && verb == "grant":
			next = t[i+1:]
		}
		if next != nil {
			names, open := tableNames(next, !t[i].word("FROM", "JOIN", "USING"))
			for _, n := range names {
				if !slices.Contains(not, n) && !slices.Contains(s.tables, n) {
					s.tables = append(s.tables, n)
				}
			}
			s.open = s.open || open
		}
	}
	return s
}
