# want: enum|"*.example.com"|
package host_with_wildcard

deny contains {"msg": "Not those", "range": request.range} if {
	some request in input.http
	request.host in {"example.com", "*.example.com"}
}
