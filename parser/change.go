package parser

import (
	"strings"

	sitter "github.com/smacker/go-tree-sitter"

	"github.com/qodacode/qodacode/parser/flat"
	"github.com/qodacode/qodacode/parser/text"
)

// change is what differs between two versions of a text: all between their common beginning and end.
type change struct {
	old, new *text.Text
	start    int // in both
	oldEnd   int
	newEnd   int
}

func changeOf(old, new *text.Text) change {
	a, b := old.String(), new.String()
	limit := min(len(a), len(b))
	start := commonPrefix(a, b, limit)
	end := commonSuffix(a, b, limit-start)
	return change{old, new, start, len(a) - end, len(b) - end}
}

// edit tells tree, which was parsed from the old text, of the change. It is told
// that the change begins at the word before it: the Python grammar ends blocks with tokens
// that stand there, without width, and have looked at the blank lines that follow. When such
// a line changes and they are taken for unchanged, all below is parsed anew.
func (c change) edit(tree *sitter.Tree) *flat.Old {
	before := strings.TrimRight(c.old.String()[:c.start], " \t\r\n")
	c.start = max(0, len(before)-1)
	tree.Edit(sitter.EditInput{
		StartIndex: uint32(c.start), StartPoint: point(c.old, c.start),
		OldEndIndex: uint32(c.oldEnd), OldEndPoint: point(c.old, c.oldEnd),
		NewEndIndex: uint32(c.newEnd), NewEndPoint: point(c.new, c.newEnd),
	})
	return &flat.Old{Tree: tree, From: uint32(c.start), To: uint32(c.newEnd), Delta: c.new.Len() - c.old.Len()}
}

// mayUnbalance reports whether the change can open or close a bracket, a string or a
// comment, or indent a line. Most keystrokes can't.
func (c change) mayUnbalance() bool {
	const harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,:;=+-<>!&|@ "
	removed, added := c.old.String()[c.start:c.oldEnd], c.new.String()[c.start:c.newEnd]
	if strings.Trim(removed, harmless) != "" || strings.Trim(added, harmless) != "" {
		return true
	}
	line := c.new.Line(c.new.LineOf(c.start))
	return strings.TrimLeft(c.new.String()[line.Start:c.start], " \t") == "" && strings.Contains(removed+added, " ")
}

// commonPrefix compares in blocks, which the runtime does with vector instructions.
func commonPrefix(a, b string, limit int) int {
	const block = 256
	i := 0
	for i+block <= limit && a[i:i+block] == b[i:i+block] {
		i += block
	}
	for i < limit && a[i] == b[i] {
		i++
	}
	return i
}

func commonSuffix(a, b string, limit int) int {
	const block = 256
	i := 0
	for i+block <= limit && a[len(a)-i-block:len(a)-i] == b[len(b)-i-block:len(b)-i] {
		i += block
	}
	for i < limit && a[len(a)-1-i] == b[len(b)-1-i] {
		i++
	}
	return i
}

// point counts as tree-sitter does: rows end with \n only, columns are bytes.
func point(t *text.Text, offset int) sitter.Point {
	before := t.String()[:offset]
	return sitter.Point{
		Row:    uint32(strings.Count(before, "\n")),
		Column: uint32(offset - 1 - strings.LastIndexByte(before, '\n')),
	}
}
