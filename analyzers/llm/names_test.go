package llm

import (
	"slices"
	"testing"
)

// What index.client asks for by a name's module is all that the table has under the name.
func TestHeadsAreFoundByModule(t *testing.T) {
	for _, table := range tables {
		x := table()
		for row, heads := range x.heads {
			for qname := range heads {
				if !slices.Contains(x.byModule[rootOf(qname)], row) {
					t.Errorf("%s: %s is not found by its module", sdks[row].name, qname)
				}
			}
		}
	}
}

func TestNameSet(t *testing.T) {
	var s nameSet
	names := []string{"", "a", "create", "ChatOpenAI", "generate_content_stream", "ü"}
	for _, name := range names {
		s.add(name)
	}
	for _, name := range names {
		if !s.may(name) {
			t.Errorf("%q was added", name)
		}
	}
	// It is there to say no: to nearly all names, with as many in it as the table has.
	rejected := 0
	others := []string{"append", "print", "len", "format", "join", "strip", "split", "items", "get", "info", "range", "dumps", "loads", "sleep", "lower", "push", "map", "filter", "log", "stringify"}
	for _, name := range others {
		if x := tables[0](); !x.called.may(name) {
			rejected++
		}
	}
	if rejected < len(others)/2 {
		t.Errorf("only %d of %d common names are known not to be in the table", rejected, len(others))
	}
}
