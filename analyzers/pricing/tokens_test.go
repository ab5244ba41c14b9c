package pricing

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestCount(t *testing.T) {
	// The counts are those of js-tiktoken 1.0.21 with o200k_base.
	for text, want := range map[string]int{
		"":                             0,
		"hello world":                  2,
		"You are a helpful assistant.": 6,
		"<|endoftext|>":                7, // plain text, as in a prompt
		"请在七天之内用中文回答这个问题，并附上参考资料。":                       17,
		"👩‍👩‍👧 🎉🎉 done":                                  13,
		"Größenänderung der Straßenbahn-Haltestelle\n\n": 13,
	} {
		if got := Count(text); got != want {
			t.Errorf("Count(%q) = %d, want %d", text, got, want)
		}
	}
	long := strings.Repeat("You are a helpful assistant. ", 50)
	if first, again := Count(long), Count(strings.Clone(long)); first != again || first != encode(long) {
		t.Errorf("%d, then %d tokens", first, again)
	}
}

// A long text is estimated; how far off that is must be what the documentation says.
func TestCountOfLongTexts(t *testing.T) {
	for name, piece := range map[string]string{
		"prose":   "The invoice of %d was paid late; the customer, who lives abroad, asks for a copy in German.\n",
		"code":    "if err := run(%d); err != nil {\n\treturn fmt.Errorf(\"row: %%w\", err)\n}\n",
		"Chinese": "请在%d天之内用中文回答这个问题，并附上参考资料。\n",
		"emoji":   "👩‍👩‍👧 %d 🎉🎉 done\n",
	} {
		var b strings.Builder
		for i := 0; b.Len() < 300<<10; i++ {
			fmt.Fprintf(&b, piece, i*7919%100003)
		}
		got, exact := Count(b.String()), encode(b.String())
		if off := math.Abs(float64(got)/float64(exact) - 1); off > 0.02 {
			t.Errorf("%s: %d instead of %d tokens, %.1f %% off", name, got, exact, 100*off)
		}
	}
}

// hostile are texts that splitters and mergers are slow at.
func hostile(size int) map[string]string {
	return map[string]string{
		"one letter": strings.Repeat("a", size), "spaces": strings.Repeat(" ", size), "line ends": strings.Repeat("\n", size),
		"no spaces": strings.Repeat("ThisIsOneWord", size/13), "punctuation": strings.Repeat("!?", size/2), "digits": strings.Repeat("0123456789", size/10),
		"Chinese": strings.Repeat("语言模型", size/12), "emoji": strings.Repeat("👩‍👩‍👧", size/18), "marks": strings.Repeat("e\u0301", size/3),
		"broken": strings.Repeat("\xe8\xaf", size/2), "NUL": strings.Repeat("\x00", size), "mixed": strings.Repeat("a \n\t'lL1", size/9),
	}
}

// No text may stall a keystroke, whatever its length.
func TestCountIsFast(t *testing.T) {
	Count("warm")
	for name, text := range hostile(1 << 20) {
		started := time.Now()
		n := Count(text)
		if took := time.Since(started); took > time.Second { // ~20 ms; generous for busy machines and the race detector
			t.Errorf("%s: %v for 1 MB", name, took)
		}
		if n <= 0 || n > 3*len(text) {
			t.Errorf("%s: %d tokens of %d bytes", name, n, len(text))
		}
	}
}

func TestCountsAreBounded(t *testing.T) {
	c := countCache{seed: counts.seed, young: map[uint64]int{}}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range maxCounts {
				if n := c.get(fmt.Sprint("text ", i, g), func() int { return i }); n != i {
					t.Errorf("%d instead of %d", n, i)
				}
			}
		})
	}
	wg.Wait()
	if n := len(c.young) + len(c.old); n > maxCounts+2 || n < maxCounts/2 {
		t.Errorf("%d counts are kept", n)
	}
}

func TestFactor(t *testing.T) {
	for _, m := range Builtin().Models {
		if _, ok := factors[m.Tokenizer]; !ok {
			t.Errorf("%s: no factor for %q", m.ID, m.Tokenizer)
		}
	}
	for name := range factors {
		if low, mid, high := Factor(name); !(0 < low && low <= mid && mid <= high) {
			t.Errorf("%s: %v %v %v", name, low, mid, high)
		}
	}
	if low, _, high := Factor("llama3"); low != 1 || high != 1.25 {
		t.Errorf("unknown family: %v to %v", low, high)
	}
}

func BenchmarkCount(b *testing.B) {
	Count("warm")
	texts := hostile(wholeText)
	texts["prose"] = strings.Repeat("The quick brown fox jumps over the lazy dog, 42 times. ", wholeText/55)
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				encode(text)
			}
		})
	}
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			Count(texts["prose"])
		}
	})
}
