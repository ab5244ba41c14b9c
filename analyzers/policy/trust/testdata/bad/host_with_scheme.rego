# want: enum|"https://api.example.com"|"api.example.com"
package host_with_scheme

deny contains {"msg": "Not that one", "range": request.range} if {
	some request in input.http
	request.host == "https://api.example.com"
}
