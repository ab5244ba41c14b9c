package rule

import "github.com/qodacode/qodacode/parser"

// languageNamed is what a name in languages means: code that is read here, or text.
func languageNamed(name string) (code []parser.Language, text bool) {
	switch name {
	case "python", "py", "python2", "python3":
		return []parser.Language{parser.Python}, false
	case "javascript", "js", "jsx": // TypeScript is JavaScript with types; Semgrep runs them there too
		return []parser.Language{parser.JavaScript, parser.TypeScript, parser.TSX}, false
	case "typescript", "ts", "tsx":
		return []parser.Language{parser.TypeScript, parser.TSX}, false
	case "regex", "none", "generic", "spacegrep":
		return nil, true
	}
	return nil, false
}

// foreignLanguages are those that Semgrep reads and qodacode doesn't; rules for them are left
// out without a word. Any other name is a mistake.
var foreignLanguages = map[string]bool{
	"apex": true, "bash": true, "sh": true, "c": true, "cairo": true, "circom": true, "clojure": true, "cpp": true, "c++": true,
	"csharp": true, "c#": true, "dart": true, "dockerfile": true, "docker": true, "ex": true, "elixir": true, "fga": true, "go": true,
	"golang": true, "gosu": true, "hack": true, "html": true, "java": true, "json": true, "jsonnet": true, "julia": true,
	"kt": true, "kotlin": true, "lisp": true, "lua": true, "move_on_aptos": true, "move_on_sui": true, "ocaml": true, "php": true,
	"powershell": true, "promql": true, "proto": true, "protobuf": true, "proto3": true, "ql": true, "r": true, "ruby": true,
	"rust": true, "scala": true, "scheme": true, "sol": true, "solidity": true, "swift": true, "terraform": true, "tf": true, "hcl": true,
	"vb": true, "vue": true, "xml": true, "yaml": true, "aliengrep": true,
}
