package secrets

import (
	"strings"
	"unicode/utf8"
)

// keywords finds every occurrence of a fixed set of literals in one pass over a text,
// whatever the case of their ASCII letters: an Aho–Corasick automaton with its
// failure links folded into a table of bytes classes.
type keywords struct {
	class [256]uint8
	width uint32     // number of classes
	next  []uint32   // state + class → state, states counted in units of width; silent or not
	found [][]uint16 // state / width → the literals that end there
	long  []int32    // literal → its length in bytes
}

// loud marks a state in next in which at least one literal ends.
const loud = 1 << 31

// occurrence is one literal that begins at the byte at start.
type occurrence struct {
	start   int32
	literal uint16
}

// newKeywords builds the automaton; literals are lower case and not empty.
func newKeywords(literals []string) *keywords {
	k := &keywords{width: 1}
	for _, literal := range literals {
		k.long = append(k.long, int32(len(literal)))
		for i := range len(literal) {
			if b := literal[i]; k.class[b] == 0 {
				k.class[b] = uint8(k.width)
				k.width++
			}
		}
	}
	for b := 'A'; b <= 'Z'; b++ {
		k.class[b] = k.class[b|0x20]
	}

	// A trie first; 0 means no child, as nothing leads back to the root.
	addState := func() uint32 {
		state := uint32(len(k.next))
		k.next = append(k.next, make([]uint32, k.width)...)
		k.found = append(k.found, nil)
		return state
	}
	root := addState()
	for id, literal := range literals {
		state := root
		for i := range len(literal) {
			edge := state + uint32(k.class[literal[i]])
			if k.next[edge] == 0 {
				child := addState() // moves k.next
				k.next[edge] = child
			}
			state = k.next[edge]
		}
		k.found[state/k.width] = append(k.found[state/k.width], uint16(id))
	}

	// Breadth first, so that the state that a failure leads to is complete when it is copied from.
	failure := make([]uint32, len(k.found))
	queue := []uint32{root}
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		fallback := failure[state/k.width]
		for c := range k.width {
			child := k.next[state+c]
			beyond := k.next[fallback+c]
			switch {
			case child == 0:
				k.next[state+c] = beyond
				continue
			case state != root:
				failure[child/k.width] = beyond
				k.found[child/k.width] = append(k.found[child/k.width], k.found[beyond/k.width]...)
			}
			queue = append(queue, child)
		}
	}
	for edge, state := range k.next {
		if len(k.found[state/k.width]) > 0 {
			k.next[edge] |= loud
		}
	}
	return k
}

// scan appends the occurrences in text to to, by the position of their end.
func (k *keywords) scan(text string, to []occurrence) []occurrence {
	next, state := k.next, uint32(0)
	for i := range len(text) {
		state = next[state+uint32(k.class[text[i]])]
		if state&loud != 0 {
			state &^= loud
			for _, literal := range k.found[state/k.width] {
				to = append(to, occurrence{int32(i+1) - k.long[literal], literal})
			}
		}
	}
	return to
}

// The two characters outside ASCII that equal an ASCII letter when case does not count.
const (
	longS  = 'ſ'
	kelvin = '\u212a'
)

func hasFolded(text string) bool {
	return strings.ContainsRune(text, longS) || strings.ContainsRune(text, kelvin)
}

// scanFolded is scan for texts with a long s or a Kelvin sign, which patterns take for s and k.
func (k *keywords) scanFolded(text string, to []occurrence) []occurrence {
	folded := make([]byte, 0, len(text))
	origin := make([]int32, 0, len(text)) // offset in folded → offset in text
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch r {
		case longS:
			folded, origin = append(folded, 's'), append(origin, int32(i))
		case kelvin:
			folded, origin = append(folded, 'k'), append(origin, int32(i))
		default:
			for j := i; j < i+size; j++ {
				folded, origin = append(folded, text[j]), append(origin, int32(j))
			}
		}
		i += size
	}
	to = k.scan(string(folded), to)
	for i := range to {
		to[i].start = origin[to[i].start]
	}
	return to
}
