package sandbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// How a run deals with workers that don't answer.
const (
	cancelGrace = 50 * time.Millisecond  // to answer a cancellation
	evalGrace   = 250 * time.Millisecond // to stop an evaluation at its limit
	maxKills    = 20                     // of one request: each leaves out one step more
	maxSteps    = 60 * time.Second       // for all tests of a set
	maxJudge    = 15 * time.Second       // for one judgement
)

const tooLate = "This was not worked on, since other policies took too long; it is the next time."

// run is one task, over as many workers as it needs.
type run struct {
	client *Client
	task
	done      int               // policies whose part of an evaluation has come
	kills     int               // workers that ended in it
	lost      time.Duration     // by those
	temporary map[string]string // steps that are left out in this run only
	finished  map[string]bool   // keys of the steps that were finished before
	late      bool              // too much time was lost: only finished steps are done again
	starved   int               // kills of steps that had hardly been given time
}

// all does the task: again without the step that ended the worker, until it is done.
func (r *run) all(ctx context.Context) (*stop, error) {
	r.finished = map[string]bool{}
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
		if r.kills >= maxKills || stopped.step.Key == r.fallbackKey() {
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
	m.ID, m.Done, m.Limit = c.last, r.done, c.opts.Limits.Eval
	m.Skip = maps.Clone(c.quarantine.why)
	maps.Copy(m.Skip, r.temporary)
	if m.SetID != "" && !worker.loaded[m.SetID] {
		m.Set = r.set
	}
	if r.late {
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
	current := reply{Step: &rego.Step{Work: m.Op, Path: m.Path, Key: r.fallbackKey()}, CPU: -1}
	since := time.Now()
	limit := r.limit(current.Step)
	timer := time.NewTimer(limit)
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
			if said.ID != m.ID {
				continue // of a request that was cancelled
			}
			switch {
			case said.Step != nil:
				r.finished[current.Step.Key] = true
				current, since = said, time.Now()
				limit = r.limit(current.Step)
				timer.Reset(limit)
			case said.Part != nil:
				r.finished[current.Step.Key] = true
				r.add(said)
			case said.Error != "":
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				return nil, errors.New(said.Error)
			default:
				if m.SetID != "" {
					worker.loaded[m.SetID] = !r.late
				}
				return nil, r.decode(said.Answer)
			}
		case <-timer.C:
			c.drop()
			return r.tooLong(worker, current, limit)
		case <-overall:
			c.drop()
			most := time.Since(began)
			r.kills = maxKills
			return newStop(*current.Step, tookTooLong, most, 0, ""), errStopped
		case <-ctx.Done():
			r.cancelled(worker, m.ID)
			return nil, ctx.Err()
		case <-c.done:
			c.drop()
			return nil, ErrClosed
		}
	}
}

// limit is the time for a step. After a kill it is shorter, so that several policies that are
// too slow don't add up to much.
func (r *run) limit(step *rego.Step) time.Duration {
	limits := r.client.opts.Limits
	limit := limits.Compile
	if step.Work == "eval" {
		limit = limits.Eval + evalGrace
	}
	if r.kills > 0 && r.starved == 0 {
		limit /= 4
	}
	if step.Work == "test" || step.Work == opTrust {
		limit = max(limit, limits.Compile)
	}
	return limit << min(r.starved, 2)
}

// add adds the part of one policy to an evaluation.
func (r *run) add(said reply) {
	r.done++
	if said.Part != nil {
		for _, v := range said.Part.Violations {
			r.size += len(v.Message) + 300
			if v.Fix != nil {
				r.size += len(v.Fix.NewText)
			}
		}
		if r.size > maxAnswer {
			said.Part.Violations = nil
			said.Part.Failures = append(said.Part.Failures, rego.Failure{Code: "limit", Message: "The policies report more than can be shown for this file; the others are left out."})
		}
		r.parts.Violations = append(r.parts.Violations, said.Part.Violations...)
		r.parts.Failures = append(r.parts.Failures, said.Part.Failures...)
	}
	if said.Slow != "" {
		r.client.quarantine.stopped(said.Slow, r.client.opts.Limits.Eval)
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
func (r *run) tooLong(worker *process, current reply, limit time.Duration) (*stop, error) {
	state := worker.cmd.ProcessState
	r.lose(limit)
	if used := state.UserTime() + state.SystemTime() - current.CPU; current.CPU >= 0 && used < limit/3 {
		r.kills--
		if r.starved++; r.starved < 3 {
			return nil, errStopped
		}
		r.temporary[current.Step.Key] = "This was not worked on, since the machine is too busy; it is the next time."
		r.starved = 0
		r.kills++
		return newStop(*current.Step, tookTooLong, limit, 0, ""), errStopped
	}
	return r.blame(current, tookTooLong, limit, "")
}

// ended judges a worker that ended by itself.
func (r *run) ended(worker *process, current reply, after time.Duration) (*stop, error) {
	r.lose(after)
	words := worker.lastWords()
	switch code := worker.cmd.ProcessState.ExitCode(); {
	case code == exitMemory, strings.Contains(words, "out of memory"), strings.Contains(words, "cannot allocate memory"):
		return r.blame(current, tooMuchMemory, 0, "")
	case code == -1 && r.kills == 1:
		return nil, errStopped // a signal from outside: once more
	case strings.Contains(words, "stack overflow"), strings.Contains(words, "stack exceeds"):
		return r.blame(current, crashed, 0, "its expressions are too deep")
	default:
		return r.blame(current, crashed, 0, words)
	}
}

// lose counts a worker that is lost, and the time with it.
func (r *run) lose(d time.Duration) {
	r.kills++
	if r.lost += d; r.lost >= r.client.opts.Limits.Total {
		r.late = true
	}
}

// blame puts a step in quarantine.
func (r *run) blame(current reply, why reason, limit time.Duration, words string) (*stop, error) {
	c := r.client
	s := newStop(*current.Step, why, limit, c.opts.Limits.Memory, words)
	c.quarantine.add(current.Step.Key, s.message)
	return s, errStopped
}
