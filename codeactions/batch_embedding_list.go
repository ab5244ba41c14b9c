package codeactions

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// sized looks for a sign that the list can be counted and cut.
func (b *batching) sized() string {
	iter := b.Unwrap(b.loop.Iter)
	b.whole = b.Slice(iter)
	k := b.Kind(iter)
	if k != parser.KindIdentifier && k != parser.KindAttribute {
		if !b.row.chunks && (k == parser.KindList || k == parser.KindCall) && !b.Language.IsScript() {
			return ""
		}
		return "what the loop goes through is no variable: give the list a name first"
	}
	if b.Language.IsScript() && b.loop.Kind == parser.CallbackLoop || b.isSequence(iter) {
		return ""
	}
	if !b.row.chunks && !b.Language.IsScript() {
		b.whole = "list(" + b.whole + ")"
		return ""
	}
	return "it is not known that " + short(b.whole) + " is a list, which can be counted and cut"
}

var sequenceTypes = map[string]bool{"list": true, "List": true, "Sequence": true, "MutableSequence": true, "tuple": true, "Tuple": true, "Array": true, "ReadonlyArray": true}

var sequenceCalls = map[string]bool{"list": true, "sorted": true, "tuple": true, "split": true, "splitlines": true, "readlines": true, "split_text": true, "split_documents": true, "tolist": true, "to_list": true, "map": true, "filter": true, "slice": true, "findall": true}

// isSequence reports whether what n names is a list as far as the file tells.
func (b *batching) isSequence(n parser.NodeID) bool {
	for i := range b.Nodes { // docs[0], docs[:10]
		at := parser.NodeID(i)
		if b.Kind(at) != parser.KindSubscript || b.Slice(b.FirstChild(at)) != b.whole || b.EnclosingFunc(at) != b.EnclosingFunc(n) {
			continue
		}
		if index := b.LastChild(at); b.Kind(index) == parser.KindNumber || b.KindName(index) == "slice" {
			return true
		}
	}
	if b.Kind(n) != parser.KindIdentifier {
		return false
	}
	defs := b.DefsOf(n)
	for _, def := range defs {
		if def.Annotation != parser.NoNode {
			t := strings.TrimSpace(strings.TrimPrefix(b.Slice(def.Annotation), ":"))
			if base, _, _ := strings.Cut(strings.ReplaceAll(t, "<", "["), "["); !sequenceTypes[base[strings.LastIndexByte(base, '.')+1:]] && !strings.HasSuffix(t, "[]") {
				return false
			}
			continue
		}
		if def.Kind != parser.AssignDef {
			return false
		}
		value := b.Unwrap(def.Value)
		switch b.Kind(value) {
		case parser.KindList:
			continue
		case parser.KindComprehension:
			if b.KindName(value) == "list_comprehension" {
				continue
			}
		case parser.KindCall:
			name := lastName(b.File, b.Field(value, parser.FieldFunction))
			if sequenceCalls[name] && (b.Language.IsScript() || name != "map" && name != "filter") {
				continue
			}
		}
		return false
	}
	return len(defs) > 0
}

// part is the source of the texts of one request: a piece of the list, or what each element
// of the piece is made into.
func (b *batching) part(piece string) string {
	switch text := b.Slice(b.texts); {
	case text == b.item:
		return piece
	case b.Language.IsScript():
		return piece + ".map((" + b.item + ") => " + text + ")"
	case !b.row.chunks:
		return "[" + text + " for " + b.item + " in " + b.Slice(b.loop.Iter) + "]"
	default:
		return "[" + text + " for " + b.item + " in " + piece + "]"
	}
}
