package sandbox

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
)

// Arguments with which a program is a worker.
var workerArgs = []string{"policy", "worker"}

// ServeTests makes a test binary a worker when it is started as one; TestMain calls it first.
func ServeTests() {
	if len(os.Args) == 3 && os.Args[1] == workerArgs[0] && os.Args[2] == workerArgs[1] {
		if err := Serve(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// Serve is the worker: it answers requests from in until in ends. It bounds the memory of its
// process and the built-in functions of OPA in it, so it is the only thing that a process does.
func Serve(in io.Reader, out io.Writer) error {
	s := &server{out: out, sets: map[string]*loaded{}}
	confine(&s.clock)
	guard()
	if err := s.say(reply{Hello: protocol}); err != nil {
		return err
	}
	return s.serve(bufio.NewReaderSize(in, 1<<16))
}

// errForgot is that a set is not compiled here any more.
var errForgot = errors.New("the set is not known")

// maxSets is how many sets a worker keeps compiled.
const maxSets = 4

// server is the state of a worker.
type server struct {
	mu  sync.Mutex // of out
	out io.Writer

	clock   clock
	running sync.WaitGroup
	cancel  map[int]context.CancelFunc
	cancels sync.Mutex

	sets  map[string]*loaded
	order []string // of sets, last used last
}

// loaded is a compiled set.
type loaded struct {
	policies []*rego.Compiled
	set      *rego.Set
	answer   Loaded
	skipped  int // how many steps were to be left out
}

func (s *server) say(r reply) error {
	r.CPU = cpuTime()
	s.mu.Lock()
	defer s.mu.Unlock()
	return writeMessage(s.out, r, nil, maxAnswer)
}

// serve reads requests and works on one at a time, while cancellations come in between.
func (s *server) serve(in io.Reader) error {
	s.cancel = map[int]context.CancelFunc{}
	for {
		var req request
		body, err := readMessage(in, &req, maxRequest)
		if err != nil {
			if errors.Is(err, io.EOF) {
				return nil // the parent has ended, or wants no more: what is being done is for nobody
			}
			return err
		}
		if req.Cancel {
			s.cancels.Lock()
			if cancel := s.cancel[req.ID]; cancel != nil {
				cancel()
			}
			s.cancels.Unlock()
			continue
		}
		s.running.Wait() // the client asks one thing at a time
		ctx, cancel := context.WithCancel(context.Background())
		s.cancels.Lock()
		s.cancel[req.ID] = cancel
		s.cancels.Unlock()
		s.running.Go(func() {
			defer func() {
				cancel()
				s.cancels.Lock()
				delete(s.cancel, req.ID)
				s.cancels.Unlock()
			}()
			s.answer(ctx, &req, body)
		})
	}
}

// answer works on a request and sends its answer. A panic is an error of the request.
func (s *server) answer(ctx context.Context, req *request, body []byte) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(os.Stderr, "panic: %v\n%s", p, debug.Stack())
			_ = s.say(reply{ID: req.ID, Error: fmt.Sprintf("internal error: %v", p)})
		}
	}()
	result, err := s.do(ctx, req, body)
	s.clock.stop()
	if err == nil {
		err = ctx.Err()
	}
	r := reply{ID: req.ID}
	if err == nil {
		r.Answer, err = json.Marshal(result)
	}
	if err != nil {
		r = reply{ID: req.ID, Error: err.Error(), Forgot: err == errForgot}
	}
	if err := s.say(r); err != nil {
		_ = s.say(reply{ID: req.ID, Error: err.Error()})
	}
}

// gate tells the client each step before it begins, and leaves out what it does not want.
func (s *server) gate(req *request) rego.Gate {
	return func(step rego.Step) error {
		if why, ok := req.Skip[step.Key]; ok {
			return errors.New(why)
		}
		s.clock.start(req.limit(&step))
		return s.say(reply{ID: req.ID, Step: &step})
	}
}

func (s *server) do(ctx context.Context, req *request, body []byte) (any, error) {
	gate := s.gate(req)
	switch req.Op {
	case opLoad:
		l, err := s.load(ctx, req)
		if err != nil {
			return nil, err
		}
		return &l.answer, nil
	case opEval:
		return nil, s.eval(ctx, req, body)
	case opLint:
		return lint(ctx, *req.Set, req.Path, gate), nil
	case opTest:
		return rego.RunTests(ctx, *req.Set, req.Filter, gate)
	case opTrust:
		return judge(ctx, *req.Trust, gate)
	case opFormat:
		return rego.Format(req.Path, req.Source, gate)
	}
	return nil, fmt.Errorf("unknown operation %q", req.Op)
}

// load compiles a set, or finds it compiled.
func (s *server) load(ctx context.Context, req *request) (*loaded, error) {
	if l := s.sets[req.SetID]; l != nil && l.skipped == len(req.Skip) {
		return l, nil
	}
	l := &loaded{skipped: len(req.Skip), answer: Loaded{ID: req.SetID, Policies: []rego.Policy{}}}
	if req.Set == nil {
		old := s.sets[req.SetID]
		if old == nil {
			return nil, errForgot
		}
		req.Set = old.set
	}
	l.set = req.Set
	var problems []rego.Problem
	l.policies, problems = rego.Compile(ctx, *req.Set, s.gate(req))
	l.answer.Problems = append([]rego.Problem{}, problems...)
	for _, p := range l.policies {
		l.answer.Policies = append(l.answer.Policies, p.Policy)
	}
	s.keep(req.SetID, l)
	return l, nil
}

// keep keeps a compiled set, and forgets the one that was not used for longest.
func (s *server) keep(id string, l *loaded) {
	s.order = append(slices.DeleteFunc(s.order, func(other string) bool { return other == id }), id)
	s.sets[id] = l
	if len(s.order) > maxSets {
		delete(s.sets, s.order[0])
		s.order = s.order[1:]
	}
}

// eval runs the policies of a set on the document in body. Each has a part of the answer, so
// that what is known is not lost with the policy that ends the process.
func (s *server) eval(ctx context.Context, req *request, body []byte) error {
	gate := s.gate(req)
	l, err := s.load(ctx, req)
	if err != nil {
		return err
	}
	if len(l.policies) == 0 {
		return nil
	}
	hash := sha256.Sum256(body)
	if err := gate(rego.Step{Work: "read", Key: hex.EncodeToString(hash[:16])}); err != nil {
		return s.say(reply{ID: req.ID, Part: &Evaluation{Failures: []rego.Failure{{Code: "limit", Message: err.Error()}}}})
	}
	input, err := rego.NewInput(body)
	if err != nil {
		return err
	}
	for _, p := range l.policies {
		if req.Done[p.Key] {
			continue
		}
		r := s.evalOne(ctx, p, input, req, gate)
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.say(r); err != nil {
			return err
		}
	}
	return nil
}

// evalOne runs one policy.
func (s *server) evalOne(ctx context.Context, p *rego.Compiled, input *rego.Input, req *request, gate rego.Gate) reply {
	r := reply{ID: req.ID, Key: p.Key, Part: &Evaluation{}}
	if err := gate(rego.Step{Work: "eval", Path: p.Path, Policy: p.ID, Key: p.Key}); err != nil {
		r.Part.Failures = []rego.Failure{{Policy: p.ID, Path: p.Path, Span: p.Span, Code: "limit", Message: err.Error()}}
		return r
	}
	limited, cancel := context.WithCancel(ctx)
	defer cancel()
	s.clock.cancelAfter(req.Limits.Eval, cancel)
	r.Part.Violations, r.Part.Failures = p.Eval(limited, input)
	r.Slow = limited.Err() != nil
	return r
}
