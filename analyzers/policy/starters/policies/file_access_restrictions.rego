# METADATA
# title: Files only where they are allowed
# description: >-
#   Writing, deleting and changing the rights of files stays in allowed folders, reading in the
#   project and allowed folders, and protected files are left alone. A path that a model may
#   choose is a warning.
# custom:
#   severity: error
package file_access_restrictions

# Folders that may be written to and deleted from. "." is the project: relative paths that don't leave it.
default write_folders := [".", "/tmp", "/var/tmp", "/dev"]

write_folders := data.params.file_access_restrictions.write_folders if is_array(data.params.file_access_restrictions.write_folders)

# Folders that may be read, besides those for writing.
default read_folders := [".", "/tmp", "/var/tmp", "/dev", "/proc", "/sys", "/usr/share"]

read_folders := data.params.file_access_restrictions.read_folders if is_array(data.params.file_access_restrictions.read_folders)

# Names of files and folders that are never written, deleted or, in tools of agents, read.
default protected := [".env", ".git", ".ssh", ".aws", ".gnupg", "id_rsa", "id_ed25519"]

protected := data.params.file_access_restrictions.protected if is_array(data.params.file_access_restrictions.protected)

changes := {"write", "append", "delete", "chmod"}

verb := {
	"write": "Writes",
	"append": "Writes",
	"delete": "Deletes",
	"chmod": "Changes the rights of",
	"read": "Reads",
	"list": "Lists",
}

deny contains result if {
	some effect in effects
	not is_protected(effect)
	effect.known != "none"
	folders := allowed_for(effect.op)
	outside(effect, folders)
	result := {
		"msg": sprintf(
			"%s %s, which is outside of the allowed folders (%s). Use a path in one of them, or add its folder to %s of file_access_restrictions",
			[verb[effect.op], effect.path, list(folders), parameter_for(effect.op)],
		),
		"range": effect.range,
		"subject": effect.id,
	}
}

deny contains result if {
	some effect in effects
	is_protected(effect)
	result := {
		"msg": sprintf(
			"%s %s, which is protected. Leave it to the people and programs that own it",
			[verb[effect.op], effect.path],
		),
		"range": effect.range,
		"subject": effect.id,
	}
}

# Outside of tools a path that a parameter decides is for the callers to answer for; a person
# who approves the tool sees the path.
warn contains result if {
	some effect in effects
	effect.ctx.tool != ""
	effect.ctx.approved != "yes"
	effect.known != "full"
	not is_protected(effect)
	not denied(effect)
	result := {
		"msg": sprintf(
			"The tool %s %s. Resolve the path, and check that it is in an allowed folder before it is used",
			[effect.ctx.tool, unknown_path(effect)],
		),
		"range": effect.range,
		"subject": effect.id,
	}
}

effects contains effect if {
	not input.file.is_test
	some effect in input.files
	not effect.ctx.in_test
	verb[effect.op]
}

# What it does with a path of which the end is not known. Undefined for reading a path that
# no parameter decides: it comes from the program itself.
unknown_path(effect) := sprintf("%s a path that the model may choose", [lower(verb[effect.op])]) if {
	effect.from_parameter
} else := sprintf("%s a path that can't be read", [lower(verb[effect.op])]) if {
	effect.op in changes
	effect.known == "none"
}

denied(effect) if {
	effect.known != "none"
	outside(effect, allowed_for(effect.op))
}

allowed_for(op) := write_folders if op in changes

allowed_for(op) := array.concat(write_folders, [folder |
	some folder in read_folders
	not folder in write_folders
]) if not op in changes

parameter_for(op) := "write_folders" if op in changes

parameter_for(op) := "read_folders" if not op in changes

outside(effect, folders) if {
	every folder in folders {
		not inside(effect, clean(folder))
		not leads_to(effect, clean(folder))
	}
}

# The part that is known ends above the folder: the rest may lead into it.
leads_to(effect, folder) if {
	effect.known == "prefix"
	startswith(sprintf("%s/", [folder]), split(effect.path, "…")[0])
}

# The project: relative paths that stay in it.
inside(effect, ".") if {
	not effect.absolute
	not effect.escapes
}

inside(effect, folder) if {
	folder != "."
	clean(effect.path) == folder
}

inside(effect, folder) if {
	folder != "."
	not contains(effect.path, "..")
	startswith(clean(effect.path), sprintf("%s/", [trim_suffix(folder, "/")]))
}

# Paths are compared without ./ before them and / after them.
clean(path) := trimmed if {
	trimmed := trim_suffix(trim_prefix(path, "./"), "/")
	trimmed != ""
} else := path

is_protected(effect) if {
	some part in split(effect.path, "/")
	part in protected
	reaches(effect)
}

reaches(effect) if effect.op in changes

reaches(effect) if effect.ctx.tool != ""

list(folders) := concat(", ", [name |
	some folder in folders
	name := shown(folder)
])

shown(".") := "the project"

shown(folder) := folder if folder != "."
