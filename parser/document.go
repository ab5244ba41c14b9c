package parser

import (
	"slices"
	"sync"

	sitter "github.com/smacker/go-tree-sitter"

	"github.com/qodacode/qodacode/parser/flat"
	"github.com/qodacode/qodacode/parser/text"
)

// Parse reads src once. languageID is the editor's, or "".
func Parse(path, languageID string, src *text.Text) *File {
	f := newFile(path, languageID, src)
	if f.grammar != nil {
		tree, _ := f.read(nil, f.Text.Len()/4)
		tree.Close()
		buildFacts(f)
	}
	return f
}

// read parses f.Text, which differs from what old was parsed from as old was told, and fills
// f.Nodes, of which about estimate are expected. The caller closes the tree, whose own nodes
// are f.Nodes but for repairs.
func (f *File) read(old *flat.Old, estimate int) (*sitter.Tree, []Node) {
	var from *sitter.Tree
	if old != nil {
		from = old.Tree
	}
	tree := f.grammar.parse(from, []byte(f.Text.String()))
	own := flat.Fill(tree, old, make([]Node, 0, estimate+estimate/16+64))
	f.Nodes = own
	before := damage(f.Nodes)
	if f.broken = before > 0; !f.broken || f.Text.Len() > maxRepair {
		return tree, own
	}
	ins := f.repairs()
	if len(ins) == 0 {
		return tree, own
	}
	repaired := text.New(apply(f.Text.String(), ins))
	from = tree.Copy()
	changeOf(f.Text, repaired).edit(from)
	other := f.grammar.parse(from, []byte(repaired.String()))
	from.Close()
	if nodes := flat.Fill(other, nil, make([]Node, 0, len(own)+64)); damage(nodes) < before {
		retract(nodes, ins)
		f.Nodes = nodes
	}
	other.Close()
	return tree, own
}

func (f *File) repairs() []insertion { return repairs(f.Text.String(), f.Language.IsScript()) }

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

// Document parses the successive versions of one open document. Its methods may be called
// from several goroutines; versions are best given in order.
type Document struct {
	path, languageID string
	trees            *Trees

	mu    sync.Mutex
	tree  *sitter.Tree // nil when dropped
	last  *text.Text   // what tree was parsed from
	nodes []Node       // of tree
	size  int          // number of nodes of the last version
	// repaired reports that tree is that of a repaired text, or of one that no repair could mend.
	repaired bool
	layout   layout
	intact   *text.Text // the last text that was found to need no repairs
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
	if d.size == 0 {
		d.size = f.Text.Len() / 4
	}
	if !d.readRepaired(f) {
		tree, own := f.read(d.edit(f.Text), d.size)
		d.replace(tree, own, f.Text)
		if d.repaired = f.broken; !f.broken {
			d.layout = layout{valid: f.Text, checked: d.intact == f.Text, is: d.intact == f.Text}
		}
	}
	d.size = len(f.Nodes)
	d.mu.Unlock()
	d.trees.touch(d)
	f.unsettled = incremental && f.Broken()
	buildFacts(f)
	return f
}

// readRepaired reads text that its layout shows to be broken as if it were repaired. What it
// leaves in the document is the tree of the repaired text: the next keystroke changes that
// one as little as the text, whereas the tree of broken text has to be found anew, with
// everything that the error swallows. It reports false when the repairs mend too little.
func (d *Document) readRepaired(f *File) bool {
	if d.tree == nil || f.Text.Len() > maxRepair || !d.repaired && !changeOf(d.last, f.Text).mayUnbalance() || !d.layout.tidy(f.Language.IsScript()) {
		return false
	}
	ins := f.repairs()
	if len(ins) == 0 {
		d.intact = f.Text
		return false
	}
	repaired := text.New(apply(f.Text.String(), ins))
	old := d.edit(repaired)
	tree := f.grammar.parse(d.tree, []byte(repaired.String()))
	nodes := flat.Fill(tree, old, make([]Node, 0, d.size+d.size/16+64))
	d.replace(tree, nodes, repaired)
	if damage(nodes) > maxDamage {
		return false
	}
	nodes = slices.Clone(nodes)
	retract(nodes, ins)
	f.Nodes, f.broken, d.repaired = nodes, true, true
	return true
}

// layout tells whether the layout of a document can be trusted: whether its last version
// without errors needs no repairs. That is found out when it is first asked for.
type layout struct {
	valid   *text.Text // nil: there was none
	checked bool
	is      bool
}

func (l *layout) tidy(script bool) bool {
	if !l.checked && l.valid != nil {
		l.is = len(repairs(l.valid.String(), script)) == 0
	}
	l.checked = true
	return l.is
}

// maxDamage bounds, in bytes, what may stay broken in a repaired text: the expression at hand,
// as in f(name=), and not what follows it.
const maxDamage = 80

// edit tells the tree, if there is one, of the change to t.
func (d *Document) edit(t *text.Text) *flat.Old {
	if d.tree == nil {
		return nil
	}
	old := changeOf(d.last, t).edit(d.tree)
	old.Nodes = d.nodes
	return old
}

// replace makes tree, which has nodes and was parsed from t, the one to go on from.
func (d *Document) replace(tree *sitter.Tree, nodes []Node, t *text.Text) {
	if d.tree != nil {
		d.tree.Close()
	}
	d.tree, d.nodes, d.last = tree, nodes, t
}

// Settle reads src from scratch. It is for text that is broken and will stay so for a
// moment: what tree-sitter makes of an error depends on the edits that led to it. The next
// keystroke goes on from the tree that the last one left, which is the nearer one.
func (d *Document) Settle(src *text.Text) *File {
	f := Parse(d.path, d.languageID, src)
	if !f.broken {
		d.mu.Lock()
		d.layout = layout{valid: f.Text} // the repairs were wrong about this text
		d.mu.Unlock()
	}
	return f
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
		d.tree, d.nodes, d.last = nil, nil, nil
	}
}
