package rule

// Limits of what a rule file may hold. Files come from workspaces that nobody has looked at.
const (
	maxBytes    = 5 << 20 // of a file
	maxRules    = 5000    // of a file
	maxNodes    = 400_000 // visited in a file, those behind aliases each time that they are
	maxDepth    = 60      // of formulas in each other
	maxChildren = 2000    // of one formula
	maxPattern  = 20_000  // bytes of a pattern
	maxRegexp   = 20_000  // bytes of a regular expression
	maxGroups   = 1000    // of a regular expression
	maxText     = 100_000 // bytes of a message or a fix
	maxProblems = 200     // reported of a file
)
