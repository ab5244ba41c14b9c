package agents

// FindLoops fills in Loops, for graphs that are made by hand.
func (g *Graph) FindLoops() { g.Loops = findLoops(g) }
