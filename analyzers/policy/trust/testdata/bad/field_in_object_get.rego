# want: unknown-field|"has_maxtokens"|"has_max_tokens"
package field_in_object_get

deny contains {"msg": "No limit of tokens", "range": call.range} if {
	some call in input.llm_calls
	object.get(call, "has_maxtokens", true) == false
}
