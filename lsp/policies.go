package lsp

import (
	"context"
	"crypto/sha256"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
	"github.com/qodacode/qodacode/parser/text"
)

// judging is what policies say of a document. They look at it when nothing was typed for a
// moment, beside all else: no keystroke waits for them.
type judging struct {
	working sync.Mutex // one run at a time; guards what follows
	of      judgedOf   // what the verdict rests on
	facts   [sha256.Size]byte
	result  *sandbox.Evaluation // for facts

	mu      sync.Mutex // guards what follows
	verdict *policy.Verdict
	project *analyzers.Project // as it was known then
	timer   *time.Timer
}

// judgedOf is what a verdict rests on: as long as it is the same, nothing has to be looked at
// again. Of many open documents most were dropped, and would have to be analysed for it.
type judgedOf struct {
	text    *text.Text
	set     *policy.Set
	project *analyzers.Project
}

// forget has the document judged again, though its text is the same: it was parsed anew, or
// what it imports has changed.
func (j *judging) forget() {
	j.working.Lock()
	defer j.working.Unlock()
	j.of = judgedOf{}
}

func (j *judging) current() *policy.Verdict {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.verdict
}

// policies are those that hold for a document; nil when there are none.
func (s *session) policies(d *document) *policy.Set {
	cfg, _ := s.configs.For(d.configured)
	return s.opts.Policies.For(d.folder, cfg)
}

// judge has the policies look at a document soon.
func (s *session) judge(d *document) {
	if s.opts.Policies == nil {
		return
	}
	j := &d.judging
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.timer == nil {
		j.timer = time.AfterFunc(pause, func() { s.background.Go(func() { s.judgeNow(s.ctx, d) }) })
		return
	}
	j.timer.Reset(pause)
}

// judgeNow has the policies look at the newest version of a document, and shows what that
// changes. A version that is older than what is known of its project is left for later: then
// the project will be read, and that brings it here again.
func (s *session) judgeNow(ctx context.Context, d *document) {
	var err error
	defer s.guard.recover("policies", &err)
	j := &d.judging
	j.working.Lock()
	defer j.working.Unlock()
	v := s.head(d.uri)
	if v == nil || v.document != d {
		return
	}
	set := s.policies(d)
	of := judgedOf{v.text, set, s.project(d).result()}
	if j.of == of || set == nil && j.current() == nil && !strings.Contains(v.text.String(), policy.Prefix) {
		return // where there are no policies, only comments that name some need to be told so
	}
	r := s.start(v)
	<-r.done
	if r.err != nil || r.analysis.Config.Excluded(v.path) {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(v.ctx, cancel)()
	joined := s.joined(v, r.analysis)
	verdict, err := s.verdict(ctx, v, set, joined)
	if err != nil {
		if ctx.Err() == nil {
			s.warnOnce("policies are not run: " + err.Error())
		}
		return
	}
	if verdict == nil {
		return
	}
	j.of = of
	before := resultID(s.diagnostics(d, joined))
	j.mu.Lock()
	j.verdict, j.project = verdict, of.project
	j.mu.Unlock()
	s.push(v, r.analysis)
	if s.client.pullsAgain() && before != resultID(s.diagnostics(d, s.joined(v, r.analysis))) {
		s.refresh("workspace/diagnostic/refresh")
	}
}

// judged waits for a verdict that rests on what is known of the project, for who can't be
// told of it later. One on an older text will do, so that typing does not wait.
func (s *session) judged(ctx context.Context, d *document) {
	if s.opts.Policies == nil {
		return
	}
	j := &d.judging
	j.mu.Lock()
	known := j.verdict != nil && j.project == s.project(d).result()
	j.mu.Unlock()
	if !known {
		s.judgeNow(ctx, d)
	}
}

// verdict is what policies say of a version; nil when it is to be asked later. The working
// lock of its document's judging is held.
func (s *session) verdict(ctx context.Context, v *version, set *policy.Set, a *analyzers.Analysis) (*policy.Verdict, error) {
	if s.opts.Policies.Concerns(v.path) && set != nil {
		return set.Lint(ctx, s.policyName(v.document), v.text)
	}
	if set == nil || !a.Judges() {
		return &policy.Verdict{Source: v.text}, nil
	}
	if a.Stale() {
		return nil, nil
	}
	loaded, err := set.Load(ctx)
	if err != nil {
		return nil, err
	}
	document, err := factsOf(ctx, a)
	if err != nil {
		return nil, err
	}
	j := &v.judging
	if key := sha256.Sum256(append([]byte(loaded.ID), document...)); key != j.facts || j.result == nil {
		if j.result, err = set.Eval(ctx, document); err != nil {
			j.result = nil
			return nil, err
		}
		j.facts = key
		for _, f := range j.result.Failures {
			if _, ok := policy.FailureFinding(f, ""); !ok {
				continue
			}
			s.warnOnce("the policy " + f.Policy + " was not run to its end: " + f.Message)
		}
	}
	return set.Verdict(v.text, j.result), nil
}

// factsOf are the facts of a file as policies are given them.
func factsOf(ctx context.Context, a *analyzers.Analysis) ([]byte, error) {
	facts, err := a.Facts(ctx)
	if err != nil {
		return nil, err
	}
	return policy.JSON(facts)
}

// policyName is the path of a policy as its set names it.
func (s *session) policyName(d *document) string {
	if d.folder == "" {
		return filepath.ToSlash(d.path)
	}
	return d.name
}

// judgeAll has the policies look at all open documents of a project soon, nil for all projects.
func (s *session) judgeAll(p *project) {
	for _, v := range s.heads() {
		if p == nil || s.project(v.document) == p {
			s.judge(v.document)
		}
	}
}

// policyChanged takes a file in which policies may stand; src is what an editor has, nil for
// what is on disk. It holds when nothing more is typed for a moment.
func (s *session) policyChanged(path string, src *text.Text) {
	if path == "" || !s.opts.Policies.Changed(filepath.Clean(path), src) {
		return
	}
	s.judgeAll(nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rejudging != nil {
		s.rejudging.Reset(pause)
		return
	}
	s.rejudging = time.AfterFunc(pause, func() { s.background.Go(s.scanIfWanted) })
}

// warnOnce shows a message to the user, the first time.
func (s *session) warnOnce(message string) {
	if _, told := s.told.LoadOrStore(message, true); !told {
		s.showMessage(protocol.MessageTypeWarning, "qodacode: "+message)
	}
}

// judgeFile is the verdict on a file that is not open; nil when there is none.
func (s *session) judgeFile(ctx context.Context, d *document, set *policy.Set, a *analyzers.Analysis) *policy.Verdict {
	if set != nil && s.opts.Policies.Concerns(d.path) {
		verdict, err := set.Lint(ctx, s.policyName(d), a.File.Source)
		if err != nil {
			return nil
		}
		return verdict
	}
	if set == nil || !a.Judges() {
		return nil
	}
	document, err := factsOf(ctx, a)
	if err != nil {
		return nil
	}
	result, err := set.Eval(ctx, document)
	if err != nil {
		if ctx.Err() == nil {
			s.warnOnce("policies are not run: " + err.Error())
		}
		return nil
	}
	return set.Verdict(a.File.Source, result)
}
