# want: type-mismatch|false|
package answer_as_truth_value

deny contains {"msg": "Tools need approval", "range": tool.range} if {
	some tool in input.tools
	unapproved(tool)
}

unapproved(tool) if tool.requires_approval == false
