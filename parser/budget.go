package parser

// budget bounds how far one question about a name, a type or a constant is followed: in
// depth, which ends cycles such as a = b; b = a, and in steps, which ends questions that
// fork at every turn. Real code needs fewer than ten levels and a hundred steps.
type budget struct {
	depth int
	steps *int
}

const (
	maxDepth = 24
	maxSteps = 2000
)

func newBudget() budget {
	steps := maxSteps
	return budget{maxDepth, &steps}
}

// next is the budget one level deeper.
func (b budget) next() budget {
	b.depth--
	return b
}

// spent takes a step and reports whether that was one too many.
func (b budget) spent() bool {
	*b.steps--
	return b.depth < 0 || *b.steps < 0
}
