package picture

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/agents"
)

// generated makes a graph of n agents with edges between them.
func generated(n int, edges func(add func(from, to int))) *agents.Graph {
	name := func(i int) string { return fmt.Sprintf("agent_%d", i) }
	g := &agents.Graph{Name: "generated", Framework: "langgraph", Place: at(1), Entry: []string{name(0)}}
	for i := range n {
		g.Nodes = append(g.Nodes, agents.Node{Name: name(i), Kind: agents.Agent, Place: at(i + 1)})
	}
	edges(func(from, to int) {
		g.Edges = append(g.Edges, agents.Edge{From: name(from), To: name(to), Kind: agents.Seq, Place: at(1)})
	})
	return g
}

func complete(n int) *agents.Graph {
	return generated(n, func(add func(int, int)) {
		for i := range n {
			for j := range n {
				add(i, j)
			}
		}
	})
}

// tangled has edges to near nodes, and some back.
func tangled(n int) *agents.Graph {
	return generated(n, func(add func(int, int)) {
		for i := 1; i < n; i++ {
			add(max(0, i-1-i*7%6), i)
			if i%3 == 0 {
				add(i, max(0, min(n-1, i+i*5%11-4)))
			}
		}
	})
}

func diamonds(n int) *agents.Graph {
	return generated(3*n+1, func(add func(int, int)) {
		for i := range n {
			add(3*i, 3*i+1)
			add(3*i, 3*i+2)
			add(3*i+1, 3*i+3)
			add(3*i+2, 3*i+3)
		}
	})
}

// star has one node that leads to all others, and a last one that they lead to.
func star(n int) *agents.Graph {
	return generated(n+2, func(add func(int, int)) {
		for i := 1; i <= n; i++ {
			add(0, i)
			add(i, n+1)
		}
	})
}

func TestNothingOverlaps(t *testing.T) {
	for name, graph := range map[string]*agents.Graph{
		"small": small(), "medium": medium(), "hostile": hostile(), "tangled": tangled(60), "complete": complete(12), "diamonds": diamonds(18), "star": star(30), "alone": generated(40, func(func(int, int)) {}),
	} {
		t.Run(name, func(t *testing.T) {
			d := newDrawing(&New([]*agents.Graph{graph}, same).Graphs[0], true)
			for i, a := range d.boxes {
				if a.w <= 0 || a.x < -0.2 || a.y < -0.2 || a.x+a.w > d.size.W+0.2 || a.y+a.h > d.size.H+0.2 {
					t.Errorf("%s at %v is outside of %v", d.Nodes[i].Name, a, d.size)
				}
				for j, b := range d.boxes[:i] {
					apart := a.x >= b.x+b.w || b.x >= a.x+a.w || a.y >= b.y+b.h || b.y >= a.y+a.h
					if within := d.inside(i, j) || d.inside(j, i); apart == within {
						t.Errorf("%s at %v and %s at %v: apart %v, one inside the other %v", d.Nodes[i].Name, a, d.Nodes[j].Name, b, apart, within)
					}
				}
			}
			for _, l := range d.lines {
				if l.from != l.to && len(l.route) < 2 {
					t.Errorf("%s → %s has no route", d.Nodes[l.from].Name, d.Nodes[l.to].Name)
				}
			}
		})
	}
}

// All edges are part of one line, or seen by the frame that they contain a node in.
func TestEveryEdgeIsDrawn(t *testing.T) {
	for _, graph := range []*agents.Graph{medium(), star(30), complete(9), hostile()} {
		d := newDrawing(&New([]*agents.Graph{graph}, same).Graphs[0], false)
		times := make([]int, len(d.Edges))
		for _, l := range d.lines {
			for _, e := range l.edges {
				times[e]++
			}
		}
		for i, n := range times {
			if want := 1; n != want && d.Edges[i].Kind != agents.Contains {
				t.Errorf("%s: %s → %s is drawn %d times", graph.Name, d.Edges[i].From, d.Edges[i].To, n)
			}
		}
	}
}

func TestBlocks(t *testing.T) {
	d := newDrawing(&New([]*agents.Graph{star(30)}, same).Graphs[0], false)
	if len(d.lines) != 2 || len(d.blocks) != 1 {
		t.Errorf("%d lines and %d blocks, want 2 lines to and from one block", len(d.lines), len(d.blocks))
	}
	if d.size.W > 2*d.size.H*2 {
		t.Errorf("%v is too wide to read", d.size)
	}
}

