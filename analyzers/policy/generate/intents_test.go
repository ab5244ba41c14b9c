package generate

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// sampleNames are names of each subject.
var sampleNames = map[intent.Subject][]string{
	intent.SQL: {"users", "orders"}, intent.HTTP: {"api.stripe.com", "*.example.com"}, intent.File: {"data/", "/etc"}, intent.Shell: {"git", "rm"},
	intent.Env: {"OPENAI_API_KEY", "AWS_*"}, intent.LLM: {"openai", "anthropic"}, intent.Model: {"gpt-4o", "claude-sonnet-4-5"}, intent.Tool: {"send_email", "delete_user"},
	intent.Agent: {"support"}, intent.Call: {"os.system", "requests.get"}, intent.Import: {"pickle", "langchain_experimental"},
}

// anyIntent is a valid intent, drawn from all that may be said.
func anyIntent(r *rand.Rand) intent.Intent {
	for {
		subject := pick(r, intent.Subjects())
		rules, _ := intent.RulesOf(subject)
		in := intent.Intent{Version: intent.Version, Subject: subject, Mode: pick(r, rules.Modes)}
		for range r.IntN(3) {
			if len(rules.Operations) > 0 {
				in.Operations = append(in.Operations, pick(r, rules.Operations))
			}
		}
		if names := sampleNames[subject]; len(names) > 0 && (rules.NeedsNames || in.Mode == intent.Only || r.IntN(2) == 0) {
			in.Names = names[:1+r.IntN(len(names))]
		}
		if len(rules.When) > 0 && r.IntN(2) == 0 {
			in.When = append(in.When, pick(r, rules.When))
		}
		if len(rules.Unless) > 0 && r.IntN(2) == 0 {
			in.Unless = append(in.Unless, pick(r, rules.Unless))
		}
		if in.Mode == intent.Require && len(rules.Needs) > 0 {
			in.Need = pick(r, rules.Needs)
		}
		if in.Mode == intent.Limited && len(rules.Limits) > 0 {
			in.Limit = intent.Limit{Quantity: pick(r, rules.Limits), Max: float64(1 + r.IntN(5))}
		}
		if in = in.Canonical(); in.Validate() == nil {
			return in
		}
	}
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// TestIntents makes policies of intents that a model may answer, whether or not a sentence of
// the controlled language means them. INTENTS is how many, SEED which.
func TestIntents(t *testing.T) {
	t.Parallel()
	n, seed := 40, 7
	if v, err := strconv.Atoi(os.Getenv("INTENTS")); err == nil {
		n = v
	}
	if v, err := strconv.Atoi(os.Getenv("SEED")); err == nil {
		seed = v
	}
	r := rand.New(rand.NewPCG(uint64(seed), 11))
	box := worker(t)
	for range n {
		in := anyIntent(r)
		d, err := rendered(in, "a sentence")
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		w := &writer{ctx: t.Context(), opts: Options{Sandbox: box}}
		wrong, err := w.check(d)
		if err != nil {
			t.Fatal(err)
		}
		if len(wrong) > 0 {
			t.Errorf("%s: %s", in, fmt.Sprint(wrong))
		}
	}
}
