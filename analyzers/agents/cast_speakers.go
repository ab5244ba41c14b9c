package agents

// ring lets members speak in turn; closed tells that the first follows the last.
func (s *cast) ring(members []string, closed bool, at Ref) {
	for i, from := range members {
		if i == len(members)-1 && !closed {
			break
		}
		s.edge(Edge{From: from, To: members[(i+1)%len(members)], Kind: Speaker, Place: at.Place()})
	}
}

// mesh lets any member speak, or take over, after any other.
func (s *cast) mesh(members []string, kind EdgeKind, at Ref) {
	for _, from := range members {
		for _, to := range members {
			if from != to {
				s.edge(Edge{From: from, To: to, Kind: kind, Place: at.Place()})
			}
		}
	}
}

// star lets the leader talk with each member.
func (s *cast) star(leader string, members []string, at Ref) {
	for _, m := range members {
		s.edge(Edge{From: leader, To: m, Kind: Speaker, Place: at.Place()})
		s.edge(Edge{From: m, To: leader, Kind: Speaker, Place: at.Place()})
	}
	s.entry(leader)
}

// end notes on all nodes that run what ends a run.
func (s *cast) end(c Condition) {
	for i := range s.Nodes {
		switch s.Nodes[i].Kind {
		case Agent, Human, Manager, Step, Subgraph:
			s.Nodes[i].Ends = c
		}
	}
}
