package picture

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

//go:embed page/page.css
var pageStyle string

//go:embed page/page.js
var pageScript string

//go:embed page/page.html
var pageFrame string

// pageData is what the page's script works with.
type pageData struct {
	Document
	// Lines are for each graph the edges, by index, that each line of its drawing stands for.
	Lines [][][]int `json:"lines"`
}

// HTML writes d as one page without anything from elsewhere: the drawings, to move around in,
// and what is known about each node. Its content policy lets nothing run but its own script.
func (d *Document) HTML(w io.Writer) error {
	data := pageData{Document: *d, Lines: [][][]int{}}
	var drawings strings.Builder
	b := bufio.NewWriter(&drawings)
	for i := range d.Graphs {
		drawn := newDrawing(&d.Graphs[i], true)
		lines := [][]int{}
		for _, l := range drawn.lines {
			lines = append(lines, l.edges)
		}
		data.Lines = append(data.Lines, lines)
		drawn.page(b, i)
	}
	if err := b.Flush(); err != nil {
		return err
	}
	encoded, err := json.Marshal(data) // escapes <, > and &, so that it can not end its element
	if err != nil {
		return err
	}
	css := pageStyle + variables()
	_, err = io.WriteString(w, strings.NewReplacer(
		"{{policy}}", "default-src 'none'; script-src "+PolicySource(pageScript)+"; style-src "+PolicySource(css)+"; base-uri 'none'; form-action 'none'",
		"{{style}}", css,
		"{{drawings}}", drawings.String(),
		"{{data}}", string(encoded),
		"{{script}}", pageScript,
	).Replace(pageFrame))
	return err
}

// PolicySource is a source of a content policy: the one text with this hash.
func PolicySource(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// variables are the palette as the page's style sheet names it, with the classes of drawings.
func variables() string {
	var b strings.Builder
	for _, theme := range []struct {
		selector string
		dark     bool
	}{{":root", false}, {":root.dark", true}} {
		b.WriteString(theme.selector + "{")
		for _, t := range palette {
			color := t.light
			if theme.dark {
				color = t.dark
			}
			fmt.Fprintf(&b, "--%s:%s;", t.name, color)
		}
		b.WriteString("}\n")
	}
	for _, t := range palette {
		fmt.Fprintf(&b, ".f-%[1]s{fill:var(--%[1]s)}.s-%[1]s{stroke:var(--%[1]s)}\n", t.name)
	}
	return svgStyle + b.String()
}

// page writes a drawing and its legend as elements of the page.
func (d *drawing) page(b *bufio.Writer, index int) {
	c := &svgCanvas{b}
	fmt.Fprintf(b, `<svg class="graph" data-graph="%d" data-width="%s" data-height="%s" hidden role="img" aria-label="%s"><g class="view">`+"\n",
		index, number(d.size.W), number(d.size.H), escape(d.title()))
	d.drawGraph(c)
	b.WriteString("</g></svg>\n")
	width, rows := 0.0, 0.0
	for _, row := range d.legend {
		w := 0.0
		for _, s := range row {
			w += s.width
		}
		width, rows = max(width, w), rows+1
	}
	fmt.Fprintf(b, `<svg class="legend" data-graph="%d" hidden width="%s" height="%s" aria-label="legend">`+"\n", index, number(width), number(rows*legendHeight))
	d.drawLegend(c, 0, 4)
	b.WriteString("</svg>\n")
}
