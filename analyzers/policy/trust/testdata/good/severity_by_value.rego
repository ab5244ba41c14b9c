package severity_by_value

levels := {"yes": "error", "unknown": "warning", "no": "info"}

deny contains {"msg": "A command", "range": cmd.range, "severity": levels[cmd.ctx.production]} if some cmd in input.shell
