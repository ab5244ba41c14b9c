package list_rule

writes := [effect | some effect in input.files; effect.op in {"write", "append"}]

warn contains {"msg": "Many files are written", "range": writes[0].range} if count(writes) > 10
