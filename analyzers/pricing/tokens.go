package pricing

import (
	"hash/maphash"
	"sync"
	"unicode/utf8"

	"github.com/tiktoken-go/tokenizer/codec"
)

const (
	// wholeText is the longest text, in bytes, that Count reads as a whole: about 10 ms.
	wholeText = 64 << 10
	// samples pieces of sampleSize bytes stand for a longer text.
	samples, sampleSize = 16, 4 << 10
	// maxCounts is how many counts are kept, 16 bytes each: well below 1 MB.
	maxCounts = 16 << 10
)

// Count is the number of tokens of text in OpenAI's encoding o200k_base, special tokens taken
// for plain text. It is exact up to 64 KiB. A longer text is estimated from 16 pieces of it:
// within 2 % for text of one kind, and as far off as its parts differ else. What other
// families make of a text, Factor tells. The first call reads the vocabulary, see Warm.
func Count(text string) int {
	if text == "" {
		return 0
	}
	return counts.get(text, func() int {
		if len(text) <= wholeText {
			return encode(text)
		}
		return sampled(text)
	})
}

// codec200k is OpenAI's encoding of all models since GPT-4o. Its vocabulary takes 50 ms to read.
var codec200k = sync.OnceValue(codec.NewO200kBase)

func encode(text string) int {
	if text == "" {
		return 0
	}
	n, err := codec200k().Count(text)
	if err != nil {
		return (len(text) + 3) / 4 // the splitting pattern gave up
	}
	return n
}

// sampled estimates the count of a long text from pieces that are spread evenly over it.
func sampled(text string) int {
	tokens, bytes := 0, 0
	for i := range samples {
		at := runeAt(text, i*(len(text)-sampleSize)/(samples-1))
		piece := text[at:runeAt(text, at+sampleSize)]
		tokens += encode(piece)
		bytes += len(piece)
	}
	return int(float64(tokens) * float64(len(text)) / float64(bytes))
}

// runeAt is the first byte of the character that byte i of s belongs to.
func runeAt(s string, i int) int {
	if i >= len(s) {
		return len(s)
	}
	for back := 0; back < utf8.UTFMax-1 && i > 0 && !utf8.RuneStart(s[i]); back++ {
		i--
	}
	return i
}

// counts are the counts of texts seen before: an editor asks for the same prompts at every
// keystroke. Texts are known by a hash of 64 bits with a random seed.
var counts = countCache{seed: maphash.MakeSeed(), young: map[uint64]int{}}

// countCache drops what was not asked for while half of it was filled anew.
type countCache struct {
	seed       maphash.Seed
	mu         sync.Mutex
	young, old map[uint64]int
}

func (c *countCache) get(text string, count func() int) int {
	key := maphash.String(c.seed, text)
	c.mu.Lock()
	n, ok := c.young[key]
	if !ok {
		if n, ok = c.old[key]; ok {
			c.put(key, n)
		}
	}
	c.mu.Unlock()
	if ok {
		return n
	}
	n = count() // outside of the lock, since it may take milliseconds
	c.mu.Lock()
	c.put(key, n)
	c.mu.Unlock()
	return n
}

func (c *countCache) put(key uint64, n int) {
	if len(c.young) >= maxCounts/2 {
		c.old, c.young = c.young, make(map[uint64]int, maxCounts/2)
	}
	c.young[key] = n
}

// Factor is what a text's count must be multiplied by for a tokenizer (Model.Tokenizer):
// low, expected, high. OpenAI's differ by the 2 % that the framing of chats may add. The
// others are measured against o200k_base on English, German, Chinese, code and tables,
// 2026-11: approximate, since these encodings are not public.
func Factor(tokenizer string) (low, expected, high float64) {
	f, ok := factors[tokenizer]
	if !ok {
		f = factors[OtherTokenizer]
	}
	return f[0], f[1], f[2]
}

// OtherTokenizer is the Model.Tokenizer of Llama 3, DeepSeek and all whose encoding nothing is known of.
const OtherTokenizer = "other"

var factors = map[string][3]float64{
	"o200k":        {1, 1, 1.02},
	"cl100k":       {1, 1, 1.02},
	"claude-old":   {1, 1.15, 1.35},
	"claude-new":   {1.3, 1.5, 1.75},
	"gemini":       {0.95, 1.15, 1.3},
	OtherTokenizer: {1, 1.05, 1.25},
}
