# want: unknown-field|hosts|host
package field_in_every

deny contains {"msg": "Hosts that are not ours", "range": first.range} if {
	some first in input.http
	every request in input.http {
		request.hosts != "api.example.com"
	}
}
