package parser

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/flat"
	"github.com/qodacode/qodacode/parser/text"
)

// What is copied from the nodes before an edit must be what the tree has, broken or not.
func TestCopiedNodesAreTheTrees(t *testing.T) {
	for path, original := range map[string]string{"a.py": pythonSample, "a.ts": scriptSample, "a.tsx": scriptSample} {
		r := rand.New(rand.NewPCG(3, 4))
		d := NewTrees(1).Document(path, "")
		original = strings.Repeat(original, 3)
		src := original
		for i := range 1200 {
			if i%10 == 0 {
				src = original
			}
			before := src
			src = randomEdit(r, src)
			d.Parse(text.New(src))
			if want := flat.Fill(d.tree, nil, nil); !slices.Equal(d.nodes, want) {
				k := 0
				for k < min(len(want), len(d.nodes)) && want[k] == d.nodes[k] {
					k++
				}
				t.Fatalf("%s, edit %d: from\n%q to\n%q: node %d differs: %d nodes, want %d", path, i, before, src, k, len(d.nodes), len(want))
			}
		}
		d.Close()
	}
}
