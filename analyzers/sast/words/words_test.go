package words

import (
	"strings"
	"testing"
)

func TestSet(t *testing.T) {
	s := Of(`a.open("\nSELECT 'x1'", "C:\temp") + été; executeS`)
	for _, word := range []string{"a", "open", "SELECT", "nSELECT", "temp", "emp", "été", "x1", "executeS"} {
		if !s.Meets(&Need{Words: []uint32{Hash("absent"), Hash(word)}}) {
			t.Errorf("%q is not found", word)
		}
	}
	for _, text := range []string{"open(", "select", "executes", "cutes", "x1'"} {
		if !s.Meets(&Need{Texts: []string{"absent", text}}) {
			t.Errorf("the text %q is not found", text)
		}
	}
	// These may be found by chance in a large file, in this one they are not.
	for _, word := range []string{"execute", "ELECT", "ope", ""} {
		if s.Meets(&Need{Words: []uint32{Hash(word)}}) {
			t.Errorf("%q is found", word)
		}
	}
	if s.Meets(&Need{Texts: []string{"selects"}}) || s.Meets(&Need{}) {
		t.Error("what is not there is found")
	}
	if !s.MeetsAll(nil) || s.MeetsAll([]Need{{Words: []uint32{Hash("open")}}, {Words: []uint32{Hash("absent")}}}) {
		t.Error("several needs")
	}
}

func FuzzOf(f *testing.F) {
	f.Add("a\\nb", 0, 2)
	f.Fuzz(func(t *testing.T, text string, from, to int) {
		s := Of(text)
		if from < 0 || to > len(text) || from > to {
			return
		}
		if part := text[from:to]; len(part) >= 3 && !s.Meets(&Need{Texts: []string{lowered(part)}}) {
			t.Errorf("%q in %q", part, text)
		}
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r < 0x80 && !IsByte(byte(r)) }) {
			if !s.Meets(&Need{Words: []uint32{Hash(word)}}) {
				t.Errorf("the word %q of %q", word, text)
			}
		}
	})
}

func lowered(s string) string {
	b := []byte(s)
	for i := range b {
		b[i] = lower[b[i]]
	}
	return string(b)
}

func BenchmarkOf(b *testing.B) {
	text := strings.Repeat("    result = self.client.execute(query, params)  # comment\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Of(text)
	}
}
