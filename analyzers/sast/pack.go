package sast

import (
	"github.com/qodacode/qodacode/analyzers/sast/pack"
	"github.com/qodacode/qodacode/analyzers/sast/rule"
)

// packed are qodacode's own rules.
func packed() []*rule.Rule { return pack.Rules() }
