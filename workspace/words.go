package workspace

import "strings"

// Words finds whether a text holds one of several words, in one pass: each place is looked up
// by its next four bytes, which few words begin with.
type Words struct {
	heads [1 << wordBits][]string
	short []string // of less than four bytes
}

const wordBits = 12

// NewWords makes the table for a list of words, about 100 KB that projects can share.
func NewWords(list []string) *Words {
	w := &Words{}
	for _, word := range list {
		if len(word) < 4 {
			w.short = append(w.short, word)
			continue
		}
		at := wordHash(uint32(word[0]) | uint32(word[1])<<8 | uint32(word[2])<<16 | uint32(word[3])<<24)
		w.heads[at] = append(w.heads[at], word)
	}
	return w
}

// wordHash spreads four bytes over the table, by Knuth's multiplicative hashing.
func wordHash(bytes uint32) uint32 { return bytes * 2654435761 >> (32 - wordBits) }

// in reports whether src holds one of the words.
func (w *Words) in(src string) bool {
	for _, word := range w.short {
		if strings.Contains(src, word) {
			return true
		}
	}
	next := uint32(0)
	for i := range len(src) {
		next = next>>8 | uint32(src[i])<<24
		if i < 3 {
			continue
		}
		for _, word := range w.heads[wordHash(next)] {
			if strings.HasPrefix(src[i-3:], word) {
				return true
			}
		}
	}
	return false
}
