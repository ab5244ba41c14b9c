# want: always-fires|deny|
package fires_always

deny contains {"msg": sprintf("%s has statements that delete", [input.file.path]), "subject": input.file.path}
