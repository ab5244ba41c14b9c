# want: enum|"writes"|"write"
package enum_value_of_a_rules_elements

deny contains {"msg": "A tool writes files", "range": effect.range} if {
	some effect in effects
	effect.op == "writes"
}

effects contains effect if {
	some effect in input.files
	effect.ctx.tool != ""
}
