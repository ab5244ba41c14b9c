package parser

import (
	"strings"
	"sync"

	sitter "github.com/smacker/go-tree-sitter"

	"github.com/qodacode/qodacode/parser/flat"
	"github.com/qodacode/qodacode/parser/text"
)

// Parse reads src once. languageID is the editor's, or "".
func Parse(path, languageID string, src *text.Text) *File {
	f := newFile(path, languageID, src)
	if f.grammar != nil {
		tree := f.read(nil, f.Text.Len()/4)
		tree.Close()
		buildFacts(f)
	}
	return f
}

// read parses f.Text, which differs from what old was parsed from as old was told, and fills
// f.Nodes, of which about estimate are expected. The caller closes the tree.
func (f *File) read(old *sitter.Tree, estimate int) *sitter.Tree {
	tree := f.grammar.parse(old, []byte(f.Text.String()))
	f.Nodes = flat.Fill(tree, make([]Node, 0, estimate+estimate/16+64))
	before := damage(f.Nodes)
	if f.broken = before > 0; !f.broken || f.Text.Len() > maxRepair {
		return tree
	}
	ins := repairs(f.Text.String(), f.Language.IsScript())
	if len(ins) == 0 {
		return tree
	}
	repaired := text.New(apply(f.Text.String(), ins))
	from := tree.Copy()
	edit(from, f.Text, repaired)
	other := f.grammar.parse(from, []byte(repaired.String()))
	from.Close()
	if nodes := flat.Fill(other, make([]Node, 0, len(f.Nodes)+64)); damage(nodes) < before {
		retract(nodes, ins)
		f.Nodes = nodes
	}
	other.Close()
	return tree
}

// maxRepair bounds the text, in bytes, that is parsed a second time when it is broken.
const maxRepair = 1 << 20

func newFile(path, languageID string, src *text.Text) *File {
	f := &File{Path: path, Language: LanguageOf(path, languageID), Source: src, Text: src}
	l := f.Language
	if l == Notebook {
		f.Text, f.cells, l = readNotebook(src)
		f.Language = l
	}
	if l.IsCode() {
		f.grammar = grammars[l]()
	}
	return f
}

// Trees keeps the syntax trees of the documents that were edited last, so that the next
// keystroke in them is parsed incrementally. A tree takes about forty times the size of
// its text; documents whose tree was dropped are parsed in full at their next edit.
type Trees struct {
	mu   sync.Mutex
	keep int
	live []*Document // most recent last
}

// NewTrees keeps up to keep trees.
func NewTrees(keep int) *Trees { return &Trees{keep: keep} }

// Document parses the successive versions of one open document. Its methods may be called
// from several goroutines; versions are best given in order.
type Document struct {
	path, languageID string
	trees            *Trees

	mu   sync.Mutex
	tree *sitter.Tree // nil when dropped
	last *text.Text   // what tree was parsed from
	size int          // number of nodes of the last version
}

// Document starts a document; nothing is read yet.
func (t *Trees) Document(path, languageID string) *Document {
	return &Document{path: path, languageID: languageID, trees: t}
}

// Parse reads the document's next version. The edit since the last one is found by
// comparing the texts, so it need not be told and can not be told wrongly.
func (d *Document) Parse(src *text.Text) *File {
	f := newFile(d.path, d.languageID, src)
	if f.grammar == nil {
		return f
	}
	d.mu.Lock()
	incremental := d.tree != nil
	if incremental {
		edit(d.tree, d.last, f.Text)
	}
	if d.size == 0 {
		d.size = f.Text.Len() / 4
	}
	tree := f.read(d.tree, d.size)
	if incremental {
		d.tree.Close()
	}
	d.tree, d.last = tree, f.Text
	d.size = len(f.Nodes)
	d.mu.Unlock()
	d.trees.touch(d)
	f.unsettled = incremental && f.Broken()
	buildFacts(f)
	return f
}

// Settle reads src from scratch. It is for text that is broken and will stay so for a
// moment: what tree-sitter makes of an error depends on the edits that led to it.
func (d *Document) Settle(src *text.Text) *File {
	d.drop()
	return d.Parse(src)
}

// Close frees the document's tree.
func (d *Document) Close() {
	d.trees.mu.Lock()
	for i, other := range d.trees.live {
		if other == d {
			d.trees.live = append(d.trees.live[:i], d.trees.live[i+1:]...)
			break
		}
	}
	d.trees.mu.Unlock()
	d.drop()
}

func (d *Document) drop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.tree != nil {
		d.tree.Close()
		d.tree, d.last = nil, nil
	}
}

// touch makes d the most recent and drops the tree of the oldest where there are too many.
func (t *Trees) touch(d *Document) {
	t.mu.Lock()
	var oldest *Document
	kept := t.live[:0]
	for _, other := range t.live {
		if other != d {
			kept = append(kept, other)
		}
	}
	t.live = append(kept, d)
	if len(t.live) > t.keep {
		oldest = t.live[0]
		t.live = append(t.live[:0], t.live[1:]...)
	}
	t.mu.Unlock()
	if oldest != nil {
		oldest.drop()
	}
}

// edit tells tree what changed from old to new: all between their common beginning and end.
func edit(tree *sitter.Tree, old, new *text.Text) {
	a, b := old.String(), new.String()
	limit := min(len(a), len(b))
	start := commonPrefix(a, b, limit)
	end := 0
	for end < limit-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	tree.Edit(sitter.EditInput{
		StartIndex: uint32(start), StartPoint: point(old, start),
		OldEndIndex: uint32(len(a) - end), OldEndPoint: point(old, len(a)-end),
		NewEndIndex: uint32(len(b) - end), NewEndPoint: point(new, len(b)-end),
	})
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

// point counts as tree-sitter does: rows end with \n only, columns are bytes.
func point(t *text.Text, offset int) sitter.Point {
	before := t.String()[:offset]
	return sitter.Point{
		Row:    uint32(strings.Count(before, "\n")),
		Column: uint32(offset - 1 - strings.LastIndexByte(before, '\n')),
	}
}
