package lsp

import (
	"context"
	"time"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// run is one analysis of a version.
type run struct {
	done     chan struct{}       // closed when the rest is set
	analysis *analyzers.Analysis // nil when err is not
	err      error
}

func (r *run) isDone() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

// start begins the analysis of v, unless it has begun. When its run is done, its diagnostics
// have been sent to a client that is pushed to.
func (s *session) start(v *version) *run {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.run == nil {
		r := &run{done: make(chan struct{})}
		v.run = r
		s.background.Go(func() {
			defer close(r.done)
			r.analysis, r.err = s.analyze(v)
		})
	}
	return v.run
}

// analysis waits for the analysis of v, or of the version that took its place with the same
// text when the configuration changed.
func (s *session) analysis(ctx context.Context, v *version) (*analyzers.Analysis, error) {
	for {
		r := s.start(v)
		select {
		case <-r.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		head := s.head(v.uri)
		if r.err != errSuperseded || head == nil || head == v || head.text != v.text {
			if r.err != nil {
				return nil, r.err
			}
			return s.joined(v, r.analysis), nil
		}
		v = head
	}
}

// analyze parses and analyses v, unless a newer version makes that needless.
func (s *session) analyze(v *version) (a *analyzers.Analysis, err error) {
	defer s.guard.recover("analysis", &err)
	a, err = s.compute(v, v.parser.Parse)
	if err != nil {
		return nil, err
	}
	s.push(v, a)
	s.project(v.document).edited(a.File)
	s.rulesChanged(v.path, v.text)
	s.policyChanged(v.path, v.text)
	s.judge(v.document)
	if a.File.Unsettled() {
		time.AfterFunc(settleAfter, func() { s.background.Go(func() { s.settle(v) }) })
	}
	for _, d := range s.touch(v.document) {
		if head := s.head(d.uri); head != nil && head.document == d {
			d.drop(head)
		}
	}
	return a, nil
}

// settleAfter is how long broken text must stay as it is to be parsed from scratch.
const settleAfter = 150 * time.Millisecond

// settle analyses broken text from scratch. What an incremental parse makes of an error
// depends on the edits before; afterwards the findings are those of a file just opened.
func (s *session) settle(v *version) {
	var err error
	defer s.guard.recover("analysis", &err)
	before := s.start(v)
	<-before.done
	if v.ctx.Err() != nil {
		return
	}
	// Parsed before the document is taken, so that the next keystroke need not wait for it.
	f := v.parser.Settle(v.text)
	a, err := s.compute(v, func(*text.Text) *parser.File { return f })
	if err != nil {
		return
	}
	r := &run{done: before.done, analysis: a}
	v.mu.Lock()
	v.run = r
	v.mu.Unlock()
	s.push(v, a)
	v.judging.forget()
	s.judge(v.document)
	s.project(v.document).edited(a.File)
	if before.err == nil && s.client.pulls() && resultID(s.diagnostics(v.document, a)) != resultID(s.diagnostics(v.document, before.analysis)) {
		s.refreshClient()
	}
}

func (s *session) compute(v *version, parse func(*text.Text) *parser.File) (*analyzers.Analysis, error) {
	v.working.Lock()
	defer v.working.Unlock()
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-v.ctx.Done():
	}
	if v.ctx.Err() != nil {
		return nil, errSuperseded
	}
	cfg, _ := s.configs.For(v.configured)
	if v.text.Len() > cfg.Check.MaxFileSize || cfg.Excluded(v.path) {
		// As on the command line, such a file is not read.
		return &analyzers.Analysis{File: parser.Parse("", "", v.text), Config: cfg, Now: s.opts.Now()}, nil
	}
	a, err := s.opts.Engine.Analyze(v.ctx, parse(v.text), s.around(v.folder, cfg), v.last)
	if err != nil || v.ctx.Err() != nil {
		return nil, errSuperseded
	}
	v.last = a
	return a, nil
}
