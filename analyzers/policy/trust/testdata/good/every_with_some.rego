package every_with_some

deny contains {"msg": "All requests lack TLS", "range": request.range} if {
	some request in input.http
	every other in input.http {
		other.scheme == "http"
	}
}
