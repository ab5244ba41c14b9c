package generate

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
	"github.com/qodacode/qodacode/analyzers/policy/phrase"
)

// TestPhrases makes a policy of every sentence that the controlled language understands: it is
// trusted, and its tests pass.
func TestPhrases(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../phrase/testdata/phrases.txt")
	if err != nil {
		t.Fatal(err)
	}
	becomes := policies(t)
	understood := 0
	for line := range strings.Lines(string(data)) {
		sentence, _, ok := strings.Cut(strings.TrimSpace(line), " => ")
		if !ok || strings.HasPrefix(sentence, "#") {
			continue
		}
		in, err := phrase.Parse(sentence)
		if err != nil {
			continue // what is understood is the matter of package phrase
		}
		understood++
		becomes(sentence, in)
	}
	if understood < 60 {
		t.Errorf("only %d sentences are understood", understood)
	}
}

// made has the intents that policies were made of: sentences share many.
var made sync.Map

// policies is a function that makes a policy of a sentence, and reports what is wrong with it.
func policies(t *testing.T) func(sentence string, in intent.Intent) {
	box := worker(t)
	return func(sentence string, in intent.Intent) {
		if _, again := made.LoadOrStore(in.String(), true); again {
			return
		}
		r, err := Policy(t.Context(), sentence, Options{Sandbox: box})
		if err != nil {
			t.Fatal(err)
		}
		if r.Status != StatusOK {
			t.Errorf("%s (%s): %s", sentence, in, r.Reason)
			return
		}
		fires, silent := false, false
		for _, e := range r.Examples {
			fires, silent = fires || e.Fires, silent || !e.Fires
		}
		if !fires || !silent || !strings.Contains(r.Test, "test_fires_") || !strings.Contains(r.Test, "test_is_silent_") || r.Explanation == "" {
			t.Errorf("%s (%s): it has no example on each side, or no explanation", sentence, in)
		}
	}
}

func TestNamesThatAreTaken(t *testing.T) {
	taken := map[string]bool{}
	var names []string
	for range 3 {
		r, err := Policy(t.Context(), "No shell commands without approval", Options{Sandbox: worker(t), Taken: func(name string) bool { return taken[name] }})
		if err != nil || r.Status != StatusOK {
			t.Fatalf("%+v, %v", r, err)
		}
		if !strings.Contains(r.Rego, "\npackage "+r.Name+"\n") || !strings.Contains(r.Test, "package "+r.Name+"_test") {
			t.Errorf("%s:\n%s\n%s", r.Name, r.Rego, r.Test)
		}
		taken[r.Name] = true
		names = append(names, r.Name)
	}
	if names[1] != names[0]+"_2" || names[2] != names[0]+"_3" {
		t.Errorf("%v", names)
	}
}

func TestWhatIsNotAsked(t *testing.T) {
	m := answering(t, "never")
	for _, sentence := range []string{"", " \n ", strings.Repeat("no shell ", 1_000), "No deploys outside of office hours"} {
		r, err := Policy(t.Context(), sentence, Options{Sandbox: worker(t), Endpoint: m.Client})
		if err != nil || r.Status != StatusRefused || r.Reason == "" || r.Instead == nil {
			t.Errorf("%.40q: %+v, %v", sentence, r, err)
		}
	}
	if len(m.messages) > 0 {
		t.Errorf("the model was asked: %q", m.messages)
	}
}
