# METADATA
# title: "No shell commands without approval"
# description: "Reports shell commands without approval. Code counts as not approved unless an approval is found. Tests are not judged."
# custom:
#   severity: error
#   qodacode:
#     sentence: "no shell commands without approval"
#     intent: "{\"version\":1,\"mode\":\"forbid\",\"subject\":\"shell\",\"operations\":[],\"names\":[],\"when\":[],\"unless\":[\"approval\"],\"need\":\"\",\"limit\":{\"quantity\":\"\",\"max\":0},\"severity\":\"\"}"
package no_shell_commands_without_approval

# What the policy is about.
judged contains command if {
	some command in input.shell
	command.ctx.approved != "yes"
	not command.ctx.in_test
}

deny contains {"msg": msg, "range": command.range, "subject": command.id} if {
	some command in judged
	msg := sprintf("A shell command without approval: %s. Ask a person to approve it first", [command.command])
}
