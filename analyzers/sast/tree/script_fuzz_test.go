package tree

import (
	"testing"
)

// checkTree holds what every tree promises.
func checkTree(t *testing.T, tr *Tree) {
	t.Helper()
	for i := range tr.Nodes {
		n := &tr.Nodes[i]
		if n.Next <= ID(i) || int(n.Next) > len(tr.Nodes) || n.Kind == Invalid {
			t.Fatalf("node %d: kind %s, next %d of %d", i, n.Kind, n.Next, len(tr.Nodes))
		}
		if int(n.End) > len(tr.File.Text.String()) || n.Start > n.End {
			t.Fatalf("node %d: %d to %d", i, n.Start, n.End)
		}
		if i > 0 && (n.Parent < 0 || n.Parent >= ID(i) || n.Next > tr.Nodes[n.Parent].Next) {
			t.Fatalf("node %d: parent %d", i, n.Parent)
		}
	}
}

func FuzzScript(f *testing.F) {
	for _, src := range []string{
		"class A { @B() f(x = 1, {y}) {} g = x => x; [k] = 1 }", "const {a = 1, ...b} = c, [d] = e", "<A b={c} {...d}>{/* e */}f</A>",
		"switch (a) { case 1: case 2: b; default: }", "export default async function* () { yield* `a${b}` }", "for (;;) if (a) b; else c",
		"import a, {b as c} from 'm'; export * as d from 'm'", "a, b, c => ({", "enum {", "`${", "type = ", "namespace {", "for (of)", "x = class extends {",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 1<<16 {
			return
		}
		for _, path := range []string{"a.js", "a.ts", "a.tsx"} {
			checkTree(t, scriptTree(path, src))
		}
	})
}
