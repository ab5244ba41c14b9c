// Package phrase reads sentences about agent code in a controlled language, English and
// Spanish. A sentence is understood whole or refused with the reason and what can be said instead.
package phrase

import "github.com/qodacode/qodacode/analyzers/policy/intent"

// Refusal tells why a sentence was not understood, and what can be said instead.
type Refusal struct {
	Reason  string   // a sentence
	Instead []string // sentences that are understood
	// Final is set when no policy on source code can mean the sentence, so that none need be asked for.
	Final bool
}

func (r *Refusal) Error() string { return r.Reason }

// Parse reads a sentence. The error is a *Refusal.
func Parse(sentence string) (intent.Intent, error) {
	return intent.Intent{}, &Refusal{Reason: "nothing is understood yet"}
}
