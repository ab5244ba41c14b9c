package agents

import "github.com/qodacode/qodacode/parser"

// Follow is the expression that made what n in f evaluates to, and its file: an
// llm.Program's part. What can not be followed is returned as far as it went.
func (p *Project) Follow(f *parser.File, n parser.NodeID) (*parser.File, parser.NodeID) {
	o := p.Origin(Ref{f, n}, nil)
	return o.File, o.Node
}
