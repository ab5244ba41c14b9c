# want: enum|"data/*"|
package path_with_wildcard

deny contains {"msg": "Leave the data alone", "range": effect.range} if {
	some effect in input.files
	effect.path == "data/*"
}
