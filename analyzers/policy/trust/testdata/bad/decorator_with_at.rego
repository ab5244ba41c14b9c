# want: enum|"@tool"|"tool"
package decorator_with_at

deny contains {"msg": "No tools", "range": fn.range} if {
	some fn in input.functions
	"@tool" in fn.decorators
}
