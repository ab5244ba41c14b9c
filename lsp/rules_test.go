package lsp

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/analyzers/sast"
)

const ruleYAML = `rules:
  - id: no-shout
    languages: [python]
    severity: WARNING
    message: Do not shout
    pattern: shout(...)
`

func withRules() Options {
	o := scanOptions()
	o.Rules = &sast.Sources{}
	return o
}

// Rules of the project hold as they are typed, in files that are open already too.
func TestRulesAsTheyAreTyped(t *testing.T) {
	root := inFolder(t, map[string]string{"a.py": "shout(1)\nwhisper(2)\n", ".semgrep/house.yml": ruleYAML})
	code, rules := uriOf(filepath.Join(root, "a.py")), uriOf(filepath.Join(root, ".semgrep", "house.yml"))
	e := dial(t, withRules())
	e.start(root, nil)
	e.open(code, "python", "shout(1)\nwhisper(2)\n")
	e.shows(code, "no-shout@0")
	e.open(rules, "yaml", ruleYAML)
	e.change(rules, 2, nil, strings.ReplaceAll(ruleYAML, "shout", "whisper"))
	e.shows(code, "no-whisper@1")
	e.change(rules, 3, nil, strings.ReplaceAll(ruleYAML, "shout(...)", "shout("))
	e.shows(rules, "CONFIG-002@5")
	e.shows(code, "")
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(rules)})
	e.shows(code, "no-shout@0") // as on disk
	write(t, filepath.Join(root, ".semgrep", "house.yml"), strings.ReplaceAll(ruleYAML, "shout", "whisper"))
	e.changedOnDisk(filepath.Join(root, ".semgrep", "house.yml"))
	e.shows(code, "no-whisper@1")
	write(t, filepath.Join(root, ".semgrep.yml"), ruleYAML)
	e.changedOnDisk(filepath.Join(root, ".semgrep.yml"))
	e.shows(code, "no-shout@0 no-whisper@1")
}

const flowRule = `rules:
  - id: flow
    languages: [python]
    severity: ERROR
    message: It flows
    mode: taint
    pattern-sources: [{pattern: source()}]
    pattern-sinks: [{pattern: sink(...)}]
`

// A helper in another file decides whether anything flows, while it is typed too.
func TestFlowsThroughOtherFiles(t *testing.T) {
	const code, clean = "from helper import get\n\nsink(get())\n", "def get():\n    return 1\n"
	const dirty = "def get():\n    return source()\n"
	root := inFolder(t, map[string]string{"a.py": code, "helper.py": clean, ".semgrep.yml": flowRule})
	a, helper := uriOf(filepath.Join(root, "a.py")), uriOf(filepath.Join(root, "helper.py"))
	e := dial(t, withRules())
	e.start(root, nil)
	e.open(a, "python", code)
	e.analysed(a)
	e.shows(a, "")
	e.open(helper, "python", clean)
	e.change(helper, 2, nil, dirty)
	e.shows(a, "flow@2")
	e.change(helper, 3, nil, clean)
	e.shows(a, "")
	e.change(helper, 4, nil, dirty)
	e.shows(a, "flow@2")
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(helper)})
	e.shows(a, "") // as on disk
	write(t, filepath.Join(root, "helper.py"), dirty)
	e.changedOnDisk(filepath.Join(root, "helper.py"))
	e.shows(a, "flow@2")
}
