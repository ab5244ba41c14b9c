package no_shell_commands_without_approval_test

import data.no_shell_commands_without_approval as policy

found := count(policy.deny)

# a shell command without approval
test_fires_1 if {
	found > 0 with input as {
		"shell": [{"command": "make build", "ctx": {"approved": "no", "in_test": false}, "id": "shell:5:5", "range": {"end": {"character": 37, "line": 4}, "start": {"character": 4, "line": 4}}}],
	}
}

# a shell command without approval, in TypeScript
test_fires_2 if {
	found > 0 with input as {
		"shell": [{"command": "make build", "ctx": {"approved": "no", "in_test": false}, "id": "shell:4:3", "range": {"end": {"character": 33, "line": 3}, "start": {"character": 2, "line": 3}}}],
	}
}

# a person approves it first
test_is_silent_3 if {
	found == 0 with input as {
		"shell": [{"command": "make build", "ctx": {"approved": "yes", "in_test": false}, "id": "shell:6:9", "range": {"end": {"character": 41, "line": 5}, "start": {"character": 8, "line": 5}}}],
	}
}

# in a test
test_is_silent_4 if {
	found == 0 with input as {
		"shell": [{"command": "make build", "ctx": {"approved": "no", "in_test": true}, "id": "shell:6:5", "range": {"end": {"character": 37, "line": 5}, "start": {"character": 4, "line": 5}}}],
	}
}
