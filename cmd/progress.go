package cmd

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// progress draws a bar on a terminal while files are checked. It is silent elsewhere, and
// during the first moments, so that quick runs print nothing.
type progress struct {
	mu    sync.Mutex
	out   io.Writer // nil: silent
	now   func() time.Time
	next  time.Time // when to draw again
	done  int
	drawn bool
}

// progressDelay is how long a run stays quiet; progressEvery is how often the bar moves.
const (
	progressDelay = 300 * time.Millisecond
	progressEvery = 60 * time.Millisecond
	progressWidth = 30 // characters
)

func newProgress(env Env) *progress {
	p := &progress{now: env.Now, next: env.Now().Add(progressDelay)}
	if env.ErrTerminal && env.Getenv("TERM") != "dumb" && env.Getenv("CI") == "" {
		p.out = env.Err
	}
	return p
}

func (p *progress) step(total int) {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	now := p.now()
	if now.Before(p.next) {
		return
	}
	p.next, p.drawn = now.Add(progressEvery), true
	filled := progressWidth * p.done / max(total, 1)
	fmt.Fprintf(p.out, "\r\x1b[Kchecking %s%s %d of %d files", strings.Repeat("━", filled), strings.Repeat("─", progressWidth-filled), p.done, total)
}

// end wipes the bar.
func (p *progress) end() {
	if p.drawn {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
