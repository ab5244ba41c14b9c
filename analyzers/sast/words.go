package sast

// dictionary numbers the words that rules ask for.
type dictionary struct {
	words []string
	slots []int32 // 1 + index into words, by hash; the size is a power of two
}

func isWordByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

// wordBytes is isWordByte as a table: the loop over a file's bytes asks it for each.
var wordBytes = func() (table [256]bool) {
	for c := range table {
		table[c] = isWordByte(byte(c))
	}
	return table
}()

// hash is FNV-1a.
func hash(word string) uint32 {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return h
}

// add is the number of a word, which it gets at first.
func (d *dictionary) add(word string) int32 {
	if 2*(len(d.words)+1) > len(d.slots) {
		d.grow()
	}
	mask := uint32(len(d.slots) - 1)
	i := hash(word) & mask
	for ; d.slots[i] != 0; i = (i + 1) & mask {
		if d.words[d.slots[i]-1] == word {
			return d.slots[i] - 1
		}
	}
	d.words = append(d.words, word)
	d.slots[i] = int32(len(d.words))
	return int32(len(d.words) - 1)
}

func (d *dictionary) grow() {
	d.slots = make([]int32, max(64, 2*len(d.slots)))
	mask := uint32(len(d.slots) - 1)
	for n, word := range d.words {
		i := hash(word) & mask
		for d.slots[i] != 0 {
			i = (i + 1) & mask
		}
		d.slots[i] = int32(n + 1)
	}
}

// in is the set of words that a text holds, as bits by their numbers.
func (d *dictionary) in(text string) []uint64 {
	present := make([]uint64, len(d.words)/64+1)
	if len(d.words) == 0 {
		return present
	}
	mask := uint32(len(d.slots) - 1)
	for i := 0; i < len(text); {
		c := text[i]
		if c == '\\' && i+2 < len(text) && wordBytes[text[i+1]] {
			// "\nSELECT" is an escape and a word, "C:\temp" one word.
			d.mark(present, text, i+2, mask)
			i++
			continue
		}
		if !wordBytes[c] {
			i++
			continue
		}
		i = d.mark(present, text, i, mask)
	}
	return present
}

// mark notes the word that begins at a place, and tells where it ends.
func (d *dictionary) mark(present []uint64, text string, start int, mask uint32) int {
	h := uint32(2166136261)
	i := start
	for i < len(text) && wordBytes[text[i]] {
		h = (h ^ uint32(text[i])) * 16777619
		i++
	}
	for at := h & mask; d.slots[at] != 0; at = (at + 1) & mask {
		if n := d.slots[at] - 1; d.words[n] == text[start:i] {
			present[n>>6] |= 1 << (n & 63)
			break
		}
	}
	return i
}
