package rule

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/parser/text"
	"go.yaml.in/yaml/v3"
)

// document is a rule file as a tree of YAML nodes.
type document struct {
	src   *text.Text
	root  *yaml.Node
	nodes int // visited, those behind aliases each time
}

// fault is something wrong at a place of the file.
type fault struct {
	span    text.Span
	message string
}

func (f *fault) Error() string { return f.message }

var errorLine = regexp.MustCompile(`^(?:yaml: )?(?:(?:unmarshal errors|construct errors):\s*)?(?:while [^:]*: )?line (\d+): `)

// readYAML reads src. The error is a *fault.
func readYAML(src *text.Text) (doc *document, err error) {
	if src.Len() > maxBytes {
		return nil, &fault{text.Span{}, fmt.Sprintf("the file is larger than %d MiB", maxBytes>>20)}
	}
	defer func() {
		if p := recover(); p != nil {
			doc, err = nil, &fault{text.Span{}, "the file is not valid YAML"}
		}
	}()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(src.String()), &root); err != nil {
		message, line := err.Error(), 0
		if m := errorLine.FindStringSubmatch(message); m != nil {
			line, _ = strconv.Atoi(m[1])
			message = message[len(m[0]):]
		}
		message = strings.TrimPrefix(message, "yaml: ")
		return nil, &fault{placeOf(src, message, line), "the file is not valid YAML: " + message}
	}
	return &document{src: src, root: &root}, nil
}

// placeOf is where an error of the YAML library happened. Its scanner counts lines from 1, its parser
// from 0, and both tell where the thing begins that is not finished.
func placeOf(src *text.Text, message string, line int) text.Span {
	if name, ok := strings.CutPrefix(message, "unknown anchor '"); ok {
		name, _, _ = strings.Cut(name, "'")
		if at := strings.Index(src.String(), "*"+name); at >= 0 {
			return text.Span{Start: at, End: at + 1 + len(name)}
		}
	}
	if !strings.HasPrefix(message, "did not find expected") {
		line--
	}
	return src.Line(max(line, 0))
}

// errTooLarge says that aliases blow the file up.
var errTooLarge = errors.New("aliases make the file too large")

// value is the node that n stands for: itself, or what its alias names.
func (d *document) value(n *yaml.Node) (*yaml.Node, error) {
	if d.nodes++; d.nodes > maxNodes {
		return nil, &fault{d.span(n), errTooLarge.Error()}
	}
	for range maxDepth {
		if n == nil || n.Kind != yaml.AliasNode {
			return n, nil
		}
		n = n.Alias
	}
	return nil, &fault{text.Span{}, "an alias stands for itself"}
}

// entry is one key of a mapping.
type entry struct {
	key   string
	at    text.Span // the key
	value *yaml.Node
}

// entries are the keys of a mapping in order, those that it merges (<<) behind its own.
func (d *document) entries(n *yaml.Node) ([]entry, error) { return d.entriesIn(n, 0) }

func (d *document) entriesIn(n *yaml.Node, depth int) ([]entry, error) {
	if depth > maxDepth {
		return nil, &fault{d.span(n), "an alias stands for itself"}
	}
	n, err := d.value(n)
	if err != nil {
		return nil, err
	}
	if n == nil || n.Kind != yaml.MappingNode {
		return nil, &fault{d.span(n), "expected a mapping of keys to values"}
	}
	var own, merged []entry
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, err := d.value(n.Content[i])
		if err != nil {
			return nil, err
		}
		value, err := d.value(n.Content[i+1])
		if err != nil {
			return nil, err
		}
		if key.Kind != yaml.ScalarNode {
			return nil, &fault{d.span(key), "expected a name as the key"}
		}
		if key.Value == "<<" && key.Tag == "!!merge" {
			parts := []*yaml.Node{value}
			if value.Kind == yaml.SequenceNode {
				parts = value.Content
			}
			for _, part := range parts {
				more, err := d.entriesIn(part, depth+1)
				if err != nil {
					return nil, err
				}
				merged = append(merged, more...)
			}
			continue
		}
		if seen[key.Value] {
			return nil, &fault{d.span(key), fmt.Sprintf("the key %q stands here twice", clip(key.Value))}
		}
		seen[key.Value] = true
		own = append(own, entry{key.Value, d.span(key), value})
	}
	for _, e := range merged {
		if !seen[e.key] {
			seen[e.key] = true
			own = append(own, e)
		}
	}
	return own, nil
}

