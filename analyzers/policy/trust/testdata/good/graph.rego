package graph

deny contains {"msg": sprintf("%s runs without a person before it", [node.name]), "range": node.range} if {
	some node in input.graph.nodes
	node.kind == "tool"
	not person_before(node.id)
}

person_before(id) if {
	some edge in input.graph.edges
	edge.target == id
	some node in input.graph.nodes
	node.id == edge.source
	node.kind == "human"
}

person_before(id) if {
	some node in input.graph.nodes
	node.id == id
	node.interrupt
}
