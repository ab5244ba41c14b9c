package names_of_effects

deny contains {"msg": "This tool sends data", "range": tool.range} if {
	some tool in input.tools
	some effect in tool.effects
	effect in {"http:POST", "http:PUT", "shell"}
	tool.requires_approval != "yes"
}
