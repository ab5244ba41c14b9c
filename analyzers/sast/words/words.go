// Package words tells quickly which words and texts a file may hold, so that rules and patterns
// which need others are not tried. It may say yes for what is not there, never no for what is.
package words

const (
	wordBits    = 1 << 17
	trigramBits = 1 << 16
)

// Set is what one text holds. It is immutable and safe for concurrent use.
type Set struct {
	words    [wordBits / 64]uint64
	trigrams [trigramBits / 64]uint64
}

// Need is what a text must hold: one of the words, or one of the texts.
type Need struct {
	Words []uint32 // as Hash makes them
	Texts []string // of three bytes at least, in lower case; upper case in the file is the same
}

// IsByte reports whether a byte is part of a word: a letter, a digit, an underscore, or any
// byte of a character that is not ASCII.
func IsByte(c byte) bool { return inWord[c] }

// inWord and lower are tables: the loop over a file's bytes asks them for each.
var inWord, lower = func() (word [256]bool, low [256]byte) {
	for i := range 256 {
		c := byte(i)
		word[i] = c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
		if low[i] = c; c >= 'A' && c <= 'Z' {
			low[i] = c + 'a' - 'A'
		}
	}
	return word, low
}()

const (
	offset = 2166136261 // of FNV-1a
	prime  = 16777619
)

// Hash is what stands for a word.
func Hash(word string) uint32 {
	h := uint32(offset)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * prime
	}
	return fold(h)
}

func fold(h uint32) uint32 { return (h ^ h>>15) & (wordBits - 1) }

// Of reads a text.
func Of(text string) *Set {
	s := &Set{}
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '\\' && i+2 < len(text) && inWord[text[i+1]]:
			// "\nSELECT" is an escape and a word, "C:\temp" one word.
			s.word(text, i+2)
			i++
		case inWord[c]:
			i = s.word(text, i)
		default:
			i++
		}
	}
	if len(text) >= 3 {
		a, b := uint32(lower[text[0]]), uint32(lower[text[1]])
		for i := 2; i < len(text); i++ {
			c := uint32(lower[text[i]])
			t := trigram(a, b, c)
			s.trigrams[t>>6] |= 1 << (t & 63)
			a, b = b, c
		}
	}
	return s
}

// word notes the word that begins at a place, and tells where it ends.
func (s *Set) word(text string, i int) int {
	h := uint32(offset)
	for i < len(text) && inWord[text[i]] {
		h = (h ^ uint32(text[i])) * prime
		i++
	}
	h = fold(h)
	s.words[h>>6] |= 1 << (h & 63)
	return i
}

func trigram(a, b, c uint32) uint32 { return (a*961 + b*31 + c) * 2654435769 >> 16 }

// Meets reports whether the text may hold what is needed.
func (s *Set) Meets(n *Need) bool {
	for _, h := range n.Words {
		if s.words[h>>6]&(1<<(h&63)) != 0 {
			return true
		}
	}
	for _, t := range n.Texts {
		if s.text(t) {
			return true
		}
	}
	return false
}

// MeetsAll reports whether the text may hold all that is needed.
func (s *Set) MeetsAll(needs []Need) bool {
	for i := range needs {
		if !s.Meets(&needs[i]) {
			return false
		}
	}
	return true
}

func (s *Set) text(t string) bool {
	for i := 2; i < len(t); i++ {
		h := trigram(uint32(t[i-2]), uint32(t[i-1]), uint32(t[i]))
		if s.trigrams[h>>6]&(1<<(h&63)) == 0 {
			return false
		}
	}
	return true
}
