package deps

import "github.com/qodacode/qodacode/diagnostics"

// Rules describes the rules of the family.
func Rules() []diagnostics.Rule { return rules }

var rules = []diagnostics.Rule{
	{
		ID: "DEPS-001", Title: "Package name that looks like a well-known one", Family: "deps", Severity: diagnostics.Warning, Since: "0.1.0",
		CWE: []string{"CWE-1357", "CWE-829"}, OWASPLLM: []string{"LLM03:2025", "LLM04:2026"},
		Doc: `## What it does
Reports names of packages in manifests and imports that are one slip away from a well-known one: a letter left out, doubled, swapped or
typed beside the right key, letters of another alphabet, words in another order or joined, and names that language models often make
up for a package (` + "`huggingface-cli`" + ` for huggingface-hub). Both PyPI and npm are compared with lists of their own.

It is silent about names of fewer than six letters, about packages that are known to exist, and about what a lock file of the
project names: that was found in the registry. It is a hint, and no scanner for malicious packages.

## Why is this bad?
Who registers a misspelling of a popular package runs code on the machine of everybody who makes the mistake, while the package
is installed. Names that models invent are registered for the same purpose, as the same ones come up again and again.

## Example
` + "```text" + `
requests==2.32.3
beautifulsop4
` + "```" + `
The name of the package that is meant:
` + "```text" + `
requests==2.32.3
beautifulsoup4
` + "```" + `
A package that does have that name is silenced with ` + "`# qodacode:ignore DEPS-001 -- reason`" + ` or in ` + "`[ignore]`" + `.
`,
	},
	{
		ID: "DEPS-002", Title: "Import that no manifest declares", Family: "deps", Severity: diagnostics.Warning, Since: "0.1.0",
		CWE: []string{"CWE-1357"}, OWASPLLM: []string{"LLM03:2025", "LLM04:2026"},
		Doc: `## What it does
Reports imports of packages that no manifest of the project declares and no lock file knows: requirements files, pyproject.toml,
setup.cfg, setup.py, Pipfile, conda environments, package.json, deno.json, and inline metadata of scripts. A well-known package is an
information, a name that nobody seems to know a warning.

Modules are matched with packages by a table (` + "`cv2`" + ` comes from opencv-python). The standard library, modules of the
project, aliases of tsconfig.json, packages that declared ones bring along, imports that the code copes without (in a ` + "`try`" + ` or
below an ` + "`if`" + `), imports of types, and tests of what is installed are left out. Without a manifest nothing is reported,
and neither where one computes its list.

## Why is this bad?
Code that a model wrote may import a package that does not exist. Installing it by its name, when the import fails, installs whatever
somebody has registered under it. And an import that is not declared fails on the next machine.

## Example
` + "```python" + `
import fastjsonllm  # in no manifest
` + "```" + `
Use what exists, and declare it:
` + "```python" + `
import json_repair  # json-repair in requirements.txt
` + "```" + `
`,
	},
	{
		ID: "DEPS-003", Title: "Package name of the other registry", Family: "deps", Severity: diagnostics.Warning, Since: "0.1.0",
		CWE: []string{"CWE-1357", "CWE-829"}, OWASPLLM: []string{"LLM03:2025", "LLM04:2026"},
		Doc: `## What it does
Reports names of npm's packages in manifests and imports of Python, and names of PyPI's in those of Node.js.

## Why is this bad?
The name may be free in the registry in which it is looked for, or belong to somebody who waits for the mistake. Language models
often carry a name from one world to the other.

## Example
` + "```json" + `
{"dependencies": {"python-dotenv": "^1.0.0"}}
` + "```" + `
The package that does the same here:
` + "```json" + `
{"dependencies": {"dotenv": "^16.4.5"}}
` + "```" + `
`,
	},
}
