package no_prod_db_deletes_test

import data.no_prod_db_deletes as policy

here := {"start": {"line": 3, "character": 4}, "end": {"line": 3, "character": 40}}

# A DELETE in code that says neither where it runs nor who approves it.
delete_users := {
	"id": "sql:3",
	"verb": "delete",
	"tables": ["users"],
	"statement": "DELETE FROM users WHERE id = ?",
	"ctx": {"production": "unknown", "approved": "no", "in_test": false},
	"range": here,
}

given(change) := {"file": {"is_test": false}, "sql": [object.union(delete_users, change)]}

silent if {
	count(policy.deny) == 0
	count(policy.warn) == 0
}

test_delete_where_production_is_unknown if {
	some found in policy.deny with input as given({})
	found.range == here
	found.subject == "sql:3"
	startswith(found.msg, "DELETE users may run in production without approval")
}

test_delete_in_production if {
	some found in policy.deny with input as given({"ctx": {"production": "yes", "approved": "unknown"}})
	startswith(found.msg, "DELETE users runs in production without approval")
}

test_drop_without_a_known_table if {
	some found in policy.deny with input as given({"verb": "drop", "tables": []})
	startswith(found.msg, "DROP in a table that is not known")
}

test_drop_of_what_holds_no_rows if {
	silent with input as given({"verb": "drop", "tables": [], "statement": "DROP INDEX IF EXISTS by_name"})
	silent with input as given({"verb": "drop", "tables": [], "statement": "drop trigger audit;"})
}

test_delete_behind_such_a_drop if {
	count(policy.deny) == 1 with input as given({"verb": "delete", "statement": "DROP INDEX a; DELETE FROM users"})
}

test_truncate if count(policy.deny) == 1 with input as given({"verb": "truncate"})

test_sql_that_cannot_be_read_is_a_warning if {
	doc := given({"verb": "unknown", "tables": []})
	count(policy.deny) == 0 with input as doc
	count(policy.warn) == 1 with input as doc
}

test_approved_delete if silent with input as given({"ctx": {"approved": "yes"}})

test_delete_outside_of_production if silent with input as given({"ctx": {"production": "no"}})

test_select if silent with input as given({"verb": "select"})

test_delete_in_a_test if silent with input as given({"ctx": {"in_test": true}})

test_delete_in_a_test_file if {
	silent with input as object.union(given({}), {"file": {"is_test": true}})
}

test_unreadable_sql_outside_of_production if {
	silent with input as given({"verb": "unknown", "ctx": {"production": "no"}})
}

test_allowed_table if {
	silent with input as given({"tables": ["sessions"]})
		with data.params.no_prod_db_deletes.allowed_tables as ["sessions"]
}

test_allowed_table_among_others if {
	count(policy.deny) == 1 with input as given({"tables": ["sessions", "users"]})
		with data.params.no_prod_db_deletes.allowed_tables as ["sessions"]
}

test_verbs_are_a_parameter if {
	silent with input as given({}) with data.params.no_prod_db_deletes.verbs as ["drop"]
}

test_parameter_of_a_wrong_type_is_passed_over if {
	count(policy.deny) == 1 with input as given({}) with data.params.no_prod_db_deletes.verbs as "drop"
}
