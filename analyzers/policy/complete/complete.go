// Package complete answers what an editor asks in a policy: which fields of the facts may
// follow, and what one means. It reads the text before the cursor, and needs no compiler.
package complete

import "github.com/qodacode/qodacode/parser/text"

// Item is a field or a value that may follow.
type Item struct {
	Label, Detail, Doc string    // Doc is Markdown
	Replace            text.Span // what it takes the place of
}

// At are the items at an offset of a policy.
func At(source string, offset int) []Item { return nil }

// Hover is what the name at an offset means: Markdown, and where the name stands; "" for nothing.
func Hover(source string, offset int) (doc string, span text.Span) { return "", text.Span{} }
