# want: enum|"post"|"POST"
package method_in_lower_case

deny contains {"msg": "No posts", "range": request.range} if {
	some request in input.http
	request.method == "post"
}
