# want: enum|`^remove`|
package pattern_of_an_enum

deny contains {"msg": "No deletes", "range": effect.range} if {
	some effect in input.files
	regex.match(`^remove`, effect.op)
}
