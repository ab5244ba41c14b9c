package paths_of_files

deny contains {"msg": "Agents live in agents/", "range": agent.range} if {
	not glob.match("agents/**", ["/"], input.file.path)
	not startswith(input.file.path, "examples/")
	some agent in input.agents
}
