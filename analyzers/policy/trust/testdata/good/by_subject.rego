package by_subject

deny contains {"msg": "This writes to a bucket", "subject": call.id} if {
	some call in input.calls
	startswith(call.callee, "boto3.")
	endswith(call.callee, ".put_object")
}
