package lsp

import (
	"regexp"
	"strings"
)

// The Markdown that hovers use: fences of code, marks of emphasis, code and headings, links,
// and tables with the line below their header.
var (
	fences = regexp.MustCompile("(?m)^```\\w*\n")
	marks  = regexp.MustCompile("\\*\\*|`|(?m:^#+ )")
	links  = regexp.MustCompile(`\[([^\]]*)\]\(([^)\s]*)\)`)
	rulers = regexp.MustCompile(`(?m)^\|[ :|-]*---[ :|-]*\n`)
	rows   = regexp.MustCompile(`(?m)^\|.*\|$`)
)

// plain is Markdown as text for clients that can't render it.
func plain(markdown string) string {
	s := rulers.ReplaceAllString(fences.ReplaceAllString(markdown, ""), "")
	s = rows.ReplaceAllStringFunc(s, func(row string) string {
		return strings.TrimSpace(strings.ReplaceAll(strings.Trim(row, "| "), " | ", "  "))
	})
	return marks.ReplaceAllString(links.ReplaceAllString(s, "$1 ($2)"), "")
}
