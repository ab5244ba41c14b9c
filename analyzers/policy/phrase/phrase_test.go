package phrase

import (
	_ "embed"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	//go:embed testdata/phrases.txt
	phrases string
	//go:embed testdata/paraphrases.txt
	paraphrases string
)

// sample is a sentence with the short form of its intent, or refused.
type sample struct{ group, say, want string }

func samples(t *testing.T, text string) []sample {
	var all []sample
	group := ""
	for _, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		if strings.HasPrefix(line, "[") {
			group = line
			continue
		}
		say, want, ok := strings.Cut(line, " => ")
		if !ok {
			t.Fatalf("no => in %q", line)
		}
		all = append(all, sample{group, say, want})
	}
	return all
}

var inBraces = regexp.MustCompile(`\{([^}]*)\}`)

// sorted is the short form with its names in order.
func sorted(want string) string {
	return inBraces.ReplaceAllStringFunc(want, func(s string) string {
		names := strings.Split(strings.Trim(s, "{}"), ", ")
		slices.Sort(names)
		return "{" + strings.Join(names, ", ") + "}"
	})
}

func TestPhrases(t *testing.T) {
	count := map[string]int{}
	for _, s := range samples(t, phrases+"\n"+paraphrases) {
		count[s.group[:3]]++
		in, err := Parse(s.say)
		var refusal *Refusal
		got := in.String()
		if err != nil {
			got = "refused"
			if !errors.As(err, &refusal) || refusal.Reason == "" {
				t.Errorf("%s: the error is %v, not a refusal", s.say, err)
				continue
			}
		}
		if got != sorted(s.want) {
			t.Errorf("%s %s\n  got  %s\n  want %s", s.group, s.say, got, sorted(s.want))
			if refusal != nil {
				t.Log(refusal.Reason)
			}
		}
	}
	for _, language := range []string{"[en", "[es"} {
		if count[language] < 60 {
			t.Errorf("%s has %d phrases", language, count[language])
		}
	}
}

func TestWhatRefusalsOfferIsUnderstood(t *testing.T) {
	for spanish, all := range understood {
		for _, say := range all {
			for _, l := range languages() {
				if l.spanish != spanish {
					continue
				}
				parts, _ := tokens(say)
				if _, _, bad := l.parse(parts); bad != nil {
					t.Errorf("%s: %s", say, bad.Reason)
				}
			}
			if _, err := Parse(say); err != nil {
				t.Errorf("%s: %v", say, err)
			}
		}
	}
}

func TestRefusalsOfferWhatIsNear(t *testing.T) {
	for say, want := range map[string]string{
		"Never delete database rows on weekends":        "No database deletes in production without approval",
		"LLM calls should somehow time out":             "LLM calls must have a timeout",
		"Limit LLM calls":                               "Limit LLM calls to 60 per minute",
		"Comandos de shell":                             "Nunca ejecutar comandos de shell sin aprobación",
		"Los agentes deberían parar tras muchos pasos":  "Máximo 20 pasos por agente",
		"Solo los administradores pueden leer archivos": "Nunca leer `.env`",
	} {
		_, err := Parse(say)
		var refusal *Refusal
		if !errors.As(err, &refusal) {
			t.Errorf("%s is understood", say)
			continue
		}
		if !slices.Contains(refusal.Instead, want) || len(refusal.Instead) != suggestions {
			t.Errorf("%s: instead of it %q is offered, without %q", say, refusal.Instead, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, line := range strings.Split(phrases+paraphrases, "\n") {
		say, _, _ := strings.Cut(line, " => ")
		f.Add(say)
	}
	f.Add("No `\x00` \u2028 '")
	f.Fuzz(func(t *testing.T, say string) {
		in, err := Parse(say)
		if err == nil {
			if in.Validate() != nil || in.String() != in.Canonical().String() {
				t.Errorf("%q gives an intent that is not valid or not canonical: %s", say, in)
			}
			return
		}
		var refusal *Refusal
		if !errors.As(err, &refusal) || refusal.Reason == "" || len(refusal.Instead) != suggestions {
			t.Errorf("%q: %#v", say, err)
		}
	})
}
