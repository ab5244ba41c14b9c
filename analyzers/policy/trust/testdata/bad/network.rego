# want: not-allowed|http.send|
package network

deny contains {"msg": "The server says no", "range": stmt.range} if {
	some stmt in input.sql
	response := http.send({"method": "get", "url": "https://example.com/policy"})
	response.status_code == 403
}
