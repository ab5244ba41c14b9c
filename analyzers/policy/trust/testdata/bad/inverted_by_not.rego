# want: inverted|requires_approval|
package inverted_by_not

deny contains {"msg": "Tools need approval", "range": tool.range} if {
	some tool in input.tools
	not tool.requires_approval == "no"
	not tool.requires_approval == "unknown"
}
