package intent

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what an intent may hold.
const (
	MaxNames    = 100
	MaxNameLen  = 200 // characters
	maxQuantity = 1e12
)

// Validate reports what is wrong with an intent, and what may stand there instead; nil for nothing.
func (in Intent) Validate() error {
	if in.Version != Version {
		return fmt.Errorf("version is %d: it must be %d", in.Version, Version)
	}
	rules, ok := RulesOf(in.Subject)
	if !ok {
		return fmt.Errorf("subject %q is not known: it must be one of %s", in.Subject, list(Subjects()))
	}
	if !slices.Contains(rules.Modes, in.Mode) {
		return fmt.Errorf("mode %q is not for subject %s: it must be one of %s", in.Mode, in.Subject, list(rules.Modes))
	}
	if !slices.Contains(Severities(), in.Severity) {
		return fmt.Errorf("severity %q is not known: it must be error, warning, info or empty", in.Severity)
	}
	for _, check := range []func(Rules) error{in.checkOperations, in.checkNames, in.checkConditions, in.checkNeed, in.checkLimit} {
		if err := check(rules); err != nil {
			return err
		}
	}
	return nil
}

func (in Intent) checkOperations(rules Rules) error {
	if len(in.Operations) > 0 && rules.Operations == nil {
		return fmt.Errorf("subject %s has no operations: leave operations empty", in.Subject)
	}
	for i, op := range in.Operations {
		if !slices.Contains(rules.Operations, op) {
			return fmt.Errorf("operation %q is not for subject %s: it must be one of %s", clip(op), in.Subject, list(rules.Operations))
		}
		if slices.Contains(in.Operations[:i], op) {
			return fmt.Errorf("operation %q stands twice", op)
		}
	}
	return nil
}

func (in Intent) checkNames(rules Rules) error {
	switch {
	case len(in.Names) > 0 && rules.Names == "":
		return fmt.Errorf("subject %s has no names: leave names empty", in.Subject)
	case len(in.Names) > MaxNames:
		return fmt.Errorf("there are %d names: at most %d are allowed; use patterns with *", len(in.Names), MaxNames)
	case len(in.Names) == 0 && in.Mode == Only:
		return fmt.Errorf("mode only needs the %s that are allowed", rules.Names)
	case len(in.Names) == 0 && rules.NeedsNames:
		return fmt.Errorf("subject %s needs names: the %s it is about", in.Subject, rules.Names)
	}
	for i, name := range in.Names {
		if err := checkName(name); err != nil {
			return err
		}
		if slices.Contains(in.Names[:i], name) {
			return fmt.Errorf("name %q stands twice", name)
		}
		if in.Subject == HTTP && !isHost(name) {
			return fmt.Errorf("%q is no host: write it as api.example.com or *.example.com", name)
		}
		if (in.Mode == Only || in.Mode == Forbid) && strings.Trim(name, "*?./") == "" && name != "/" {
			return fmt.Errorf("%q stands for everything: name what is meant", name)
		}
	}
	return nil
}

func checkName(name string) error {
	switch {
	case name == "" || strings.TrimSpace(name) != name:
		return fmt.Errorf("a name is empty or has spaces around it: %q", clip(name))
	case !utf8.ValidString(name) || utf8.RuneCountInString(name) > MaxNameLen:
		return fmt.Errorf("a name is too long: at most %d characters are allowed", MaxNameLen)
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.C, r) || r == '\u2028' || r == '\u2029' }):
		return fmt.Errorf("the name %q has characters that cannot be seen: take them out", clip(name))
	}
	return nil
}

func isHost(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !(unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".-*_:[]", r))
	})
}

func (in Intent) checkConditions(rules Rules) error {
	for _, part := range []struct {
		field string
		have  []Condition
		may   []Condition
	}{{"when", in.When, rules.When}, {"unless", in.Unless, rules.Unless}} {
		for i, c := range part.have {
			if !slices.Contains(part.may, c) {
				return fmt.Errorf("condition %q cannot stand in %s for subject %s: it must be one of %s", clip(string(c)), part.field, in.Subject, list(part.may))
			}
			if slices.Contains(part.have[:i], c) {
				return fmt.Errorf("condition %q stands twice in %s", c, part.field)
			}
		}
	}
	if in.Subject == Agent && (in.Mode == Limited || in.Need != "") && slices.Contains(in.Unless, WithApproval) {
		return fmt.Errorf("approval of what an agent does lifts no limit of it: take approval out of unless")
	}
	for _, c := range in.When {
		if slices.Contains(in.Unless, c) {
			return fmt.Errorf("condition %q stands in when and in unless: take it out of one", c)
		}
	}
	return nil
}

func (in Intent) checkNeed(rules Rules) error {
	switch {
	case in.Mode != Require && in.Need != "":
		return fmt.Errorf("need is for mode require: leave it empty for %s", in.Mode)
	case in.Mode == Require && !slices.Contains(rules.Needs, in.Need):
		return fmt.Errorf("need %q is not for subject %s: it must be one of %s", clip(string(in.Need)), in.Subject, list(rules.Needs))
	case in.Limit.Quantity == PerMinute && slices.Contains(in.Unless, WithRateLimit):
		return fmt.Errorf("a rate limit cannot lift a limit of the rate: take rate_limit out of unless")
	case in.Need == Approval && slices.Contains(in.Unless, WithApproval), in.Need == RateLimit && slices.Contains(in.Unless, WithRateLimit):
		return fmt.Errorf("what is required cannot lift the demand too: take %s out of unless", in.Need)
	}
	if in.Need == Where {
		if slices.Contains(in.When, Interpolated) {
			return fmt.Errorf("a statement with values in its text is never known in full, nor whether it has WHERE: take interpolated out of when")
		}
		for _, op := range in.Operations {
			if op != "select" && op != "update" && op != "delete" {
				return fmt.Errorf("%s has no WHERE: only select, update and delete have one", op)
			}
		}
	}
	return nil
}

func (in Intent) checkLimit(rules Rules) error {
	if in.Mode != Limited {
		if in.Limit != (Limit{}) {
			return fmt.Errorf("limit is for mode limit: leave its quantity empty and its max 0 for %s", in.Mode)
		}
		return nil
	}
	if !slices.Contains(rules.Limits, in.Limit.Quantity) {
		return fmt.Errorf("quantity %q is not for subject %s: it must be one of %s", clip(string(in.Limit.Quantity)), in.Subject, list(rules.Limits))
	}
	zero := in.Limit.Quantity == Temperature || in.Limit.Quantity == RetryCount || in.Limit.Quantity == ToolCount
	if math.IsNaN(in.Limit.Max) || in.Limit.Max < 0 || in.Limit.Max > maxQuantity || in.Limit.Max == 0 && !zero {
		return fmt.Errorf("max is %g: it must be more than 0, and at most %g", in.Limit.Max, float64(maxQuantity))
	}
	return nil
}

func list[S ~string](items []S) string {
	if len(items) == 0 {
		return "nothing"
	}
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = string(item)
	}
	return strings.Join(texts, ", ")
}

func clip(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:59]) + "…"
	}
	return s
}
