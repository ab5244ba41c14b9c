package sandbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// How a run deals with workers that don't answer.
const (
	cancelGrace = 50 * time.Millisecond  // to answer a cancellation
	evalGrace   = 250 * time.Millisecond // to stop an evaluation at its limit
	killedShare = 4                      // part of the time that a step has after a kill
	lateShare   = 20                     // and after too much time was lost
	maxStarved  = 2                      // times that a step is tried again which had hardly any time
	maxKills    = 20                     // of one request; then only steps that were finished before are done
	maxSteps    = 60 * time.Second       // for all tests of a set
	maxJudge    = 15 * time.Second       // for one judgement
)

// tooLate is said of steps that wait for the next time.
const tooLate = "This was not worked on, since other policies took too long; it is the next time."

// run is one task, over as many workers as it needs.
type run struct {
	client *Client
	task
	done      map[string]bool   // keys of policies whose part of an evaluation has come
	kills     int               // workers that ended in it
	lost      time.Duration     // by those
	temporary map[string]string // steps that are left out in this run only
	finished  map[string]bool   // keys of the steps that were finished before
	late      bool              // too much time was lost: what takes long waits for the next time
	starved   int               // kills of steps that had hardly been given time
}

// all does the task: again without the step that ended the worker, until it is done.
func (r *run) all(ctx context.Context) (*stop, error) {
	r.finished, r.done = map[string]bool{}, map[string]bool{}
	defer r.tellEnded()
	began := time.Now()
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if why, ok := r.client.quarantine.why[r.fallbackKey()]; ok {
			return &stop{message: why}, nil
		}
		stopped, err := r.once(ctx, began)
		if err == nil || !errors.Is(err, errStopped) {
			return nil, err
		}
		if stopped == nil {
			continue // not the step's fault: once more
		}
		r.client.opts.Log.Warn("a policy ended its process", "path", stopped.step.Path, "policy", stopped.step.Policy, "work", stopped.step.Work, "message", stopped.message)
		if r.kills >= 2*maxKills || stopped.step.Key == r.fallbackKey() {
			return stopped, nil
		}
	}
}

// fallbackKey is the key of a request of which no step is known.
func (r *run) fallbackKey() string {
	h := sha256.New()
	if r.Op == opEval {
		h.Write(r.body)
	}
	_ = json.NewEncoder(h).Encode([]any{r.Op, r.SetID, r.Path, r.Source, r.Filter, r.Trust, r.task.request.Set})
	return "request " + hex.EncodeToString(h.Sum(nil)[:16])
}

// message is what is asked of a worker now.
func (r *run) message(worker *process) request {
	c := r.client
	c.last++
	m := r.task.request
	m.ID, m.Done, m.Limit = c.last, r.done, r.allowance(&rego.Step{Work: "eval"}).soft
	m.Skip = maps.Clone(c.quarantine.why)
	m.Wait = r.temporary
	if m.SetID != "" && !worker.loaded[m.SetID] {
		m.Set = r.set.set
	}
	if r.kills >= maxKills {
		m.Only, m.Late = r.finished, tooLate
	}
	return m
}

// once asks a worker and listens until it has answered, or has to be given up.
func (r *run) once(ctx context.Context, began time.Time) (*stop, error) {
	c := r.client
	worker, err := c.ensure()
	if err != nil {
		return nil, err
	}
	m := r.message(worker)
	current := reply{Step: &rego.Step{Work: m.Op, Path: m.Path, Key: r.fallbackKey()}, CPU: worker.cpu}
	since := time.Now()
	given := r.allowance(current.Step)
	timer := time.NewTimer(given.hard)
	defer timer.Stop()
	var overall <-chan time.Time
	if most := map[string]time.Duration{opTest: maxSteps, opTrust: maxJudge}[m.Op]; most > 0 {
		t := time.NewTimer(time.Until(began.Add(most)))
		defer t.Stop()
		overall = t.C
	}
	worker.send(m, r.body)
	for {
		select {
		case said, ok := <-worker.replies:
			if !ok {
				<-worker.ended
				c.worker = nil
				return r.ended(worker, current, time.Since(since))
			}
			worker.cpu = said.CPU
			if said.ID != m.ID {
				continue // of a request that was cancelled
			}
			switch {
			case said.Step != nil:
				r.finish(current.Step)
				current, since = said, time.Now()
				given = r.allowance(current.Step)
				timer.Reset(given.hard)
			case said.Part != nil:
				r.finish(current.Step)
				r.add(said)
			case said.Forgot:
				delete(worker.loaded, m.SetID)
				return nil, errStopped
			case said.Error != "":
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				return nil, errors.New(said.Error)
			default:
				if m.SetID != "" {
					worker.loaded[m.SetID] = true
				}
				return nil, r.decode(said.Answer)
			}
		case <-timer.C:
			c.drop()
			return r.tooLong(worker, current, given)
		case <-overall:
			c.drop()
			r.kills = 2 * maxKills
			return &stop{step: *current.Step, message: fmt.Sprintf("This takes more than %v in all and was stopped.", time.Since(began).Round(time.Second))}, errStopped
		case <-ctx.Done():
			r.cancelled(worker, m.ID)
			return nil, ctx.Err()
		case <-c.done:
			c.drop()
			return nil, ErrClosed
		}
	}
}

// finish remembers that a step has come to its end.
func (r *run) finish(step *rego.Step) {
	r.finished[step.Key] = true
	if len(r.client.finished) >= maxFinished {
		clear(r.client.finished)
	}
	r.client.finished[finishedKey(step)] = true
}

func finishedKey(step *rego.Step) string { return step.Work + " " + step.Key }

