package imports_and_calls

uses_pickle if {
	some module in input.imports
	module.module == "pickle"
}

deny contains {"msg": "Never load pickles", "range": call.range} if {
	uses_pickle
	some call in input.calls
	call.callee in {"pickle.load", "pickle.loads"}
}
