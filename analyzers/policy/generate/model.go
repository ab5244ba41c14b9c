package generate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/endpoint"
	"github.com/qodacode/qodacode/analyzers/policy/render"
)

// byModel asks the endpoint, and tells it what was wrong with its former answers.
func (w *writer) byModel(source string) (*Result, error) {
	who := w.opts.Endpoint.Model() + " at " + w.opts.Endpoint.Host()
	var former []endpoint.Feedback
	var wrong []string
	for attempt := 1; attempt <= maxAttempts; attempt++ {
		if attempt == 1 {
			w.progress("asking %s", who)
		} else {
			w.progress("asking %s again (attempt %d)", who, attempt)
		}
		answer, err := w.ask(source, former)
		var unusable *endpoint.Unusable
		switch {
		case w.ctx.Err() != nil:
			return nil, w.ctx.Err()
		case errors.As(err, &unusable):
			wrong = []string{unusable.Wrong}
			former = append(former, endpoint.Feedback{Answer: unusable.Text, Wrong: wrong})
			continue
		case err != nil:
			return w.refused(source, w.also(err.Error())), nil
		}
		if attempt == 1 {
			w.progress("checking the policy")
		} else {
			w.progress("checking the policy (attempt %d)", attempt)
		}
		d, err := w.drafted(source, answer)
		if err == nil {
			if wrong, err = w.check(d); err != nil {
				return nil, err
			}
		} else {
			wrong = []string{err.Error()}
		}
		if len(wrong) == 0 {
			return d.result(source), nil
		}
		former = append(former, endpoint.Feedback{Answer: answer.Text, Wrong: wrong})
	}
	return w.refused(source, w.also(fmt.Sprintf("%s was asked %d times, and no policy passed the checks; of the last one: %s", who, maxAttempts, strings.Join(wrong, "; ")))), nil
}

func (w *writer) ask(source string, former []endpoint.Feedback) (*endpoint.Answer, error) {
	if source == FromFree {
		return w.opts.Endpoint.Rego(w.ctx, w.sentence, former)
	}
	return w.opts.Endpoint.Intent(w.ctx, w.sentence, former)
}

// also adds why the controlled language did not do, which is where a comment can be mended.
func (w *writer) also(reason string) string {
	if w.refusal == nil {
		return reason
	}
	return strings.TrimRight(reason, ". ") + ". Without a model: " + w.refusal.Reason
}

// drafted is the draft of an answer. The model's examples stand beside those of the renderer,
// which come from the intent alone: they show whether the intent is what the model meant.
func (w *writer) drafted(source string, answer *endpoint.Answer) (*draft, error) {
	if source == FromFree {
		name, err := packageOf(answer.Rego)
		if err != nil {
			return nil, err
		}
		return &draft{rendered: render.Rendered{Name: name, Title: w.sentence, Rego: answer.Rego, Examples: answer.Examples}, free: true}, nil
	}
	d, err := rendered(answer.Intent, w.sentence)
	if err != nil {
		return nil, err
	}
	d.rendered.Examples = append(d.rendered.Examples, answer.Examples...)
	return d, nil
}
