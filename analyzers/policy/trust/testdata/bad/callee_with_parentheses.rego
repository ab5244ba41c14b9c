# want: enum|"os.system()"|"os.system"
package callee_with_parentheses

deny contains {"msg": "No os.system", "range": call.range} if {
	some call in input.calls
	call.callee == "os.system()"
}
