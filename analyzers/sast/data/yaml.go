package data

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/qodacode/qodacode/parser/jsonc"
	"github.com/qodacode/qodacode/parser/text"
)

// maxNodes bounds how much of a YAML document is read: aliases can make a small one endless.
const maxNodes = 20000

// yamlTree is YAML as the tree that the rules know from JSON. Of several documents in a file
// the first is read; broken text gives none. Aliases are not followed.
func yamlTree(src string) jsonc.Value {
	var root yaml.Node
	if yaml.Unmarshal([]byte(src), &root) != nil || len(root.Content) == 0 {
		return jsonc.Value{}
	}
	c := &yamlReader{lines: text.New(src), src: src}
	return c.value(root.Content[0], 0)
}

// frontMatter is the YAML between the --- lines at the beginning of Markdown.
func frontMatter(src string) jsonc.Value {
	head, rest, _ := strings.Cut(src, "\n")
	end := strings.Index("\n"+rest, "\n---")
	if strings.TrimSpace(head) != "---" || end < 0 {
		return jsonc.Value{}
	}
	// The same lines at the same places: what stands behind becomes a comment's length of nothing.
	return yamlTree("#" + strings.Repeat(" ", len(head)-1) + "\n" + rest[:end])
}

type yamlReader struct {
	lines *text.Text
	src   string
	count int
}

func (c *yamlReader) value(n *yaml.Node, depth int) jsonc.Value {
	if c.count++; c.count > maxNodes || depth > 100 {
		return jsonc.Value{}
	}
	v := jsonc.Value{Span: c.span(n)}
	switch n.Kind {
	case yaml.MappingNode:
		v.Kind = jsonc.Object
		for i := 0; i+1 < len(n.Content); i += 2 {
			m := jsonc.Member{Key: n.Content[i].Value, KeySpan: c.span(n.Content[i]), Value: c.value(n.Content[i+1], depth+1)}
			v.Members = append(v.Members, m)
		}
	case yaml.SequenceNode:
		v.Kind = jsonc.Array
		for _, e := range n.Content {
			v.Elems = append(v.Elems, c.value(e, depth+1))
		}
	case yaml.ScalarNode:
		v.Text = n.Value
		switch n.Tag {
		case "!!bool":
			v.Kind, v.Text = jsonc.Bool, strings.ToLower(n.Value)
		case "!!null":
			v.Kind = jsonc.Null
		case "!!int", "!!float":
			v.Kind = jsonc.Number
		default:
			v.Kind = jsonc.String
		}
	}
	return v
}

// span is a scalar's place, with its quotes; of anything longer than a line its beginning.
func (c *yamlReader) span(n *yaml.Node) text.Span {
	line := c.lines.Line(n.Line - 1)
	start, _ := c.lines.Offset(text.Position{Line: n.Line - 1, Column: n.Column - 1}, text.UTF32)
	end := line.End
	if n.Kind == yaml.ScalarNode {
		rest := c.src[start:max(start, line.End)]
		switch {
		case n.Style == yaml.DoubleQuotedStyle || n.Style == yaml.SingleQuotedStyle:
			if len(rest) > 1 {
				if i := strings.IndexByte(rest[1:], rest[0]); i >= 0 {
					end = start + i + 2
				}
			}
		case strings.HasPrefix(rest, n.Value):
			end = start + len(n.Value)
		}
	}
	return text.Span{Start: start, End: max(start, end)}
}
