package effects

import (
	"slices"
	"strings"
)

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
		return has("INTO") && has("USING") && has("ON", "WHEN") || isCypher(t) && upper
	case "TRUNCATE":
		return upper || t[1].word("TABLE")
	case "DROP", "ALTER", "CREATE":
		if first.text == "CREATE" && !upper && !has("AS", "LIKE", "EXISTS", "ON", "DATABASE", "SCHEMA") && !slices.ContainsFunc(t, func(t token) bool { return t.is("(") || t.kind == 'g' }) {
			return false // "create table tennis club"
		}
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
