package ended_by_suffix

default hosts := ["example.com", "*.example.com"]

hosts := data.params.ended_by_suffix.hosts

deny contains {"msg": sprintf("%s is not ours", [request.host]), "range": request.range} if {
	some request in input.http
	request.host != ""
	every host in hosts {
		not glob.match(host, ["."], request.host)
	}
}