// allowance is the time for a step: the worker stops it by itself after soft, if it can, and is
// killed after hard. Only what had all its time is judged by it.
type allowance struct {
	soft, hard time.Duration
	all        bool
}

// allowance becomes smaller when workers were killed in this run, so that several policies that
// are too slow don't add up to much. What was finished once is only slow because it has to be
// done again.
func (r *run) allowance(step *rego.Step) allowance {
	limits := r.client.opts.Limits
	limit, grace := limits.Compile, time.Duration(0)
	switch {
	case step.Work == "eval" && r.Op == opTrust: // of one policy on many documents
		limit *= 2
	case step.Work == "eval":
		limit, grace = limits.Eval, evalGrace
	}
	share := time.Duration(1)
	switch {
	case r.Op == opTest || r.Op == opTrust: // one policy, which somebody waits for
	case r.client.finished[finishedKey(step)] && step.Work != "eval":
	case r.late:
		share = lateShare
	case r.kills > 0:
		share = killedShare
	}
	soft := limit / share << r.starved
	return allowance{soft, soft + grace/min(share, killedShare), share == 1}
}

// add adds the part of one policy to an evaluation.
func (r *run) add(said reply) {
	part := said.Part
	for _, v := range part.Violations {
		r.size += len(v.Message) + 300
		if v.Fix != nil {
			r.size += len(v.Fix.NewText)
		}
	}
	if r.size > maxAnswer {
		part.Violations = nil
		part.Failures = append(part.Failures, rego.Failure{Code: "limit", Message: "The policies report more than can be shown for this file; the others are left out."})
	}
	r.parts.Violations = append(r.parts.Violations, part.Violations...)
	r.parts.Failures = append(r.parts.Failures, part.Failures...)
	if said.Key != "" {
		r.done[said.Key] = true
	}
	if !said.Slow || !r.allowance(&rego.Step{Work: "eval"}).all {
		return
	}
	why := r.client.quarantine.stopped(said.Key, r.client.opts.Limits.Eval)
	i := slices.IndexFunc(part.Failures, func(f rego.Failure) bool { return f.Code == "limit" })
	if why != "" && i >= 0 {
		f := part.Failures[i]
		f.Message = why
		r.set.ended = append(r.set.ended, f)
	}
}

// tellEnded adds to an evaluation the policies that are not run any more.
func (r *run) tellEnded() {
	if r.parts == nil {
		return
	}
	for _, f := range r.set.ended {
		if !slices.ContainsFunc(r.parts.Failures, func(told rego.Failure) bool { return told.Policy == f.Policy && told.Path == f.Path }) {
			r.parts.Failures = append(r.parts.Failures, f)
		}
	}
}

// cancelled asks the worker to leave a request, and kills it when it doesn't.
func (r *run) cancelled(worker *process, id int) {
	worker.send(request{ID: id, Cancel: true}, nil)
	timer := time.NewTimer(cancelGrace)
	defer timer.Stop()
	for {
		select {
		case said, ok := <-worker.replies:
			if ok && (said.ID != id || said.Step != nil || said.Part != nil) {
				continue
			}
			if !ok {
				r.client.worker = nil
			}
			return
		case <-timer.C:
			r.client.drop()
			return
		}
	}
}

// tooLong judges a worker that was killed for its time. A step that was hardly given the
// processor is not to blame: the machine is busy, or slept.
func (r *run) tooLong(worker *process, current reply, given allowance) (*stop, error) {
	state := worker.cmd.ProcessState
	if used := state.UserTime() + state.SystemTime() - current.CPU; used < given.hard/3 {
		if r.starved++; r.starved <= maxStarved {
			return nil, errStopped
		}
		r.starved = 0
		r.lose(given.hard)
		return r.wait(current, "This was not worked on, since the machine is too busy; it is the next time."), errStopped
	}
	r.lose(given.hard)
	if !given.all && !r.client.quarantine.again(current.Step.Key) {
		return r.wait(current, tooLate), errStopped
	}
	return r.blame(current, tookTooLong, given.soft, ""), errStopped
}

// ended judges a worker that ended by itself.
func (r *run) ended(worker *process, current reply, after time.Duration) (*stop, error) {
	r.lose(after)
	words := worker.lastWords()
	switch code := worker.cmd.ProcessState.ExitCode(); {
	case code == exitMemory, strings.Contains(words, "out of memory"), strings.Contains(words, "cannot allocate memory"):
		return r.blame(current, tooMuchMemory, 0, ""), errStopped
	case code == -1 && r.kills == 1:
		return nil, errStopped // a signal from outside: once more
	case strings.Contains(words, "stack overflow"), strings.Contains(words, "stack exceeds"):
		words = "its expressions are too deep"
	}
	return r.blame(current, crashed, 0, words), errStopped
}

// lose counts a worker that is lost, and the time with it.
func (r *run) lose(d time.Duration) {
	r.kills++
	if r.lost += d; r.lost >= r.client.opts.Limits.Total {
		r.late = true
	}
}

// wait leaves out a step in this run.
func (r *run) wait(current reply, why string) *stop {
	r.temporary[current.Step.Key] = why
	return &stop{step: *current.Step, message: why}
}

// blame puts a step in quarantine.
func (r *run) blame(current reply, why reason, limit time.Duration, words string) *stop {
	c := r.client
	s := newStop(*current.Step, why, limit, c.opts.Limits.Memory, words)
	c.quarantine.add(current.Step.Key, s.message)
	if r.Op == opEval && current.Step.Policy != "" {
		r.set.ended = append(r.set.ended, rego.Failure{Policy: current.Step.Policy, Path: current.Step.Path, Code: "limit", Message: s.message})
	}
	return s
}
