package parser

import (
	"strings"

	"github.com/qodacode/qodacode/parser/flat"
)

// insertion is text that is thought into a broken source before it is parsed again.
type insertion struct {
	at   int
	text string
}

// apply is src with the insertions.
func apply(src string, ins []insertion) string {
	var b strings.Builder
	at := 0
	for _, in := range ins {
		b.WriteString(src[at:in.at])
		b.WriteString(in.text)
		at = in.at
	}
	b.WriteString(src[at:])
	return b.String()
}

// retract moves nodes of a text with insertions to where they stand without them.
func retract(nodes []flat.Node, ins []insertion) {
	// starts[i] is where insertion i begins in the text that has them all.
	starts, shift := make([]uint32, len(ins)), uint32(0)
	for i, in := range ins {
		starts[i] = uint32(in.at) + shift
		shift += uint32(len(in.text))
	}
	back := func(offset uint32) uint32 {
		removed := uint32(0)
		for i, start := range starts {
			if offset <= start {
				break
			}
			removed += min(offset-start, uint32(len(ins[i].text)))
		}
		return offset - removed
	}
	for i := range nodes {
		nodes[i].Start, nodes[i].End = back(nodes[i].Start), back(nodes[i].End)
	}
}

// damage is how much of a tree is broken: the bytes in errors, and one for each thing that is missing.
func damage(nodes []flat.Node) int {
	total := 0
	for i := 0; i < len(nodes); i++ {
		switch {
		case nodes[i].Symbol == errorSymbol:
			total += int(nodes[i].End-nodes[i].Start) + 1
			i = int(nodes[i].Next) - 1
		case nodes[i].Flags&flat.Missing != 0:
			total++
		}
	}
	return total
}
