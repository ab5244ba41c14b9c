package arguments

deny contains {"msg": "Never without verification", "range": call.range} if {
	some call in input.calls
	startswith(call.callee, "requests.")
	some arg in call.args
	arg.name == "verify"
	arg.known
	not arg.boolean
}
