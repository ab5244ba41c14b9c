package helper_set_of_messages

findings contains {"msg": "No eval", "range": run.range} if {
	some run in input.shell
	run.program in {"eval", "exec"}
}

deny contains result if some result in findings
