package file_access_restrictions_test

import data.file_access_restrictions as policy

here := {"start": {"line": 9, "character": 4}, "end": {"line": 9, "character": 30}}

effect := {
	"id": "file:9",
	"op": "write",
	"path": "report.md",
	"known": "full",
	"absolute": false,
	"escapes": false,
	"from_parameter": false,
	"ctx": {"tool": "", "approved": "no", "in_test": false},
	"range": here,
}

given(change) := {"file": {"is_test": false}, "files": [object.union(effect, change)]}

silent if {
	count(policy.deny) == 0
	count(policy.warn) == 0
}

test_write_outside_of_the_project if {
	some found in policy.deny with input as given({"path": "/etc/hosts", "absolute": true})
	found.range == here
	found.subject == "file:9"
	startswith(found.msg, "Writes /etc/hosts, which is outside of the allowed folders (the project, /tmp, ")
	contains(found.msg, "to write_folders of")
}

test_delete_above_the_project if {
	some found in policy.deny with input as given({"op": "delete", "path": "../shared/a.txt", "escapes": true})
	startswith(found.msg, "Deletes ../shared/a.txt")
}

test_read_outside_of_the_project if {
	some found in policy.deny with input as given({"op": "read", "path": "/etc/passwd", "absolute": true})
	startswith(found.msg, "Reads /etc/passwd")
	contains(found.msg, "to read_folders of")
}

test_beginning_outside_is_enough if {
	count(policy.deny) == 1 with input as given({"path": "/etc/…", "absolute": true, "known": "prefix"})
}

test_write_in_the_project if silent with input as given({})

test_write_in_a_temporary_folder if silent with input as given({"path": "/tmp/a/b.txt", "absolute": true})

test_the_folder_itself if silent with input as given({"path": "/tmp/", "absolute": true})

test_folder_whose_name_begins_the_same if {
	count(policy.deny) == 1 with input as given({"path": "/tmpfiles/a", "absolute": true})
}

test_way_out_of_a_folder if {
	count(policy.deny) == 1 with input as given({"path": "/tmp/../etc/hosts", "absolute": true})
}

test_read_where_reading_is_allowed if {
	silent with input as given({"op": "read", "path": "/proc/meminfo", "absolute": true})
	count(policy.deny) == 1 with input as given({"path": "/proc/sysrq-trigger", "absolute": true})
}

test_folders_are_a_parameter if {
	folders := ["data/", "/"]
	silent with input as given({"path": "./data/a.csv"})
		with data.params.file_access_restrictions.write_folders as folders
	silent with input as given({"path": "/srv/a.csv", "absolute": true})
		with data.params.file_access_restrictions.write_folders as folders
	count(policy.deny) == 1 with input as given({})
		with data.params.file_access_restrictions.write_folders as folders
}

test_read_folders_are_a_parameter if {
	silent with input as given({"op": "read", "path": "/srv/models/a.bin", "absolute": true})
		with data.params.file_access_restrictions.read_folders as ["/srv/models"]
}

test_protected_file if {
	some found in policy.deny with input as given({"path": "app/.env"})
	startswith(found.msg, "Writes app/.env, which is protected")
}

test_protected_file_is_read_by_a_tool if {
	change := {"op": "read", "path": "~/.ssh/config", "absolute": true, "ctx": {"tool": "read_file"}}
	some found in policy.deny with input as given(change)
	startswith(found.msg, "Reads ~/.ssh/config, which is protected")
}

test_protected_file_is_read_elsewhere if silent with input as given({"op": "read", "path": ".env"})

test_protected_names_are_a_parameter if {
	silent with input as given({"path": ".env"}) with data.params.file_access_restrictions.protected as []
}

test_beginning_that_may_lead_inside if {
	silent with input as given({"path": "/…", "absolute": true, "known": "prefix"})
	silent with input as given({"path": "/var/…/log.txt", "absolute": true, "known": "prefix"})
}

test_unknown_path_of_a_parameter_in_a_tool if {
	some found in policy.warn with input as given({"path": "", "known": "none", "from_parameter": true, "ctx": {"tool": "save"}})
	startswith(found.msg, "The tool save writes a path that the model may choose")
}

test_unknown_path_that_a_tool_writes if {
	some found in policy.warn with input as given({"path": "", "known": "none", "ctx": {"tool": "save"}})
	startswith(found.msg, "The tool save writes a path that can't be read")
}

test_unknown_path_that_a_tool_reads if {
	silent with input as given({"op": "read", "path": "", "known": "none", "ctx": {"tool": "load"}})
}

test_parameter_below_a_folder_in_a_tool if {
	change := {"path": "notes/…", "known": "prefix", "from_parameter": true, "ctx": {"tool": "save"}}
	count(policy.warn) == 1 with input as given(change)
	count(policy.deny) == 0 with input as given(change)
}

test_one_finding_is_enough if {
	change := {"path": "/etc/…", "absolute": true, "known": "prefix", "from_parameter": true, "ctx": {"tool": "save"}}
	count(policy.deny) == 1 with input as given(change)
	count(policy.warn) == 0 with input as given(change)
}

test_unknown_path_outside_of_tools if silent with input as given({"path": "", "known": "none", "from_parameter": true})

test_unknown_path_that_a_person_approves if {
	change := {"path": "", "known": "none", "from_parameter": true, "ctx": {"tool": "save", "approved": "yes"}}
	silent with input as given(change)
}

test_constant_path_in_a_tool if silent with input as given({"from_parameter": true, "ctx": {"tool": "save"}})

test_other_operations if silent with input as given({"op": "other", "path": "/etc/hosts", "absolute": true})

test_access_in_a_test if silent with input as given({"path": "/etc/hosts", "absolute": true, "ctx": {"in_test": true}})

test_access_in_a_test_file if {
	silent with input as object.union(
		given({"path": "/etc/hosts", "absolute": true}),
		{"file": {"is_test": true}},
	)
}
