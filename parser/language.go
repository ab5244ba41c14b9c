package parser

import (
	"path/filepath"
	"strings"
)

// Language is what a file is read as.
type Language uint8

// Code languages have facts; data languages have entries; Plain has text only.
const (
	Plain Language = iota
	Python
	JavaScript // with JSX
	TypeScript
	TSX
	JSON
	YAML
	TOML
	DotEnv
	Notebook // a Jupyter notebook; its File is Python code with positions mapped back
	languages
)

var languageNames = [languages]string{"plain", "python", "javascript", "typescript", "tsx", "json", "yaml", "toml", "dotenv", "notebook"}

// String is a lower-case name for messages.
func (l Language) String() string { return languageNames[l] }

// IsCode reports whether files of l have a syntax tree and facts.
func (l Language) IsCode() bool { return l >= Python && l <= TSX || l == Notebook }

// IsScript reports whether l is JavaScript or one of its supersets.
func (l Language) IsScript() bool { return l >= JavaScript && l <= TSX }

var byExtension = map[string]Language{
	".py": Python, ".pyi": Python, ".pyw": Python,
	".js": JavaScript, ".mjs": JavaScript, ".cjs": JavaScript, ".jsx": JavaScript,
	".ts": TypeScript, ".mts": TypeScript, ".cts": TypeScript, ".tsx": TSX,
	".json": JSON, ".jsonc": JSON, ".json5": JSON, ".yaml": YAML, ".yml": YAML, ".toml": TOML,
	".env": DotEnv, ".ipynb": Notebook,
}

// byLSP maps the language identifiers of editors, for documents without a telling name.
var byLSP = map[string]Language{
	"python": Python, "javascript": JavaScript, "javascriptreact": JavaScript, "typescript": TypeScript,
	"typescriptreact": TSX, "json": JSON, "jsonc": JSON, "yaml": YAML, "toml": TOML, "dotenv": DotEnv,
	"shellscript": DotEnv,
}

// LanguageOf tells the language from a path, and from the editor's language identifier
// where the path has no known ending (an untitled document, a notebook cell). An identifier of "" is fine.
func LanguageOf(path, languageID string) Language {
	base := strings.ToLower(filepath.Base(path))
	if base == ".env" || strings.HasPrefix(base, ".env.") || base == ".envrc" {
		return DotEnv
	}
	if l, ok := byExtension[filepath.Ext(base)]; ok {
		return l
	}
	if l, ok := byLSP[languageID]; ok && (l != DotEnv || languageID == "dotenv") {
		return l
	}
	return Plain
}
