package lsp

import (
	"context"
	"path/filepath"
	"slices"
	"sync"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Of the documents that were used last, the facts and fewer syntax trees stay in memory. Of
// the others the text is kept only, and they are analysed anew when something is asked about
// them: that takes milliseconds, while 200 open documents would take hundreds of megabytes.
const (
	keptAnalyses = 8
	keptTrees    = 4
)

// document is one text that the client has open.
type document struct {
	uri    protocol.DocumentUri
	path   string // "" when it is not a file
	folder string // the path of its workspace folder, "" outside all
	name   string // its path in the folder with slashes, or its URI
	// configured is the path that decides which configuration it has: that of the first
	// workspace folder for what is not a file.
	configured string
	language   string // the client's identifier
	// opening tells one opening of a document from the next: a client that has closed it may
	// have forgotten what it was told, and still name the result.
	opening int

	head *version // guarded by session.mu

	judging judging

	working sync.Mutex // one analysis at a time
	parser  *parser.Document
	last    *analyzers.Analysis // of the newest version that was analysed; guarded by working
}

// version is one immutable state of a document.
type version struct {
	*document
	number int32
	text   *text.Text
	ctx    context.Context // ends when a newer version comes or the document is closed
	cancel context.CancelFunc

	mu     sync.Mutex
	run    *run                // nil when it was not analysed yet or its analysis was dropped
	base   *analyzers.Analysis // of run, from which joined was made
	joined *analyzers.Analysis // see session.joined
}

// open makes a document, or gives one that is open already a new text.
func (s *session) open(item protocol.TextDocumentItem) *version {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.replace(item.URI, item.LanguageID, item.Version, text.New(item.Text))
}

// replace makes a document and retires one of the same URI. s.mu is held.
func (s *session) replace(uri protocol.DocumentUri, language string, number int32, t *text.Text) *version {
	s.retire(s.documents[uri])
	s.openings++
	d := &document{uri: uri, path: pathOf(uri), language: language, name: uri, opening: s.openings}
	if old := s.documents[uri]; old != nil {
		d.judging.verdict = old.judging.current() // until there is a newer one
	}
	d.configured = d.path
	if d.path != "" {
		cfg, _ := s.configs.For(d.path)
		d.folder, d.name = place(cfg.Root, s.folders, d.path)
	} else if len(s.folders) > 0 {
		d.folder = s.folders[0].path
		d.configured = filepath.Join(d.folder, "untitled")
	}
	d.parser = s.trees.Document(d.name, language)
	s.documents[uri] = d
	return s.advance(d, number, t)
}

// retire ends the work on a document. s.mu is held.
func (s *session) retire(d *document) {
	if d == nil {
		return
	}
	d.head.cancel()
	s.recent = slices.DeleteFunc(s.recent, func(r *document) bool { return r == d })
	s.background.Go(func() {
		d.working.Lock() // a parse that is running would keep its tree
		defer d.working.Unlock()
		d.parser.Close()
	})
}

// advance makes a newer version the head. s.mu is held.
func (s *session) advance(d *document, number int32, t *text.Text) *version {
	if d.head != nil {
		d.head.cancel()
	}
	v := &version{document: d, number: number, text: t}
	v.ctx, v.cancel = context.WithCancel(s.ctx)
	d.head = v
	return v
}

// close forgets a document and reports whether it was open.
func (s *session) close(uri protocol.DocumentUri) (*document, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.documents[uri]
	if d == nil {
		return nil, false
	}
	s.retire(d)
	delete(s.documents, uri)
	return d, true
}

// head is the newest version of an open document, or nil.
func (s *session) head(uri protocol.DocumentUri) *version {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.documents[uri]; d != nil {
		return d.head
	}
	return nil
}

// isHead reports whether nothing newer than v is known.
func (s *session) isHead(v *version) bool { return s.head(v.uri) == v }

// heads are the newest versions of all open documents.
func (s *session) heads() []*version {
	s.mu.Lock()
	defer s.mu.Unlock()
	heads := make([]*version, 0, len(s.documents))
	for _, d := range s.documents {
		heads = append(heads, d.head)
	}
	return heads
}

// openPath is the head of the open document at a path, or nil. Clients may spell a URI in
// several ways, so paths are compared.
func (s *session) openPath(path string) *version {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.documents {
		if d.path == path {
			return d.head
		}
	}
	return nil
}

// renewAll analyses all documents again, after something that they depend on has changed.
func (s *session) renewAll() {
	s.mu.Lock()
	var heads []*version
	for uri, old := range s.documents {
		heads = append(heads, s.replace(uri, old.language, old.head.number, old.head.text))
	}
	s.mu.Unlock()
	for _, v := range heads {
		s.start(v)
	}
	s.refreshClient()
}

// touch notes that d was used and returns the documents whose memory can be freed.
func (s *session) touch(d *document) (cold []*document) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.recent, d); i >= 0 {
		s.recent = slices.Delete(s.recent, i, i+1)
	}
	s.recent = slices.Insert(s.recent, 0, d)
	if len(s.recent) > keptAnalyses {
		cold = slices.Clone(s.recent[keptAnalyses:])
		s.recent = s.recent[:keptAnalyses]
	}
	return cold
}

// drop frees what a new analysis can make again.
func (d *document) drop(head *version) {
	d.working.Lock()
	d.last = nil
	d.working.Unlock()
	head.mu.Lock()
	defer head.mu.Unlock()
	if head.run != nil && head.run.isDone() {
		head.run, head.base, head.joined = nil, nil, nil
	}
}
