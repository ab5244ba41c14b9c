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
			names, open := tableNames(next, verb)
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

// inFunction reports whether the FROM at i belongs to a function: EXTRACT(year FROM x), TRIM(… FROM …).
func inFunction(t []token, i int) bool {
	for j := i - 1; j >= 0; j-- {
		if t[j].is(")") {
			return false
		}
		if t[j].is("(") {
			return j > 0 && t[j-1].word("EXTRACT", "TRIM", "SUBSTRING", "OVERLAY", "POSITION")
		}
	}
	return false
}

// notTables are words that may stand where a table's name could.
var notTables = set("SELECT IF EXISTS NOT ONLY TABLE LATERAL UNNEST VALUES SET WHERE IGNORE LOW_PRIORITY QUICK OVERWRITE DISTINCT ALL TEMP TEMPORARY UNLOGGED CONCURRENTLY TO OR OUTFILE DUMPFILE STDIN STDOUT CURRENT")

// tableNames reads a list of names: a, b.c AS d, "e". open tells that one is not known.
func tableNames(t []token, verb string) (names []string, open bool) {
	i := 0
	for i < len(t) && t[i].word("IF", "EXISTS", "NOT", "ONLY", "TABLE", "IGNORE", "LOW_PRIORITY", "LATERAL", "OVERWRITE", "OR", "REPLACE", "ROLLBACK", "ABORT", "FAIL") {
		i++
	}
	for i < len(t) {
		for i < len(t) && t[i].is("(") && i+1 < len(t) && t[i+1].kind != 'w' {
			i++
		}
		if i >= len(t) || t[i].kind != 'g' && t[i].kind != 'q' && (t[i].kind != 'w' || notTables[t[i].text]) {
			return names, open
		}
		name, unknown := "", false
		for {
			if t[i].kind == 'g' {
				unknown = true
			}
			name += t[i].raw
			if t[i].kind == 'q' {
				name = name[:len(name)-len(t[i].raw)] + t[i].text
			}
			i++
			if i+1 < len(t) && t[i].is(".") && (t[i+1].kind == 'w' || t[i+1].kind == 'q' || t[i+1].kind == 'g') {
				name += "."
				i++
				continue
			}
			if i < len(t) && t[i].kind == 'g' && t[i-1].kind == 'g' {
				i++
			}
			break
		}
		if i < len(t) && t[i].is("::") { // type::table($name)
			return names, true
		}
		if i < len(t) && t[i].is("(") && verb != "insert" && verb != "create" { // a function
			return names, open
		}
		if unknown || strings.Contains(name, hole) {
			open = true
		} else {
			names = append(names, strings.ToLower(name))
		}
		if i < len(t) && t[i].word("AS") {
			i++
		}
		if i < len(t) && (t[i].kind == 'w' || t[i].kind == 'q') && i+1 < len(t) && t[i+1].is(",") { // an alias
			i++
		}
		if i >= len(t) || !t[i].is(",") {
			return names, open
		}
		i++
	}
	return names, open
}

// condition is what follows WHERE, up to the next clause.
func condition(t []token) []token {
	depth := 0
	for i := range t {
		switch {
		case t[i].is("("):
			depth++
		case t[i].is(")"):
			if depth--; depth < 0 {
				return t[:i]
			}
		case depth == 0 && t[i].word("GROUP", "ORDER", "LIMIT", "RETURNING", "HAVING", "UNION", "ON", "WINDOW", "FOR", "OPTION"):
			return t[:i]
		}
	}
	return t
}

// holds reports whether a condition holds for every row: none, 1=1, TRUE, x OR 1=1.
func holds(t []token) bool {
	for len(t) > 1 && t[0].is("(") && closes(t) {
		t = t[1 : len(t)-1]
	}
	if len(t) == 0 {
		return true
	}
	if parts := split(t, "OR"); len(parts) > 1 {
		return slices.ContainsFunc(parts, holds)
	}
	if parts := split(t, "AND"); len(parts) > 1 {
		return !slices.ContainsFunc(parts, func(p []token) bool { return !holds(p) })
	}
	switch len(t) {
	case 1:
		return t[0].word("TRUE") || t[0].kind == 'n' && strings.Trim(t[0].text, "0.") != ""
	case 2:
		return t[0].word("NOT") && (t[1].word("FALSE") || t[1].text == "0")
	case 3:
		same := t[0].kind == t[2].kind && t[0].text == t[2].text && t[0].kind != 'g' && !t[0].is("?")
		if t[1].is("=") || t[1].is("==") {
			return same
		}
		return (t[1].is("<>") || t[1].is("!=")) && !same && constantToken(t[0]) && constantToken(t[2])
	}
	return false
}

func constantToken(t token) bool { return t.kind == 'n' || t.kind == 's' }

// closes reports whether the first bracket is closed by the last token.
func closes(t []token) bool {
	depth := 0
	for i := range t {
		if t[i].is("(") {
			depth++
		} else if t[i].is(")") {
			if depth--; depth == 0 {
				return i == len(t)-1
			}
		}
	}
	return false
}

// split is a condition's parts between a word, outside of brackets.
func split(t []token, word string) [][]token {
	var out [][]token
	depth, start := 0, 0
	for i := range t {
		switch {
		case t[i].is("("):
			depth++
		case t[i].is(")"):
			depth--
		case depth == 0 && t[i].word(word):
			out, start = append(out, t[start:i]), i+1
		}
	}
	return append(out, t[start:])
}

