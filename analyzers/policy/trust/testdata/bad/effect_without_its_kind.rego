# want: enum|"delete"|
package effect_without_its_kind

deny contains {"msg": "No tools that delete", "range": tool.range} if {
	some tool in input.tools
	"delete" in tool.effects
}
