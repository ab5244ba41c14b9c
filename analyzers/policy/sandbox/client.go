package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// Client owns one worker, which it starts when it is first needed, and again after it was
// killed. Its methods may be used by several goroutines; requests run one after another.
// An error is ctx's, or that no worker can be started; what a policy does wrong is part of the results.
type Client struct {
	opts Options
	turn chan struct{} // holds one token: the right to use the worker and what is below
	done chan struct{}
	once sync.Once

	idle   *time.Timer   // ends a worker that nobody needs
	idleIn time.Duration // after which time

	worker     *process
	last       int // id of the last request
	sets       map[string]*known
	order      []string // of sets, last used last
	quarantine *quarantine
	finished   map[string]bool // steps that have come to their end once
}

// known is a set that can be loaded again when the worker was started anew.
type known struct {
	set *rego.Set
	// ended are policies that were loaded and then put in quarantine for what they did with a
	// document. Each evaluation says that they are not run, until the set is loaded again.
	ended []rego.Failure
}

// maxKnownSets is how many sets can be loaded again when the worker was started anew.
const maxKnownSets = 16

// maxFinished is how many finished steps are remembered.
const maxFinished = 10_000

// idleLimit is how long a worker is kept that nobody asks for anything. It starts again in less
// time than a person notices.
const idleLimit = 5 * time.Minute

// New is a client; no process is started yet.
func New(opts Options) *Client {
	opts.Limits = opts.Limits.withDefaults()
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	c := &Client{opts: opts, turn: make(chan struct{}, 1), done: make(chan struct{}), sets: map[string]*known{}, quarantine: newQuarantine(), finished: map[string]bool{}}
	c.idleIn = idleLimit
	c.idle = time.AfterFunc(c.idleIn, c.rest)
	c.turn <- struct{}{}
	return c
}

// rest ends the worker when nobody uses it at the moment.
func (c *Client) rest() {
	select {
	case <-c.turn:
		if c.worker != nil {
			c.worker.close()
			c.worker = nil
		}
		c.turn <- struct{}{}
	default:
	}
}

// Close ends the worker. A request that runs ends with an error.
func (c *Client) Close() error {
	c.once.Do(func() { close(c.done) })
	c.idle.Stop()
	<-c.turn
	if c.worker != nil {
		c.worker.close()
		c.worker = nil
	}
	c.turn <- struct{}{}
	return nil
}

// task is a request with where its answer goes.
type task struct {
	request
	body   []byte
	set    *known      // that it needs
	result any         // the answer is decoded into it
	parts  *Evaluation // parts of an answer are added to it
	size   int         // of the parts, in bytes
}

// maxSet is how many bytes of policies, or of examples for one, a request may have: a message
// may be several times as long, for what JSON escapes.
const maxSet = 5 << 20

// tooLarge is that a task has more than a message holds.
func (t *task) tooLarge() *stop {
	size, path := len(t.Source), t.Path
	add := func(set *rego.Set) {
		for _, m := range set.Modules {
			if size += len(m.Source) + len(m.Path); path == "" {
				path = m.Path
			}
		}
	}
	if t.Set != nil {
		add(t.Set)
	}
	if t.Trust != nil {
		add(&t.Trust.Set)
		for _, e := range t.Trust.Examples {
			size += len(e.Facts)
		}
		for _, facts := range t.Trust.Clean {
			size += len(facts)
		}
	}
	if size <= maxSet {
		return nil
	}
	return &stop{step: rego.Step{Path: path}, message: fmt.Sprintf("The policies have %.1f MiB in all, more than %d. Move some to another folder.", float64(size)/(1<<20), maxSet>>20)}
}

// do has a task done. stopped is not nil when it could not be done because of what it worked on.
func (c *Client) do(ctx context.Context, t task) (stopped *stop, err error) {
	if stopped := t.tooLarge(); stopped != nil {
		return stopped, nil
	}
	select {
	case <-c.turn:
		defer func() {
			c.idle.Reset(c.idleIn)
			c.turn <- struct{}{}
		}()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-c.done:
		return nil, ErrClosed
	}
	if t.SetID != "" {
		if t.Op == opLoad {
			t.set = &known{set: t.request.Set}
		} else if t.set = c.sets[t.SetID]; t.set == nil {
			return nil, ErrUnknownSet
		}
		c.remember(t.SetID, t.set)
	}
	r := &run{client: c, task: t}
	return r.all(ctx)
}

// remember keeps a set for when the worker is started anew.
func (c *Client) remember(id string, set *known) {
	for i, other := range c.order {
		if other == id {
			c.order = append(c.order[:i:i], c.order[i+1:]...)
			break
		}
	}
	c.order = append(c.order, id)
	c.sets[id] = set
	if len(c.order) > maxKnownSets {
		delete(c.sets, c.order[0])
		c.order = c.order[1:]
	}
}

// ensure has a worker running.
func (c *Client) ensure() (*process, error) {
	select {
	case <-c.done:
		return nil, ErrClosed
	default:
	}
	if c.worker != nil {
		select {
		case <-c.worker.ended: // while nothing was asked of it
			c.worker = nil
		default:
			return c.worker, nil
		}
	}
	began := time.Now()
	worker, err := start(c.opts)
	if err != nil {
		return nil, err
	}
	c.opts.Log.Debug("process for policies started", "pid", worker.cmd.Process.Pid, "ms", time.Since(began).Milliseconds())
	c.worker = worker
	return worker, nil
}

// drop ends the worker at once.
func (c *Client) drop() {
	if c.worker != nil {
		c.worker.kill()
		c.worker = nil
	}
}

// decode reads the answer of a task.
func (t *task) decode(answer json.RawMessage) error {
	if t.result == nil || len(answer) == 0 {
		return nil
	}
	return json.Unmarshal(answer, t.result)
}
