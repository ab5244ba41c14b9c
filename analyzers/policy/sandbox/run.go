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
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// How a run deals with workers that don't answer.
const (
	cancelGrace = 50 * time.Millisecond  // to answer a cancellation
	evalGrace   = 250 * time.Millisecond // to stop an evaluation at its limit
	killedShare = 4                      // part of the time that a step has after a kill
	lateShare   = 10                     // and after too much time was lost
	backstop    = 5                      // times its limit that a step may last by the clock on the wall
	leastWall   = 2 * time.Second        // that a step may last by the clock on the wall
	maxStarved  = 3                      // times that a step is tried which is given hardly any time
	maxKills    = 100                    // of one request
	maxSteps    = 60 * time.Second       // for all tests of a set
	maxJudge    = 20 * time.Second       // for one judgement
)

// errBusy is that the machine gives the worker no time: no policy is to blame.
var errBusy = errors.New("the machine is too busy to run policies")

// errAgain tells that a run has to ask again.
var errAgain = errors.New("again")

// run is one task, over as many workers as it needs.
type run struct {
	client *Client
	task
	done    map[string]bool // keys of policies whose part of an evaluation has come
	kills   int             // workers that ended in it
	lost    time.Duration   // of the processor's time, by those
	starved int             // kills of steps that were given hardly any time
}

// all does the task: again without the step that ended the worker, until it is done.
func (r *run) all(ctx context.Context) (*stop, error) {
	r.done = map[string]bool{}
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
		if !errors.Is(err, errAgain) {
			return stopped, err
		}
		if stopped == nil {
			continue // not the step's fault
		}
		r.client.opts.Log.Warn("a policy ended its process", "path", stopped.step.Path, "policy", stopped.step.Policy, "work", stopped.step.Work, "message", stopped.message)
		if r.kills >= maxKills {
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
	m.ID, m.Done, m.Skip = c.last, r.done, maps.Clone(c.quarantine.why)
	m.Full = r.allowance(1)
	if m.Limits = m.Full; r.share() > 1 {
		m.Limits, m.Known = r.allowance(r.share()), maps.Clone(c.finished)
	}
	if m.SetID != "" && !worker.loaded[m.SetID] {
		m.Set = r.set.set
	}
	return m
}

// share is the part of its time that a step has. It becomes smaller when workers were ended in
// this run, so that several policies that are too slow don't add up to much.
func (r *run) share() time.Duration {
	switch {
	case r.kills == 0 || r.Op == opTest || r.Op == opTrust: // those are about one policy, and waited for
		return 1
	case r.lost < r.client.opts.Limits.Total:
		return killedShare
	}
	return lateShare
}

// allowance are the limits of steps.
func (r *run) allowance(share time.Duration) allowance {
	limits := r.client.opts.Limits
	soft := limits.Eval / share
	return allowance{Step: limits.Compile / share, Eval: soft, Hard: soft + evalGrace/min(share, killedShare)}
}

// once asks a worker and listens until it has answered, or has to be given up.
func (r *run) once(ctx context.Context, began time.Time) (*stop, error) {
	c := r.client
	worker, err := c.ensure()
	if err != nil {
		return nil, err
	}
	m := r.message(worker)
	step, since := &rego.Step{Work: m.Op, Path: m.Path, Key: r.fallbackKey()}, worker.cpu
	timer := time.NewTimer(r.wall(&m, step))
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
				return r.ended(worker, &m, step, since)
			}
			worker.cpu = said.CPU
			if said.ID != m.ID {
				continue // of a request that was cancelled
			}
			switch {
			case said.Step != nil:
				c.finish(step)
				step, since = said.Step, said.CPU
				timer.Reset(r.wall(&m, step))
			case said.Part != nil:
				r.add(said)
			case said.Forgot:
				delete(worker.loaded, m.SetID)
				return nil, errAgain
			case said.Error != "":
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				return nil, errors.New(said.Error)
			default:
				c.finish(step)
				if m.SetID != "" {
					worker.loaded[m.SetID] = true
				}
				return nil, r.decode(said.Answer)
			}
		case <-timer.C:
			c.drop()
			return r.tooLong(worker, &m, step, since)
		case <-overall:
			c.drop()
			return &stop{step: *step, message: fmt.Sprintf("This takes more than %v in all and was stopped.", time.Since(began).Round(time.Second))}, nil
		case <-ctx.Done():
			r.cancelled(worker, m.ID)
			return nil, ctx.Err()
		case <-c.done:
			c.drop()
			return nil, ErrClosed
		}
	}
}

// wall is how long to wait for the end of a step. The worker ends itself when the step has used
// its time; this is for one that does not, or is given none.
func (r *run) wall(m *request, step *rego.Step) time.Duration {
	return max(backstop*m.limit(step), leastWall) << r.starved
}

// finish remembers that a step has come to its end. What was finished once and is done again for
// a new worker has all its time; an evaluation depends on its document.
func (c *Client) finish(step *rego.Step) {
	if step.Work == "eval" {
		return
	}
	if len(c.finished) >= maxFinished {
		clear(c.finished)
	}
	c.finished[stepKey(step)] = true
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
	if !said.Slow || r.share() > 1 {
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
