package sast

import (
	"path"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// Code that a program made for browsers is not where anybody would mend something: it is
// longer than minifiedSize, and its lines have more than minifiedLine bytes on average.
const (
	minifiedSize = 2_000
	minifiedLine = 300
)

// minified reports whether f was made by a bundler.
func minified(f *parser.File) bool {
	if !f.Language.IsScript() {
		return false
	}
	if strings.Contains(path.Base(f.Path), ".min.") {
		return true
	}
	size := f.Text.Len()
	return size > minifiedSize && size/f.Text.Lines() > minifiedLine
}
