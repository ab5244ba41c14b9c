package workspace

import "testing"

func TestWords(t *testing.T) {
	w := NewWords([]string{"crewai", "from ai", "a/b", "from agents"})
	for src, want := range map[string]bool{
		"": false, "cre": false, "crewai": true, "xxcrewai": true, "crewa": false, "from ag": false, "from agents import": true, "from  ai": false,
		"x from ai": true, "a/b": true, "a/": false, "\xff\xfecrewai\x00": true, "CREWAI": false,
	} {
		if got := w.in(src); got != want {
			t.Errorf("%q: %v, want %v", src, got, want)
		}
	}
}
