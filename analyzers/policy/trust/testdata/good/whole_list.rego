package whole_list

deny contains {"msg": sprintf("Runs %s", [cmd.program]), "range": cmd.range} if some cmd in input.shell
