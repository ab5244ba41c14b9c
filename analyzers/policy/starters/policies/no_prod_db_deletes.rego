# METADATA
# title: No deletes in production databases without approval
# description: >-
#   DELETE, TRUNCATE and DROP that may run in production need the approval of a person. They
#   are reported unless a condition around them keeps them out of production, or an approval
#   comes before them. SQL that can't be read is a warning.
# custom:
#   severity: error
package no_prod_db_deletes

# What counts as a delete: verbs of input.sql, in lower case.
default verbs := ["delete", "truncate", "drop"]

verbs := data.params.no_prod_db_deletes.verbs if is_array(data.params.no_prod_db_deletes.verbs)

# Tables that may be deleted from, in lower case, such as caches and sessions.
default allowed_tables := []

allowed_tables := data.params.no_prod_db_deletes.allowed_tables if is_array(data.params.no_prod_db_deletes.allowed_tables)

deny contains result if {
	some stmt in input.sql
	exposed(stmt.ctx)
	stmt.verb in verbs
	not keeps_data(stmt.statement)
	not only_allowed(stmt.tables)
	result := {
		"msg": sprintf(
			"%s %s %s without approval. Let a person approve it first, or check that the environment is not production",
			[upper(stmt.verb), target(stmt.tables), when(stmt.ctx.production)],
		),
		"range": stmt.range,
		"subject": stmt.id,
	}
}

warn contains result if {
	some stmt in input.sql
	exposed(stmt.ctx)
	stmt.verb == "unknown"
	result := {
		"msg": sprintf(
			"This SQL can't be read, so it may delete, and it %s without approval. Write the statement where it is executed, or let a person approve it first",
			[when(stmt.ctx.production)],
		),
		"range": stmt.range,
		"subject": stmt.id,
	}
}

# Unknown counts as production and as not approved: only what is known to be safe is silent.
exposed(ctx) if {
	not input.file.is_test
	not ctx.in_test
	ctx.production != "no"
	ctx.approved != "yes"
}

# DROP of what holds no rows: it can be made again.
keeps_data(statement) if {
	regex.match(
		`(?i)^\s*drop\s+(index|trigger|view|materialized\s+view|function|procedure|sequence|type|policy|role|user)\b[^;]*;?\s*$`,
		statement,
	)
}

only_allowed(tables) if {
	count(tables) > 0
	every table in tables {
		table in allowed_tables
	}
}

target(tables) := concat(", ", tables) if count(tables) > 0

target(tables) := "in a table that is not known" if count(tables) == 0

when("yes") := "runs in production"

when("unknown") := "may run in production"