// Handoffs there and back are one line, down from the agent that a run begins with.
func TestMutualHandoffs(t *testing.T) {
	g := &agents.Graph{Name: "desk", Entry: []string{"triage"}}
	for _, name := range []string{"faq", "seats", "triage"} {
		g.Nodes = append(g.Nodes, agents.Node{Name: name, Kind: agents.Agent})
	}
	for _, e := range [][2]string{{"faq", "triage"}, {"seats", "triage"}, {"triage", "faq"}, {"triage", "seats"}} {
		g.Edges = append(g.Edges, agents.Edge{From: e[0], To: e[1], Kind: agents.Handoff})
	}
	d := newDrawing(&New([]*agents.Graph{g}, same).Graphs[0], false)
	if len(d.lines) != 2 || !d.lines[0].both || d.boxes[2].y >= d.boxes[0].y || d.boxes[2].y >= d.boxes[1].y {
		t.Errorf("%d lines, triage at %v, others at %v and %v", len(d.lines), d.boxes[2], d.boxes[0], d.boxes[1])
	}
}

// A picture of the same graph is the same, byte by byte, and well-formed whatever the names are.
func TestSVG(t *testing.T) {
	for name, graphs := range samples {
		var a, b bytes.Buffer
		if err := New(graphs(), same).SVG(&a); err != nil {
			t.Fatal(err)
		}
		if err := New(graphs(), same).SVG(&b); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s is drawn in two ways", name)
		}
		d := xml.NewDecoder(&a)
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if e, ok := token.(xml.StartElement); ok && !strings.Contains(" svg style rect g title path text ", " "+e.Name.Local+" ") {
				t.Errorf("%s has an element %s", name, e.Name.Local)
			}
		}
	}
}

func TestPNG(t *testing.T) {
	for _, name := range []string{"none", "small"} {
		var b bytes.Buffer
		if err := New(samples[name](), same).PNG(&b); err != nil {
			t.Fatal(err)
		}
		m, err := png.Decode(&b)
		if err != nil {
			t.Fatal(name, err)
		}
		colors := map[[3]uint32]bool{}
		for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y += 5 {
			for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x += 3 {
				r, g, b, _ := m.At(x, y).RGBA()
				colors[[3]uint32{r, g, b}] = true
			}
		}
		if len(colors) < 10 { // text is smooth
			t.Errorf("%s has only %d colours", name, len(colors))
		}
	}
}

// No name gets out of the data or the drawings into the page's code.
func TestHTML(t *testing.T) {
	var b bytes.Buffer
	d := New(samples["several"](), same)
	if err := d.HTML(&b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	if n := strings.Count(strings.ToLower(page), "<script"); n != 2 {
		t.Errorf("%d scripts, want the data and the page's own", n)
	}
	for _, outside := range []string{"http://", "https://", "src=", "@import", "url("} {
		if strings.Contains(strings.ReplaceAll(page, "http://www.w3.org/2000/svg", ""), outside) {
			t.Errorf("the page has %q", outside)
		}
	}
	if strings.Contains(page, "{{") {
		t.Error("a part of the page is not filled in")
	}
	for _, text := range []string{pageScript, pageStyle + variables()} {
		if !strings.Contains(page, text) || !strings.Contains(page, PolicySource(text)) {
			t.Error("the policy does not know the page's own code")
		}
	}
	_, data, _ := strings.Cut(page, `id="data">`)
	data, _, _ = strings.Cut(data, "</script>")
	var read pageData
	if err := json.Unmarshal([]byte(data), &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Graphs) != 3 || len(read.Lines) != 3 || read.Graphs[1].Nodes[0].Name != d.Graphs[1].Nodes[0].Name {
		t.Errorf("the page has other data: %+v", read)
	}
}

func BenchmarkSVG(b *testing.B) {
	for _, bb := range []struct {
		name  string
		graph *agents.Graph
	}{
		{"60", tangled(60)}, {"2000", tangled(2000)}, {"K50", complete(50)}, {"18 diamonds", diamonds(18)}, {"star 2000", star(2000)}, {"2000 alone", generated(2000, func(func(int, int)) {})},
	} {
		b.Run(bb.name, func(b *testing.B) {
			d := New([]*agents.Graph{bb.graph}, same)
			for b.Loop() {
				if err := d.SVG(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
