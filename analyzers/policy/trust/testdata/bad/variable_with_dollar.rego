# want: enum|"$AWS_SECRET_ACCESS_KEY"|"AWS_SECRET_ACCESS_KEY"
package variable_with_dollar

deny contains {"msg": "Never read it", "range": use.range} if {
	some use in input.env
	use.name == "$AWS_SECRET_ACCESS_KEY"
}
