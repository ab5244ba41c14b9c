// Package generate makes a policy from a sentence: by the controlled language, or by a language
// model where one is configured. What it offers has passed the checks of package trust on examples in code.
package generate

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qodacode/qodacode/analyzers/policy/endpoint"
	"github.com/qodacode/qodacode/analyzers/policy/intent"
	"github.com/qodacode/qodacode/analyzers/policy/phrase"
	"github.com/qodacode/qodacode/analyzers/policy/render"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
)

// Options are what a sentence is read with.
type Options struct {
	Sandbox  *sandbox.Client
	Endpoint *endpoint.Client       // nil: the controlled language alone
	FreeForm bool                   // Rego by the model itself; needs Endpoint
	Taken    func(name string) bool // names of policies that are there; nil: none
	Progress func(message string)   // nil: nobody is told
}

// Result is a policy, or why there is none.
type Result struct {
	Status  string         `json:"status"`  // ok, refused
	Reason  string         `json:"reason"`  // why it was refused; ""
	Instead []string       `json:"instead"` // what can be said instead
	Source  string         `json:"source"`  // phrase, model, free-form
	Intent  *intent.Intent `json:"intent"`  // nil in free form
	Name    string         `json:"name"`    // of the files: NAME.rego, NAME_test.rego
	Title   string         `json:"title"`
	// Explanation is what the policy does, and what it cannot see.
	Explanation string           `json:"explanation"`
	Rego        string           `json:"rego"`
	Test        string           `json:"test"`
	Examples    []intent.Example `json:"examples"`
	Warnings    []string         `json:"warnings"` // what is suspicious, but no reason to refuse
}

// What results say of how they came about, and of whether there is a policy.
const (
	StatusOK      = "ok"
	StatusRefused = "refused"

	FromPhrase = "phrase"
	FromModel  = "model"
	FromFree   = "free-form"
)

const (
	// maxAttempts is how often a model is asked: once, and twice with what was wrong.
	maxAttempts = 3
	maxSentence = 2_000
)

// Policy makes a policy from a sentence. The error is ctx's, or the sandbox's; what is wrong
// with the sentence, or keeps an endpoint from answering, is part of the result.
func Policy(ctx context.Context, sentence string, opts Options) (*Result, error) {
	w := &writer{ctx: ctx, opts: opts, sentence: plain(sentence)}
	switch {
	case w.sentence == "":
		return w.refused(FromPhrase, "the sentence is empty: say what must not be there, such as “No shell commands without approval”"), nil
	case utf8.RuneCountInString(w.sentence) > maxSentence:
		return w.refused(FromPhrase, fmt.Sprintf("the sentence is longer than %d characters: say one thing in one sentence", maxSentence)), nil
	case opts.FreeForm && opts.Endpoint == nil:
		return w.refused(FromFree, "free-form Rego is written by a language model, and none is configured: set QODACODE_POLICY_BASE_URL and QODACODE_POLICY_MODEL"), nil
	case opts.FreeForm:
		return w.byModel(FromFree)
	}
	w.progress("reading the sentence")
	in, err := phrase.Parse(w.sentence)
	if err == nil {
		return w.byPhrase(in)
	}
	w.refusal = asRefusal(err)
	if opts.Endpoint == nil || w.refusal.Final {
		return w.refused(FromPhrase, w.refusal.Reason), nil
	}
	return w.byModel(FromModel)
}

// plain is a sentence on one line, without what is not seen.
func plain(sentence string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(sentence, ""))), " ")
}

// writer makes one policy.
type writer struct {
	ctx      context.Context
	opts     Options
	sentence string
	refusal  *phrase.Refusal // of the controlled language; nil: it was not asked, or understood
}

func asRefusal(err error) *phrase.Refusal {
	var refusal *phrase.Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	return &phrase.Refusal{Reason: err.Error()}
}

func (w *writer) progress(format string, args ...any) {
	if w.opts.Progress != nil {
		w.opts.Progress(fmt.Sprintf(format, args...))
	}
}

func (w *writer) refused(source, reason string) *Result {
	r := &Result{Status: StatusRefused, Reason: strings.TrimRight(reason, ". ") + ".", Source: source, Instead: []string{}, Examples: []intent.Example{}, Warnings: []string{}}
	if w.refusal != nil {
		r.Instead = append(r.Instead, w.refusal.Instead...)
	}
	return r
}

// byPhrase renders an intent of the controlled language.
func (w *writer) byPhrase(in intent.Intent) (*Result, error) {
	d, err := rendered(in, w.sentence)
	if err != nil {
		return w.refused(FromPhrase, "the sentence is understood, and no policy can be written for it: "+err.Error()), nil
	}
	w.progress("checking the policy")
	wrong, err := w.check(d)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return w.refused(FromPhrase, "the sentence is understood, and the policy for it did not pass its checks, so it is not offered: "+strings.Join(wrong, "; ")), nil
	}
	return d.result(FromPhrase), nil
}

// rendered is the draft of an intent.
func rendered(in intent.Intent, sentence string) (*draft, error) {
	r, err := render.Policy(in, sentence)
	if err != nil {
		return nil, err
	}
	return &draft{rendered: *r, intent: &in, explanation: render.Explain(in), builtin: len(r.Examples)}, nil
}
