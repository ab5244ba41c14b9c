# want: enum|"Read"|"read"
package enum_value_in_comprehension

deny contains {"msg": sprintf("%d files are read", [count(reads)]), "range": first.range} if {
	some first in input.files
	reads := [effect | some effect in input.files; effect.op == "Read"]
	count(reads) > 3
}
