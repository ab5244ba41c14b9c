package effects

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// commandOf is a command of some words.
func commandOf(words []texts) texts {
	if len(words) == 0 {
		return unknownText
	}
	all := words[0]
	for _, w := range words[1:] {
		all = all.then(constant(" ")).then(w)
	}
	return all
}

// loopList is the list of commands whose elements n stands for, or NoNode.
func (v *view) loopList(n parser.NodeID) parser.NodeID {
	if n = v.Unwrap(n); v.Kind(n) != parser.KindIdentifier {
		return parser.NoNode
	}
	defs := v.DefsOf(n)
	if len(defs) != 1 || defs[0].Kind != parser.LoopDef || defs[0].Path != "" {
		return parser.NoNode
	}
	list := v.listOf(defs[0].Value)
	if v.FirstChild(list) == parser.NoNode || v.listOf(v.FirstChild(list)) == parser.NoNode {
		return parser.NoNode
	}
	return list
}

func (v *view) positional(c *invocation) []texts {
	var out []texts
	for i := c.shift; i < len(c.Args); i++ {
		if a := &c.Args[i]; a.Name == "" {
			out = append(out, v.text(a.Value))
		}
	}
	return out
}

// wordsOf are the words of a command: of a list, each; of a text, the text.
func (v *view) wordsOf(n parser.NodeID) []texts {
	n = v.Unwrap(n)
	if v.Kind(n) == parser.KindBinary && v.Slice(v.Field(n, parser.FieldOperator)) == "+" {
		left := v.Field(n, parser.FieldLeft)
		if v.listOf(left) >= 0 { // ["git"] + args
			return append(v.wordsOf(left), v.wordsOf(v.Field(n, parser.FieldRight))...)
		}
	}
	if out, ok := v.grownList(n); ok {
		return out
	}
	if list := v.listOf(n); list >= 0 {
		var out []texts
		for e := range v.Children(list) {
			if v.Kind(e) == parser.KindSpread {
				out = append(out, v.wordsOf(v.FirstChild(e))...)
				continue
			}
			out = append(out, v.programText(e))
		}
		return out
	}
	if v.Kind(n) == parser.KindCall {
		if c := v.CallAt(n); c != nil && c.Name == "split" && v.Kind(v.Unwrap(c.Callee)) == parser.KindAttribute && v.spell(c.Callee) != "shlex.split" { // cmd.split()
			return []texts{v.text(v.Field(v.Unwrap(c.Callee), parser.FieldObject))}
		}
		if c := v.CallAt(n); c != nil && len(c.Args) > 0 {
			switch q := v.spell(c.Callee); q {
			case "shlex.split":
				return []texts{v.text(c.Args[0].Value)}
			case "list", "tuple":
				return v.wordsOf(c.Args[0].Value)
			}
		}
	}
	return []texts{v.programText(n)}
}

// growing are methods that put more into a list.
var growing = []string{"append", "extend", "insert", "push", "unshift", "splice"}

// grownList are the words of a list in a variable that gets more after it is made.
func (v *view) grownList(n parser.NodeID) (words []texts, ok bool) {
	if v.Kind(n) != parser.KindIdentifier {
		return nil, false
	}
	for _, d := range v.DefsOf(n) {
		switch {
		case d.Kind == parser.AssignDef && words == nil && !v.Within(n, d.Value) && v.Kind(v.Unwrap(d.Value)) == parser.KindList:
			words = v.wordsOf(d.Value)
		case d.Kind == parser.AugmentedDef && words != nil:
			words, ok = append(words, unknownText), true
		default:
			return nil, false
		}
	}
	if words == nil {
		return nil, false
	}
	name, fn := v.Slice(n), v.EnclosingFunc(n)
	for _, method := range growing {
		for c := range v.CallsNamed(method) {
			if callee := v.Unwrap(c.Callee); v.Kind(callee) == parser.KindAttribute && c.Node < n && v.Slice(v.Field(callee, parser.FieldObject)) == name && v.EnclosingFunc(c.Node) == fn {
				return append(words, unknownText), true
			}
		}
	}
	return words, ok
}

// programText is the text of a word of a command; the interpreter's own path is its name.
func (v *view) programText(n parser.NodeID) texts {
	switch v.Slice(v.Unwrap(n)) {
	case "sys.executable":
		return constant("python")
	case "process.execPath", "process.argv0":
		return constant("node")
	}
	return v.text(n)
}

// programOf is the base name of a command's first word behind assignments, "" where it is not known.
func programOf(command, first string) string {
	word := first
	if first == "" {
		rest := command
		for {
			rest = strings.TrimLeft(rest, " \t\r\n({")
			end := strings.IndexAny(rest, " \t\r\n;|&<>")
			word = rest
			if end >= 0 {
				word, rest = rest[:end], rest[end:]
			} else {
				rest = ""
			}
			if strings.HasPrefix(word, "'") || strings.HasPrefix(word, `"`) { // "/opt/my tools/x" -y
				quote := word[:1]
				if name, _, ok := strings.Cut((word + rest)[1:], quote); ok {
					word = name
				}
			}
			name, _, assigned := strings.Cut(word, "=")
			if !assigned || !isWord(name) || rest == "" {
				break
			}
		}
	}
	word = strings.Trim(word, `"'`)
	word = strings.ReplaceAll(word, `\`, "/")
	base := word[strings.LastIndexByte(word, '/')+1:]
	if strings.Contains(base, hole) || base == "" {
		return ""
	}
	for _, end := range []string{".exe", ".cmd", ".bat"} {
		base = strings.TrimSuffix(base, end)
	}
	return base
}

func isShell(program string) bool {
	switch program {
	case "sh", "bash", "zsh", "dash", "ksh", "fish", "cmd", "powershell", "pwsh", "ash":
		return true
	}
	return false
}

func shellFlag(word string) bool {
	return word == "/c" || word == "/C" || strings.EqualFold(word, "-command") || strings.HasPrefix(word, "-") && strings.HasSuffix(word, "c") && len(word) <= 5
}
