package layered

import (
	"reflect"
	"testing"
)

func boxes(n int) []Node {
	nodes := make([]Node, n)
	for i := range nodes {
		nodes[i].Size = Size{100, 40}
	}
	return nodes
}

func edges(pairs ...[2]int) []Edge {
	var all []Edge
	for _, p := range pairs {
		all = append(all, Edge{From: p[0], To: p[1]})
	}
	return all
}

func TestEdgesPointDown(t *testing.T) {
	// 0 → 1 → 2 → 3, a way back from 2 to 1, and one past 1 and 2.
	l := New(boxes(4), edges([2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3}, [2]int{2, 1}, [2]int{0, 3}))
	for i := range 3 {
		if l.Nodes[i].Y >= l.Nodes[i+1].Y {
			t.Errorf("%d at %v is not above %d at %v", i, l.Nodes[i], i+1, l.Nodes[i+1])
		}
	}
	back := l.Routes[3]
	if first, last := back[0], back[len(back)-1]; first.Y <= last.Y {
		t.Errorf("the way back leads from %v to %v, want up", first, last)
	}
	// The long edge makes room for itself: it passes beside the nodes in between.
	for _, p := range l.Routes[4] {
		for _, n := range l.Nodes[1:3] {
			if p.X > n.X-50 && p.X < n.X+50 && p.Y > n.Y-20 && p.Y < n.Y+20 {
				t.Errorf("a line runs through a node, at %v", p)
			}
		}
	}
}

func TestChainIsStraight(t *testing.T) {
	l := New(boxes(5), edges([2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3}, [2]int{3, 4}))
	for i := range l.Nodes {
		if l.Nodes[i].X != l.Nodes[0].X {
			t.Errorf("node %d is at %v, not below %v", i, l.Nodes[i], l.Nodes[0])
		}
	}
}

// Of a tree no lines need to cross.
func TestTreeHasNoCrossings(t *testing.T) {
	var pairs [][2]int
	for i := 1; i < 40; i++ {
		pairs = append(pairs, [2]int{(i - 1) / 3, i})
	}
	d := newDrawing(parts(40, edges(pairs...))[0], boxes(40), edges(pairs...))
	d.breakCycles()
	d.rank()
	d.addLines()
	d.order()
	if n := d.crossings(); n > 0 {
		t.Errorf("%d lines cross", n)
	}
}

func TestLabelsHaveRoom(t *testing.T) {
	e := edges([2]int{0, 1}, [2]int{0, 2}, [2]int{0, 3})
	for i := range e {
		e[i].Label = Size{160, 17}
	}
	l := New(boxes(4), e)
	for i, a := range l.Labels {
		for _, b := range l.Labels[:i] {
			if d := a.X - b.X; a.Y == b.Y && d < 160 && d > -160 {
				t.Errorf("labels at %v and %v overlap", a, b)
			}
		}
	}
}

func TestEdgeCases(t *testing.T) {
	if l := New(nil, nil); l.W != 0 || l.H != 0 {
		t.Errorf("nothing takes %v", l.Size)
	}
	if l := New(boxes(1), edges([2]int{0, 0})); l.Routes[0] != nil || l.W != 100 {
		t.Errorf("an edge from a node to itself is laid out: %+v", l)
	}
	var all [][2]int
	for i := range 30 {
		for j := range 30 {
			all = append(all, [2]int{i, j})
		}
	}
	a, b := New(boxes(30), edges(all...)), New(boxes(30), edges(all...))
	if !reflect.DeepEqual(a, b) {
		t.Error("the same graph is laid out in two ways")
	}
}
