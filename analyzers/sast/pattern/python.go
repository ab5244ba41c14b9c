package pattern

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// pythonContexts are the programs that a pattern can be a piece of.
var pythonContexts = []context{
	{pick: pickAll},
	{body: true, pick: pickAll},
	{after: "def " + mark + "any(" + ellipsis + "): " + ellipsis + "\n", pick: pickFirst(tree.DecoratorOf), root: part},
	{before: "try:\n    " + ellipsis + "\n", pick: pickFirst(tree.Handler), root: part},
	{before: "{\n", after: "}\n", pick: pickPair, root: part},
	{before: mark + "call(\n", after: ")\n", pick: pickFirst(tree.Arg), root: part},
	{before: "match " + mark + "any:\n    ", pick: pickCase, root: part},
}

func pickAll(t *tree.Tree) []tree.ID {
	var out []tree.ID
	for c := range t.Children(0) {
		out = append(out, c)
	}
	return out
}

// pickFirst picks the first node with a role in the only statement.
func pickFirst(role tree.Role) func(t *tree.Tree) []tree.ID {
	return func(t *tree.Tree) []tree.ID {
		stmt := tree.None
		for c := range t.Children(0) {
			if stmt != tree.None {
				return nil
			}
			stmt = c
		}
		if t.Kind(stmt) == tree.ExprStmt {
			stmt = t.Child(stmt, tree.Value)
		}
		found := t.Child(stmt, role)
		if found == tree.None {
			return nil
		}
		if next := t.Nodes[found].Next; role != tree.DecoratorOf && next < t.Nodes[stmt].Next && t.Nodes[next].Role == role {
			return nil // more than one
		}
		return []tree.ID{found}
	}
}

// pickPair picks the only pair of a dictionary.
func pickPair(t *tree.Tree) []tree.ID {
	dict := t.Child(t.Child(0, tree.Elem), tree.Value)
	pair := t.Child(dict, tree.Elem)
	if t.Kind(dict) != tree.Dict || t.Kind(pair) != tree.Pair || t.Nodes[pair].Next != t.Nodes[dict].Next {
		return nil
	}
	return []tree.ID{pair}
}

func pickCase(t *tree.Tree) []tree.ID {
	if c := t.Child(t.Child(0, tree.Elem), tree.Elem); t.Kind(c) == tree.Case {
		return []tree.ID{c}
	}
	return nil
}

// pythonWithBody is a partial statement with the body that it lacks: def f(...): and def f(...)
// both get one. It is "" where there is nothing to add.
func pythonWithBody(code string) string {
	code = strings.TrimRight(code, " \n\t")
	line := code[strings.LastIndexByte(code, '\n')+1:]
	word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	switch {
	case strings.HasSuffix(code, ":"):
		return code + " " + ellipsis + "\n"
	case word == "def" || word == "class" || word == "async":
		return code + ": " + ellipsis + "\n"
	}
	return ""
}
