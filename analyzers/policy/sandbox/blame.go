package sandbox

import (
	"strings"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// tooLong judges a worker that was killed by the clock on the wall. A step that was given hardly
// any of the processor's time is not to blame: the machine is busy, or slept.
func (r *run) tooLong(worker *process, m *request, step *rego.Step, since time.Duration) (*stop, error) {
	used, limit := used(worker, since), m.limit(step)
	if used >= limit/2 {
		return r.blame(step, tookTooLong, limit, used, "")
	}
	if r.starved++; r.starved > maxStarved {
		return nil, errBusy
	}
	return nil, errAgain
}

// used is the processor's time that a worker that has ended had used since a step began.
func used(worker *process, since time.Duration) time.Duration {
	state := worker.cmd.ProcessState
	return state.UserTime() + state.SystemTime() - since
}

// ended judges a worker that ended by itself.
func (r *run) ended(worker *process, m *request, step *rego.Step, since time.Duration) (*stop, error) {
	words, used := worker.lastWords(), used(worker, since)
	switch code := worker.cmd.ProcessState.ExitCode(); {
	case code == exitTime:
		return r.blame(step, tookTooLong, m.limit(step), used, "")
	case code == exitMemory, strings.Contains(words, "out of memory"), strings.Contains(words, "cannot allocate memory"):
		return r.blame(step, tooMuchMemory, 0, used, "")
	case strings.Contains(words, "stack overflow"), strings.Contains(words, "stack exceeds"):
		words = "its expressions are too deep"
	case r.starved == 0:
		r.starved++
		return nil, errAgain // somebody else may have ended it
	}
	return r.blame(step, crashed, 0, used, words)
}

// blame puts a step in quarantine.
func (r *run) blame(step *rego.Step, why reason, limit, used time.Duration, words string) (*stop, error) {
	c := r.client
	if step.Work == "eval" && r.Op == opEval {
		limit = c.opts.Limits.Eval / r.share()
	}
	r.kills++
	r.lost += used
	s := newStop(*step, why, limit, c.opts.Limits.Memory, words)
	c.quarantine.add(step.Key, s.message)
	if r.Op == opEval && step.Policy != "" {
		r.set.ended = append(r.set.ended, rego.Failure{Policy: step.Policy, Path: step.Path, Code: "limit", Message: s.message})
	}
	return s, errAgain
}
