package object_get

deny contains {"msg": "Too long", "range": call.range} if {
	some call in input.llm_calls
	object.get(call, "timeout_seconds", 0) > 120
	object.get(call, ["ctx", "in_test"], false) == false
}
