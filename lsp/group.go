package lsp

import (
	"sync"
	"time"
)

// group is the goroutines of a session. Unlike a sync.WaitGroup it may be waited for while
// the read loop still starts some: those that come too late don't run.
type group struct {
	mu     sync.Mutex
	closed bool
	all    sync.WaitGroup
}

// Go runs f in a goroutine, unless the session is over.
func (g *group) Go(f func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.closed {
		g.all.Go(f)
	}
}

// end gives goroutines that were cancelled a moment to end.
func (g *group) end() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	done := make(chan struct{})
	go func() {
		g.all.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(flushTime):
	}
}
