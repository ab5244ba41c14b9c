package pattern

import "github.com/qodacode/qodacode/analyzers/sast/tree"

// scriptMay reports whether code of a kind may match a pattern of another one in script.
func scriptMay(p, k tree.Kind) bool { return p == tree.Assign && k == tree.Augment }
