package lsp

import (
	"regexp"
	"strings"
)

var (
	// inline are the marks of Markdown that hovers use, with what stays of them.
	link  = regexp.MustCompile(`\[([^\]]*)\]\(([^)\s]*)\)`)
	marks = regexp.MustCompile("\\*\\*|`|(?m:^#+ )|(?m:^```\\w*\n)")
	rule  = regexp.MustCompile(`(?m)^\|?[ :|-]*---[ :|-]*\|?\n`)
	cells = regexp.MustCompile(`(?m)^\| ?(.*?) ?\|$`)
	pipe  = regexp.MustCompile(`\s*(?:^|[^\\])\|\s*`)
)

// plain is Markdown as text for clients that can't render it.
func plain(markdown string) string {
	s := rule.ReplaceAllString(markdown, "")
	s = cells.ReplaceAllStringFunc(s, func(row string) string {
		return strings.TrimSpace(strings.ReplaceAll(strings.Trim(row, "| "), " | ", "  "))
	})
	s = link.ReplaceAllString(s, "$1 ($2)")
	return marks.ReplaceAllString(s, "")
}
