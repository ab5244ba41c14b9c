package external_api_whitelist_test

import data.external_api_whitelist as policy

here := {"start": {"line": 5, "character": 0}, "end": {"line": 5, "character": 52}}

given(host) := {
	"file": {"is_test": false},
	"http": [{"id": "http:5", "host": host, "ctx": {"tool": "", "in_test": false}, "range": here}],
}

# Requests in a tool, whose arguments a model chooses.
in_tool(host) := {
	"file": {"is_test": false},
	"http": [{"id": "http:5", "host": host, "ctx": {"tool": "fetch", "in_test": false}, "range": here}],
}

silent if {
	count(policy.deny) == 0
	count(policy.warn) == 0
}

test_host_that_is_not_on_the_list if {
	some found in policy.deny with input as given("collector.example.net")
	found.range == here
	found.subject == "http:5"
	startswith(found.msg, "collector.example.net is not on the list of allowed hosts")
}

test_unknown_host_is_a_warning if {
	count(policy.deny) == 0 with input as given("")
	some found in policy.warn with input as given("")
	startswith(found.msg, "The host of this request can't be read, so")
}

test_unknown_host_in_a_tool if {
	some found in policy.warn with input as in_tool("")
	contains(found.msg, "the model that uses the tool fetch may choose it")
}

test_allowed_by_default if silent with input as given("api.openai.com")

test_wildcard_by_default if silent with input as given("team.openai.azure.com")

test_wildcard_is_for_hosts_below if count(policy.deny) == 1 with input as given("openai.azure.com")

test_wildcard_is_for_whole_labels if count(policy.deny) == 1 with input as given("myopenai.azure.com")

test_allowed_host_as_a_label_of_another if {
	count(policy.deny) == 1 with input as given("api.openai.com.example.net")
}

test_hosts_are_a_parameter if {
	hosts := ["Api.Example.com", "*.example.org"]
	silent with input as given("api.example.com") with data.params.external_api_whitelist.hosts as hosts
	silent with input as given("a.b.example.org") with data.params.external_api_whitelist.hosts as hosts
	count(policy.deny) == 1 with input as given("api.openai.com")
		with data.params.external_api_whitelist.hosts as hosts
}

test_local_hosts if {
	every host in {
		"localhost", "ollama", "app.localhost", "db.internal", "127.0.0.1", "0.0.0.0",
		"10.1.2.3", "172.16.0.9", "192.168.1.20", "::1", "[::1]",
	} {
		silent with input as given(host)
	}
}

test_addresses_that_are_not_local if {
	every host in {"8.8.8.8", "172.32.0.1", "10.0.0.1.example.net"} {
		count(policy.deny) == 1 with input as given(host)
	}
}

test_local_hosts_can_be_denied if {
	count(policy.deny) == 1 with input as given("localhost")
		with data.params.external_api_whitelist.allow_local as false
}

test_request_in_a_test if {
	silent with input as {
		"file": {"is_test": false},
		"http": [{"host": "example.net", "ctx": {"in_test": true}}],
	}
}

test_request_in_a_test_file if {
	silent with input as object.union(given("example.net"), {"file": {"is_test": true}})
}
