package tree

import "sync"

// idents lists the names in the code by their text; it is made at the first question.
type idents struct {
	once   sync.Once
	byText map[string][]ID
}

// Named are the Idents of a name, in preorder.
func (t *Tree) Named(name string) []ID {
	x := &t.idents
	x.once.Do(func() {
		all := t.OfKind(Ident)
		count := make(map[string]int32, len(all)/4)
		for _, n := range all {
			count[t.Text(n)]++
		}
		x.byText = make(map[string][]ID, len(count))
		room := make([]ID, 0, len(all))
		for _, n := range all {
			text := t.Text(n)
			list, ok := x.byText[text]
			if !ok {
				size := int(count[text])
				list = room[len(room) : len(room) : len(room)+size]
				room = room[:len(room)+size]
			}
			x.byText[text] = append(list, n)
		}
	})
	return x.byText[name]
}
