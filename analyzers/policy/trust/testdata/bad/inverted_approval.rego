# want: inverted|approved|
package inverted_approval

deny contains {"msg": "Commands need approval", "range": cmd.range} if {
	some cmd in input.shell
	cmd.ctx.approved == "yes"
}
