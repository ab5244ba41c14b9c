# want: always-fires|fires_on_every_file|
package fires_on_every_file

deny contains {"msg": "There is no delete in here", "subject": input.file.path} if {
	not deletes
}

deletes if {
	some stmt in input.sql
	stmt.verb == "delete"
}
