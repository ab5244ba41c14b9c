package sandbox

import (
	"fmt"
	"strings"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// quarantine is what is not worked on any more, by the key of its content.
type quarantine struct {
	why  map[string]string
	slow map[string]int // how often a policy was stopped at its limit
}

// Bounds of a quarantine. A client that has seen that many forgets them all: each costs one
// more kill at most.
const (
	maxQuarantine = 1000
	maxSlow       = 3 // evaluations that are stopped before a policy is not run any more
)

func newQuarantine() *quarantine {
	return &quarantine{why: map[string]string{}, slow: map[string]int{}}
}

func (q *quarantine) add(key, why string) {
	if len(q.why) >= maxQuarantine {
		clear(q.why)
	}
	q.why[key] = why
}

// stopped counts that a policy was stopped at its limit of time; why it is in quarantine from now on, if it is.
func (q *quarantine) stopped(key string, limit time.Duration) (why string) {
	if len(q.slow) >= maxQuarantine {
		clear(q.slow)
	}
	if q.slow[key]++; q.slow[key] >= maxSlow {
		why = fmt.Sprintf("This policy took more than %v on %d files; it is not run until it is changed. %s", limit, maxSlow, advice("eval"))
		q.add(key, why)
	}
	return why
}

// reason is why a step ended the worker.
type reason int

const (
	tookTooLong reason = iota
	tooMuchMemory
	crashed
	noAnswer // it said something that is no answer, or too long
)

// stop is a step that is not done, and why.
type stop struct {
	step    rego.Step
	message string
}

// newStop says what a step did.
func newStop(step rego.Step, why reason, limit time.Duration, memory int64, words string) *stop {
	what := map[string]string{"parse": "Reading this file", "compile": "Compiling this policy", "eval": "Running this policy", "test": "This test", "format": "Formatting this file", "read": "Reading the facts of this file"}[step.Work]
	if what == "" {
		what = "Checking this policy"
	}
	until := "it is not run until it is changed"
	if step.Work == "read" {
		until = "no policy is run on it until it is changed"
	}
	s := &stop{step: step}
	switch why {
	case tookTooLong:
		s.message = fmt.Sprintf("%s takes more than %v; %s. %s", what, limit.Round(10*time.Millisecond), until, advice(step.Work))
	case tooMuchMemory:
		s.message = fmt.Sprintf("%s needs more than %d MiB of memory; %s. %s", what, memory>>20, until, advice(step.Work))
	case noAnswer:
		s.message = fmt.Sprintf("%s gives a result that is too long; %s. %s", what, until, advice(step.Work))
	default:
		s.message = fmt.Sprintf("%s ended the process for policies (%s); %s. %s", what, words, until, advice(step.Work))
	}
	s.message = strings.TrimSpace(s.message)
	return s
}

// advice is where to look.
func advice(work string) string {
	switch work {
	case "parse", "format":
		return "Look for very deep or very long expressions."
	case "compile":
		return "Look for objects that are made of objects over and over, and for very long expressions."
	case "eval", "test":
		return "Look for loops in loops over the same list, and for texts that grow."
	}
	return ""
}

// problem is a stop as a problem of a module; path is for steps that have none.
func (s *stop) problem(path string) rego.Problem {
	if s.step.Path != "" {
		path = s.step.Path
	}
	return rego.Problem{Path: path, Severity: rego.Error, Code: "limit", Message: s.message}
}
