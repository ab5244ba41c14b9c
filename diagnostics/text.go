package diagnostics

import "io"

// TextOptions are how WriteText writes.
type TextOptions struct {
	Color bool
	Width int // columns of the terminal; 0: 120
}

// WriteText writes r for people.
func WriteText(w io.Writer, r *Report, opts TextOptions) error { return nil }
