package parser

import (
	"runtime/debug"
	"sync"

	"github.com/qodacode/qodacode/parser/flat"
)

// Trees keeps the syntax trees of the documents that were edited last, so that the next
// keystroke in them is parsed incrementally. A tree takes many times the memory
// of its text; documents whose tree was dropped are parsed in full at their next edit.
type Trees struct {
	mu   sync.Mutex
	keep int
	live []*Document // most recent last
}

// NewTrees keeps up to keep trees.
func NewTrees(keep int) *Trees { return &Trees{keep: keep} }

// Document starts a document; nothing is read yet.
func (t *Trees) Document(path, languageID string) *Document {
	return &Document{path: path, languageID: languageID, trees: t}
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

// ReleaseMemory gives back to the system what parsing many files took. It is for the moment
// after that, not for every file.
func ReleaseMemory() {
	debug.FreeOSMemory()
	flat.Release()
}
