# want: ignores-input|deny|
package ignores_input

deny contains {"msg": "Deletes are forbidden", "subject": "sql:1"} if {
	"delete" in forbidden
}

forbidden := {"delete", "drop"}