// items are the elements of a sequence.
func (d *document) items(n *yaml.Node, what string) ([]*yaml.Node, error) {
	n, err := d.value(n)
	if err != nil {
		return nil, err
	}
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil, &fault{d.span(n), what + " must be a list"}
	}
	items := make([]*yaml.Node, len(n.Content))
	for i := range n.Content {
		if items[i], err = d.value(n.Content[i]); err != nil {
			return nil, err
		}
	}
	return items, nil
}

// str is a scalar's text.
func (d *document) str(n *yaml.Node, what string) (string, error) {
	n, err := d.value(n)
	if err != nil {
		return "", err
	}
	if n == nil || n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return "", &fault{d.span(n), what + " must be a text"}
	}
	return n.Value, nil
}

// list is a list of texts; a single text is a list of one.
func (d *document) list(n *yaml.Node, what string) ([]string, error) {
	n, err := d.value(n)
	if err != nil {
		return nil, err
	}
	if n != nil && n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		return []string{n.Value}, nil
	}
	items, err := d.items(n, what)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(items))
	for i, item := range items {
		if texts[i], err = d.str(item, what); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

func (d *document) boolean(n *yaml.Node, what string) (bool, error) {
	s, err := d.str(n, what)
	if err != nil {
		return false, err
	}
	switch strings.ToLower(s) {
	case "true", "yes", "on":
		return true, nil
	case "false", "no", "off":
		return false, nil
	}
	return false, &fault{d.span(n), what + " must be true or false"}
}

func (d *document) integer(n *yaml.Node, what string) (int, error) {
	s, err := d.str(n, what)
	if err != nil {
		return 0, err
	}
	i, err := strconv.Atoi(s)
	if err != nil {
		return 0, &fault{d.span(n), what + " must be a whole number"}
	}
	return i, nil
}

// offset is the byte at which n begins.
func (d *document) offset(n *yaml.Node) int {
	if n == nil || n.Line == 0 {
		return 0
	}
	offset, _ := d.src.Offset(text.Position{Line: n.Line - 1, Column: n.Column - 1}, text.UTF32)
	return offset
}

// span is n where it is one line, otherwise its first line from where it begins.
func (d *document) span(n *yaml.Node) text.Span {
	if n == nil {
		return text.Span{}
	}
	start := d.offset(n)
	end := d.src.Line(d.src.LineOf(start)).End
	if n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		quotes := 0
		if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
			quotes = 2
		}
		end = min(end, start+len(n.Value)+quotes)
	}
	for end > start && (d.src.String()[end-1] == ' ' || d.src.String()[end-1] == '\t') {
		end--
	}
	return text.Span{Start: start, End: max(end, start)}
}

// inside is the place of a byte of a scalar's value: in a block the right line of it.
func (d *document) inside(n *yaml.Node, offset int) text.Span {
	offset = max(0, min(offset, len(n.Value)))
	start, src := d.offset(n), d.src.String()
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
			start++
		}
		if start <= len(src) && strings.HasPrefix(src[start:], n.Value) {
			line := d.src.Line(d.src.LineOf(start + offset))
			return text.Span{Start: start + offset, End: max(min(line.End, start+len(n.Value)), start+offset)}
		}
		return d.span(n)
	}
	// The indicator's line is followed by the value's first line. Folding joins lines; what
	// stands before offset on the joined line tells which of them is meant.
	before := n.Value[:offset]
	line := d.src.LineOf(start) + 1
	if n.Style&yaml.LiteralStyle != 0 {
		line += strings.Count(before, "\n")
	} else {
		want := strings.TrimSpace(before[strings.LastIndexByte(before, '\n')+1:] + firstLine(n.Value[offset:]))
		for l := line; l < d.src.Lines() && l < line+200; l++ {
			if have := strings.TrimSpace(d.src.Slice(d.src.Line(l))); have != "" && strings.Contains(want, have) {
				line = l
				break
			}
		}
	}
	column := offset - strings.LastIndexByte(before, '\n') - 1
	span := d.src.Line(line)
	written := d.src.Slice(span)
	valueLine := firstLine(n.Value[offset-column:])
	if n.Style&yaml.LiteralStyle == 0 {
		valueLine = strings.TrimSpace(written)
		column = 0
	}
	indent := max(0, strings.Index(written, valueLine))
	span.Start = min(span.Start+indent+column, span.End)
	return span
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// clip shortens what a message repeats of a file.
func clip(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}
