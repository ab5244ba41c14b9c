# want: different-elements|input|
package different_elements

deny contains {"msg": "No deletes in production", "range": input.sql[0].range} if {
	input.sql[_].verb == "delete"
	input.sql[_].ctx.production != "no"
}
