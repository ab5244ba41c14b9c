package effects

import (
	"slices"
	"strings"
)

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
			if name := strings.ToLower(t[i+1].text); !strings.Contains(name, hole) && i > 1 && (opens(t[i-1]) || opens(t[i-2])) && !slices.Contains(s.tables, name) {
				s.tables = append(s.tables, name)
			}
		}
	}
	return s
}

// opens reports whether a node or a relation begins with a token.
func opens(t token) bool { return t.is("(") || t.is("[") }
