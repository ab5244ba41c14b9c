# METADATA
# title: Only allowed external APIs
# description: >-
#   Requests may go to hosts of a list only. Hosts of the own machine or network are not
#   external. Where the host can't be read it is a warning.
# custom:
#   severity: error
package external_api_whitelist

# Hosts that may be asked, in lower case. *.example.com stands for all hosts below example.com, not for example.com itself.
default hosts := [
	"api.openai.com",
	"*.openai.azure.com",
	"api.anthropic.com",
	"generativelanguage.googleapis.com",
	"api.mistral.ai",
]

hosts := data.params.external_api_whitelist.hosts if is_array(data.params.external_api_whitelist.hosts)

# Whether hosts of the own machine and of private networks are allowed.
default allow_local := true

allow_local := data.params.external_api_whitelist.allow_local if is_boolean(data.params.external_api_whitelist.allow_local)

deny contains result if {
	some request in requests
	request.host != ""
	not allowed(request.host)
	result := {
		"msg": sprintf(
			"%s is not on the list of allowed hosts. Ask an allowed host, or add it to hosts of external_api_whitelist",
			[request.host],
		),
		"range": request.range,
		"subject": request.id,
	}
}

warn contains result if {
	some request in requests
	request.host == ""
	result := {
		"msg": sprintf(
			"The host of this request can't be read%s, so it may be one that is not allowed. Write it as a constant, or check it against a list before the request",
			[chooser(request.ctx.tool)],
		),
		"range": request.range,
		"subject": request.id,
	}
}

requests contains request if {
	not input.file.is_test
	some request in input.http
	not request.ctx.in_test
}

allowed(host) if {
	some pattern in hosts
	matches(host, lower(pattern))
}

allowed(host) if {
	allow_local
	is_local(host)
}

matches(host, pattern) if host == pattern

matches(host, pattern) if {
	startswith(pattern, "*.")
	endswith(host, substring(pattern, 1, -1))
}

# A name without a dot is one of the own network: localhost, or a service of a compose file.
is_local(host) if not regex.match(`[.:]`, host)

# Names that never lead out of the own network.
is_local(host) if {
	some suffix in {".localhost", ".local", ".internal", ".test", ".invalid"}
	endswith(host, suffix)
}

# Addresses of the machine itself and of private networks.
is_local(host) if {
	regex.match(
		`^(127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?)$`,
		host,
	)
}

chooser("") := ""

chooser(tool) := sprintf(" and the model that uses the tool %s may choose it", [tool]) if tool != ""
