package parser

import (
	"encoding/json"
	"strings"
)

// notebookReader walks a notebook's JSON with positions, which encoding/json gives for tokens only roughly:
// InputOffset is the end of the token just read, and that is enough, for a string's raw form ends there.
type notebookReader struct {
	src    string
	kernel string
}

// walk calls line for the content of each source string of each code cell, in order, and
// cellEnd after each cell. It reports whether the JSON was a notebook.
func (r *notebookReader) walk(line func(start, end int), cellEnd func()) bool {
	dec := json.NewDecoder(strings.NewReader(strings.TrimPrefix(r.src, "\ufeff")))
	base := len(r.src) - len(strings.TrimPrefix(r.src, "\ufeff"))
	type frame struct {
		key    string
		object bool
		isKey  bool // the next token is a key
	}
	type span struct{ start, end int }
	var stack []frame
	var cell []span
	code, seen := false, false
	path := func(keys ...string) bool {
		if len(stack) != len(keys) {
			return false
		}
		for i, k := range keys {
			if stack[i].key != k {
				return false
			}
		}
		return true
	}
	for {
		token, err := dec.Token()
		if err != nil {
			return seen && len(stack) == 0
		}
		top := len(stack) - 1
		if delim, ok := token.(json.Delim); ok {
			switch delim {
			case '{', '[':
				if top >= 0 && stack[top].object {
					stack[top].isKey = true
				}
				if len(stack) > 64 {
					return false // no notebook nests that deep
				}
				stack = append(stack, frame{object: delim == '{', isKey: delim == '{'})
				if path("cells", "", "") {
					code, cell = false, nil
				}
			default:
				stack = stack[:top]
				if path("cells", "") && delim == '}' && code {
					for _, s := range cell {
						line(s.start, s.end)
					}
					cellEnd()
				}
				if path("cells", "") && delim == '}' {
					code, cell = false, nil
				}
			}
			continue
		}
		s, isString := token.(string)
		if top >= 0 && stack[top].object && stack[top].isKey {
			stack[top].key, stack[top].isKey = s, false
			if top == 0 && s == "cells" {
				seen = true
			}
			continue
		}
		switch {
		case !isString:
		case path("cells", "", "cell_type"):
			code = s == "code"
		case path("cells", "", "source") || path("cells", "", "source", ""):
			end := base + int(dec.InputOffset()) - 1
			cell = append(cell, span{r.openingQuote(end) + 1, end})
		case path("metadata", "kernelspec", "language"), path("metadata", "language_info", "name"):
			r.kernel = strings.ToLower(s)
		}
		if top >= 0 && stack[top].object {
			stack[top].isKey = true
		}
	}
}

// openingQuote finds the quote that opens the string whose closing one is at end.
func (r *notebookReader) openingQuote(end int) int {
	for i := end - 1; i >= 0; i-- {
		if r.src[i] != '"' {
			continue
		}
		escapes := 0
		for j := i - 1; j >= 0 && r.src[j] == '\\'; j-- {
			escapes++
		}
		if escapes%2 == 0 {
			return i
		}
	}
	return 0
}
