package effects

import (
	"strings"
)

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

// tableNames reads a list of names: a, b.c AS d, "e". columns tells that a bracket behind a
// name begins those of a table, and not the arguments of a function; open that a name is not known.
func tableNames(t []token, columns bool) (names []string, open bool) {
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
		if i < len(t) && t[i].is("(") && !columns { // a function
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
