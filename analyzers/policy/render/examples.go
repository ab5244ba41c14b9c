package render

import "github.com/qodacode/qodacode/analyzers/policy/intent"

func examples(in intent.Intent) []intent.Example { return nil }