// isCypher reports whether a statement is one of Neo4j's language.
func isCypher(t []token) bool {
	if len(t) < 2 {
		return false
	}
	if t[0].word("MATCH", "UNWIND", "OPTIONAL") {
		return true
	}
	return t[0].word("MERGE", "CREATE") && t[1].is("(") || t[0].word("CALL") && slices.ContainsFunc(t, func(t token) bool { return t.word("YIELD") })
}

// parseCypher reads a statement of Neo4j's language: tables are labels.
func parseCypher(t []token) statement {
	s := statement{verb: "select"}
	set := func(verb string) {
		if slices.Index(severity, verb) > slices.Index(severity, s.verb) {
			s.verb = verb
		}
	}
	for i := range t {
		switch {
		case t[i].word("DELETE"):
			set("delete")
		case t[i].word("SET", "REMOVE"):
			set("update")
		case t[i].word("CREATE"):
			set("insert")
		case t[i].word("MERGE"):
			set("merge")
		case t[i].word("DROP"):
			set("drop")
		case t[i].word("WHERE"):
			s.where = s.where || !holds(t[i+1:min(len(t), i+4)])
		case t[i].is("{") && i > 0 && t[i-1].kind == 'w':
			s.where = true
		case t[i].is(":") && i+1 < len(t) && (t[i+1].kind == 'w' || t[i+1].kind == 'q') && i > 0 && !t[i-1].is("{"):
			if name := strings.ToLower(t[i+1].text); !strings.Contains(name, hole) && i > 1 && (t[i-1].is("(") || t[i-2].is("(")) && !slices.Contains(s.tables, name) {
				s.tables = append(s.tables, name)
			}
		}
	}
	return s
}

// looksSQL reports whether a text of a call of unknown meaning is a statement, and no prose
// that begins with the same word.
func looksSQL(s string) bool {
	t := lexSQL(s)
	for len(t) > 0 && t[0].is("(") {
		t = t[1:]
	}
	if len(t) < 2 || t[0].kind != 'w' {
		return false
	}
	first := t[0]
	if first.raw != first.text && first.raw != strings.ToLower(first.raw) { // "Select the best …"
		return false
	}
	has := func(words ...string) bool {
		return slices.ContainsFunc(t[1:], func(t token) bool {
			return t.word(words...) && (t.raw == t.text) == (first.raw == first.text)
		})
	}
	upper := first.raw == first.text
	switch first.text {
	case "SELECT":
		return upper && (has("FROM") || len(t) <= 6 || t[1].is("*")) || has("FROM") && plainName(t, "FROM")
	case "DELETE":
		return t[1].word("FROM") && plainName(t, "FROM")
	case "INSERT", "REPLACE":
		return (has("INTO") || upper && t[1].kind != 'p') && (has("VALUES", "SELECT", "SET", "DEFAULT") || upper)
	case "UPDATE":
		return has("SET") && (upper || slices.ContainsFunc(t, func(t token) bool { return t.is("=") }))
	case "MERGE":
		return has("INTO") && has("USING") || isCypher(t) && upper
	case "TRUNCATE":
		return upper || t[1].word("TABLE")
	case "DROP", "ALTER", "CREATE":
		return isCypher(t) && upper || t[1].word("TABLE", "VIEW", "INDEX", "DATABASE", "SCHEMA", "TEMP", "TEMPORARY", "UNIQUE", "OR", "MATERIALIZED", "FUNCTION", "TRIGGER", "EXTENSION", "TYPE", "SEQUENCE", "ROLE", "USER", "VIRTUAL", "CONSTRAINT", "POLICY", "VECTOR", "FULLTEXT", "UNLOGGED", "EXTERNAL", "STREAM", "WAREHOUSE", "COLUMN")
	case "GRANT", "REVOKE":
		return has("ON", "TO", "FROM") && upper
	case "WITH":
		return has("AS") && has("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "MATCH")
	case "PRAGMA":
		return len(t) < 8
	case "MATCH", "UNWIND", "OPTIONAL":
		return upper && has("RETURN", "DELETE", "SET", "MERGE", "CREATE", "REMOVE", "CALL", "WITH")
	}
	return false
}

// plainName reports whether what follows a word goes on as a statement does: a name, an alias
// at most, and a key word, a sign or the end.
func plainName(t []token, word string) bool {
	for i := range t {
		if !t[i].word(word) || i+1 >= len(t) {
			continue
		}
		rest := t[i+1:]
		if rest[0].kind == 'g' || rest[0].kind == 'q' || rest[0].is("(") {
			return true
		}
		if rest[0].kind != 'w' {
			return false
		}
		j := 1
		for j+1 < len(rest) && rest[j].is(".") {
			j += 2
		}
		words := 0
		for ; j < len(rest); j++ {
			if rest[j].kind != 'w' {
				return true
			}
			if rest[j].word("WHERE", "JOIN", "LEFT", "RIGHT", "INNER", "OUTER", "CROSS", "FULL", "ORDER", "GROUP", "LIMIT", "HAVING", "UNION", "AS", "USING", "RETURNING", "OFFSET", "FOR", "NATURAL", "TABLESAMPLE") {
				return true
			}
			if words++; words > 1 {
				return false
			}
		}
		return words == 0 || words == 1 && t[0].raw == t[0].text
	}
	return false
}
