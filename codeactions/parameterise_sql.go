package codeactions

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/parser"
)

// placeholders are what drivers put in the place of a value, by the module that a file imports.
// Sources: PEP 249 paramstyle of each driver, and the READMEs of the npm packages, read 2026-11-23.
var placeholders = []struct{ module, style string }{
	{"sqlite3", "?"}, {"aiosqlite", "?"}, {"duckdb", "?"}, {"pyodbc", "?"},
	{"psycopg", "%s"}, {"psycopg2", "%s"}, {"pymysql", "%s"}, {"MySQLdb", "%s"}, {"mysql.connector", "%s"}, {"aiomysql", "%s"}, {"asyncpg", "$"},
	{"mysql", "?"}, {"mysql2", "?"}, {"mysql2/promise", "?"}, {"sqlite", "?"}, {"better-sqlite3", "?"}, {"pg", "$"}, {"postgres", "$"},
}

// placeholder is the one style of the drivers that the file imports.
func (d *draft) placeholder() (style string, ok bool) {
	for i := range d.Imports {
		for _, p := range placeholders {
			if m := d.Imports[i].Module; m != p.module && !strings.HasPrefix(m, p.module+".") {
				continue
			}
			if style != "" && style != p.style {
				return "", false
			}
			style = p.style
		}
	}
	return style, style != ""
}

// valueBefore is where SQL takes a value, and no name: behind an operator, a comma or a bracket of values.
var valueBefore = regexp.MustCompile(`(?i)(=|<|>|\blike|\bbetween|\band|\bin\s*\(|\bvalues\s*\([^()]*|\blimit|\boffset|,)\s*$`)

// nameBefore is where a comma or bracket lists names.
var nameBefore = regexp.MustCompile(`(?i)\b(from|join|into|update|table|select|by|distinct)\s+[^=<>()]*$`)

// parameteriseSQL gives the values of a statement to the driver: execute("… = ?", (x,)).
func parameteriseSQL(d *draft, fix *sast.Fix) (title string, ok bool) {
	call := d.callAround(fix.Span)
	style, known := d.placeholder()
	if call == nil || !known || len(call.Args) != 1 || call.Args[0].Name != "" || call.Args[0].Spread != 0 {
		return "", false
	}
	made, ok := d.textOf(call.Args[0].Value)
	if !ok {
		return "", false
	}
	parts, ok := d.pieces(made)
	if !ok {
		return "", false
	}
	sql, values, ok := d.parameters(parts, style)
	if !ok {
		return "", false
	}
	d.replace(d.Span(made), sql)
	list := "[" + strings.Join(values, ", ") + "]"
	if !d.Language.IsScript() {
		list = "(" + strings.Join(values, ", ") + ",)"
		if len(values) > 1 {
			list = "(" + strings.Join(values, ", ") + ")"
		}
		if style == "$" { // asyncpg takes them one by one
			list = strings.Join(values, ", ")
		}
	}
	d.insert(d.Span(call.Args[0].Node).End, ", "+list)
	return "Give the values to the driver as parameters", true
}

// parameters are a statement with a placeholder for each value, as a literal, and the values.
func (d *draft) parameters(parts []part, style string) (sql string, values []string, ok bool) {
	var b strings.Builder
	for i, p := range parts {
		if p.expr == parser.NoNode {
			if style == "%s" && strings.Contains(p.text, "%") {
				return "", nil, false // it would have to be doubled, which changes what it says to other readers
			}
			b.WriteString(p.text)
			continue
		}
		before := b.String()
		if quote := quoteAt(before); quote != "" {
			if i+1 == len(parts) || parts[i+1].expr != parser.NoNode || !strings.HasPrefix(parts[i+1].text, quote) {
				return "", nil, false // '%x%': the pattern would have to be put together
			}
			before = strings.TrimSuffix(before, quote)
			b.Reset()
			b.WriteString(before)
			parts[i+1].text = strings.TrimPrefix(parts[i+1].text, quote)
		}
		if !valueBefore.MatchString(before) || nameBefore.MatchString(before) {
			return "", nil, false // a table or column: no parameter can stand for it
		}
		values = append(values, d.Slice(p.expr))
		if style == "$" {
			fmt.Fprintf(&b, "$%d", len(values))
		} else {
			b.WriteString(style)
		}
	}
	if len(values) == 0 {
		return "", nil, false
	}
	return d.literal(b.String()), values, true
}

func quoteAt(before string) string {
	for _, q := range []string{"'", `"`} {
		if strings.HasSuffix(before, q) {
			return q
		}
	}
	return ""
}

// literal is a text as a string of the file's language.
func (d *draft) literal(s string) string {
	lines := strings.Contains(s, "\n")
	switch {
	case d.Language.IsScript() && (lines || strings.Contains(s, "'")):
		return "`" + s + "`"
	case d.Language.IsScript():
		return "'" + s + "'"
	case lines || strings.Contains(s, `"`):
		return `"""` + s + `"""`
	}
	return `"` + s + `"`
}
