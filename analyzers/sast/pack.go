package sast

import "github.com/qodacode/qodacode/analyzers/sast/rule"

// pack are qodacode's own rules.
func pack() []*rule.Rule { return nil }
