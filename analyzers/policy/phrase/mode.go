package phrase

import (
	"regexp"
	"slices"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

const (
	nothingToCheck = "it says what is allowed, and there is nothing to check: say what must not be there, what alone is allowed, or what must be there"
	twoNegations   = "it has two negations: say what must not be there with one"
	twoModes       = "it forbids and demands at once: say one of them"
)

// asksFor are the words for an approval that no sentence gives: "approve the deletes" may.
var asksFor = regexp.MustCompile(`approval|confirmation|sign off|consent|review|oversight|permission|authoriz|hitl|in the loop|must|has to|should|^(?:a )?(?:ask|get|obtain|seek|request)|aprobacion|confirmacion|visto bueno|autorizacion|consentimiento|revision|supervision|permiso|validacion|^(?:un )?(?:preguntar|pedir|solicitar|consultar)|debe|tiene que`)

// mode decides what the words of a clause ask for.
func (c *clause) mode() (intent.Mode, *Refusal) {
	n := func(k kind) int { return len(c.modes[k]) }
	bans := n(negation) + n(banVerb)
	if bans == 0 && n(concord) > 0 {
		bans = 1
	}
	if n(concord) > 0 && n(negation) > 0 && c.modes[concord][0] < c.modes[negation][0] {
		bans = 2 // "nunca no"
	}
	if n(banVerb) > 0 && n(concord) > 0 {
		bans = 2
	}
	switch {
	case bans > 1:
		return "", refused(twoNegations)
	case n(least) > 0:
		return "", refused("a lower bound is not checked: say at most how much is allowed")
	case n(restrict) > 0: // "restrict" alone may mean to limit
		if bans+n(most)+n(exceed)+n(onlyWord)+n(demand) > 0 {
			return "", refused(twoModes)
		}
		if len(c.numbers) > 0 {
			return intent.Limited, nil
		}
		if len(c.names) == 0 {
			return "", refused("it does not say to what: name what alone is allowed")
		}
		return intent.Only, nil
	case n(exceed) > 0 && (bans == 0 || n(onlyWord)+n(demand)+n(most) > 0):
		return "", refused("it does not say what must not be exceeded: say \"at most\"")
	case n(exceed) > 0:
		return intent.Limited, nil
	case bans == 1 && (n(onlyWord) > 0 || n(demand) > 0 || n(most) > 0):
		return "", refused(twoModes)
	case bans == 1:
		return intent.Forbid, nil
	case n(most) > 0 && (len(c.numbers) > 0 || n(onlyWord)+n(demand) == 0):
		return intent.Limited, nil
	case n(onlyWord) > 1:
		return "", refused("it says \"only\" twice: say once what alone is allowed")
	case n(onlyWord) > 0:
		if n(demand) > 0 {
			return "", refused(twoModes)
		}
		return intent.Only, nil
	case n(allow) > 0:
		return "", &Refusal{Reason: nothingToCheck, Final: true}
	case n(demand)+n(soft) > 0:
		return intent.Require, nil
	}
	// A noun phrase: "human approval for file deletions".
	if len(c.needs) == 1 && c.needs[0].scope == filler && !slices.ContainsFunc(c.conds, func(s scoped[intent.Condition]) bool { return s.scope != when && s.scope != filler }) {
		if n := c.needs[0]; n.it == "approval" && !asksFor.MatchString(plain(c.items[n.at].text)) {
			return "", refused("it may give an approval or demand one: say \"must be approved\", or \"need approval\"")
		}
		return intent.Require, nil
	}
	return "", refused("it does not say whether this is forbidden, required or limited: begin with \"No\", \"Only\", \"Require\" or \"Limit\"")
}

// leading makes a negation of without at the start, where it is the only word that says what
// is asked for: "sin borrados en producción".
func leading(items []item) {
	first := -1
	for i, it := range items {
		switch {
		case !it.content():
		case first < 0:
			if it.kind != without || it.name != nil || it.number != nil {
				return
			}
			first = i
		case it.name != nil || it.number != nil:
		default:
			switch it.kind {
			case negation, concord, banVerb, onlyWord, demand, soft, allow, most, restrict, exceed, least:
				return
			}
		}
	}
	if first < 0 {
		return
	}
	for _, it := range items[first+1:] {
		if it.content() {
			if it.name != nil || it.number == nil && (it.kind == opWord || it.kind == subjectWord || it.kind == weak) {
				items[first].kind = negation
			}
			return
		}
	}
}
