package wildcard

deny contains {"msg": "No wildcard imports", "range": imported.range} if {
	imported := input.imports[_]
	imported.name == "*"
}
