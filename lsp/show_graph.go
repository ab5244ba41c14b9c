package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/agents/picture"
	"github.com/qodacode/qodacode/analyzers/cost"
)

// pictures are the files that pages are written to, for clients that show no HTML themselves.
// They lie in a folder that the session has made and nobody else can write to.
type pictures struct {
	mu     sync.Mutex
	folder string // "" before the first
}

// shownPage is the result of qodacode.showGraph and qodacode.showCost: the page, or the file that holds it. The
// page's messages {type: "open", path, line} name files relative to Root, or absolutely where it is "".
type shownPage struct {
	Title string `json:"title"`
	Root  string `json:"root,omitempty"`
	HTML  string `json:"html,omitempty"`
	Path  string `json:"path,omitempty"`
}

// showGraph shows the graph whose id is the first argument and whose project's folder is the
// second. With a document's URI in place of the id it shows the graphs that are built in the
// document, and without arguments all.
//
// A client that says experimental.showsGraphs gets the page in the result. For the others it
// is written to a file, which is opened if the client can open files.
func showGraph(ctx context.Context, s *session, p *executeCommandParams) (any, error) {
	var args [2]string
	for i := range min(len(args), len(p.Arguments)) {
		if json.Unmarshal(p.Arguments[i], &args[i]) != nil {
			return nil, invalidParams("%s takes the id of a graph and a folder, or the URI of a document", p.Command)
		}
	}
	if err := s.waitForProjects(ctx); err != nil {
		return nil, err
	}
	document, root := s.pictured(args[0], args[1])
	if len(document.Graphs) == 0 {
		s.showMessage(protocol.MessageTypeInfo, "There is no agent graph here. It may have been renamed or not be read yet.")
		return nil, nil
	}
	shown := shownPage{Title: "Agent graphs", Root: root}
	if len(document.Graphs) == 1 {
		shown.Title = document.Graphs[0].Name
	}
	var page bytes.Buffer
	if err := document.HTML(&page); err != nil {
		return nil, err
	}
	return s.show(ctx, shown, strings.Join(args[:], "\n"), page.Bytes(), s.client.Experimental.ShowsGraphs)
}

// show hands a page to a client that shows it itself. For the others it is written to a file,
// the same for the same key, which is opened if the client can open files.
func (s *session) show(ctx context.Context, shown shownPage, key string, page []byte, itself bool) (any, error) {
	if itself {
		shown.HTML = string(page)
		return shown, nil
	}
	var err error
	if shown.Path, err = s.pictures.write(key, shown.Title, ".html", page); err != nil {
		return nil, fmt.Errorf("the page could not be written: %w", err)
	}
	if !s.client.Window.ShowDocument.Support {
		s.showMessage(protocol.MessageTypeInfo, shown.Title+": see "+shown.Path)
		return shown, nil
	}
	external := true
	return shown, s.call(ctx, "window/showDocument", protocol.ShowDocumentParams{URI: uriOf(shown.Path), External: &external}, nil)
}

// pictured are the graphs that showGraph is asked for. Where they are of one project their
// paths are relative to its folder, root; else they are absolute and root is "".
func (s *session) pictured(id, folder string) (d *picture.Document, root string) {
	type part struct {
		*project
		graphs []*agents.Graph
	}
	var parts []part
	path := pathOf(id)
	for _, p := range s.currentProjects() {
		state := p.result()
		if state == nil || folder != "" && uriOf(p.root) != folder {
			continue
		}
		wanted := slices.DeleteFunc(slices.Clone(state.Graphs), func(g *agents.Graph) bool {
			return id != "" && g.ID != id && g.Place.Path != id && (path == "" || p.path(g.Place.Path) != path)
		})
		if len(wanted) > 0 {
			parts = append(parts, part{p, wanted})
		}
	}
	if len(parts) == 1 {
		d := picture.New(parts[0].graphs, func(path string) string { return path })
		d.AddCosts(parts[0].graphs, cost.OfNode(parts[0].result().Cost))
		return d, parts[0].root
	}
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.root, b.root) })
	d = picture.New(nil, nil)
	for _, p := range parts {
		part := picture.New(p.graphs, p.path)
		part.AddCosts(p.graphs, cost.OfNode(p.result().Cost))
		d.Graphs = append(d.Graphs, part.Graphs...)
	}
	return d, ""
}

// write writes a page and returns its path. The same key has the same file, so that looking
// at a graph again leaves no second one.
func (p *pictures) write(key, title, ending string, page []byte) (path string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.folder == "" {
		if p.folder, err = os.MkdirTemp("", "qodacode-pages-"); err != nil { // mode 0700
			return "", err
		}
	}
	h := fnv.New64a()
	h.Write([]byte(key))
	path = filepath.Join(p.folder, fmt.Sprintf("%s-%x%s", fileName(title), h.Sum64(), ending))
	return path, os.WriteFile(path, page, 0o600)
}

// fileName is what of a name every file system takes.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '-'
	}, name)
	return name[:min(len(name), 40)]
}

// clean removes what was written.
func (p *pictures) clean() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.folder != "" {
		_ = os.RemoveAll(p.folder)
		p.folder = ""
	}
}
