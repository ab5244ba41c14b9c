package effects

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// shell is the program that a call starts; nil where the row turns out not to fit.
func (v *view) shell(c *invocation, r *shellRow) *Shell {
	e := &Shell{ViaShell: r.shell == "yes"}
	if r.shell == "option" {
		n, open := v.option(c, "shell")
		if value, known := v.truth(n); value || !known || open && n == parser.NoNode && !v.Language.IsScript() && v.spreadHas(c) {
			e.ViaShell = true
		}
	}
	if template := v.Field(c.Node, parser.FieldArguments); v.Kind(template) == parser.KindTemplate { // $`…`
		e.set(v.text(template), "")
		return e
	}
	var words []texts
	n, _ := v.arg(c, r.command)
	switch {
	case r.code != "":
		if n == parser.NoNode && r.command.pos >= 0 && len(c.Args) == 0 {
			return nil
		}
		if r.code == "Function" { // its last argument is the code
			n = c.Args[len(c.Args)-1].Value
		}
		e.set(v.text(n), "")
		e.Program = r.code
		return e
	case r.program == "=":
		words = append(words, constant(c.name))
	case n == parser.NoNode:
		if object, _ := v.option(c, "cmd"); object != parser.NoNode {
			n = object
		}
	}
	if list := v.loopList(n); list >= 0 {
		t := texts{}
		for el := range v.Children(list) {
			t = t.or(commandOf(v.wordsOf(el)))
		}
		e.set(t, "")
		return e
	}
	if n != parser.NoNode {
		if object := v.dict(n); object != parser.NoNode { // Bun.spawn({cmd: […]})
			n = v.Property(object, "cmd")
		}
		words = append(words, v.wordsOf(n)...)
	}
	if a, _ := v.arg(c, r.args); a != parser.NoNode && v.dict(a) == parser.NoNode && v.Kind(v.Unwrap(a)) != parser.KindLambda {
		more := v.wordsOf(a)
		if strings.HasPrefix(c.name, "exec") && !v.Language.IsScript() && len(more) > 0 || strings.HasPrefix(c.name, "spawnv") || strings.HasPrefix(c.name, "posix_spawn") {
			more = more[1:] // argv[0] is the program's name
		}
		words = append(words, more...)
	} else if a, _ := v.option(c, "args"); a != parser.NoNode && c.name == "Command" {
		words = append(words, v.wordsOf(a)...)
	}
	if r.rest {
		for i := c.shift + len(words); i < len(c.Args); i++ {
			if a := &c.Args[i]; a.Name == "" {
				if a.Spread != 0 {
					words = append(words, v.wordsOf(a.Value)...)
					continue
				}
				words = append(words, v.text(a.Value))
			}
		}
		if r.program == "=" {
			words = append(words[:1:1], v.positional(c)...)
		}
	}
	if len(words) == 0 {
		words = []texts{unknownText}
	}
	all := commandOf(words)
	first := ""
	if len(words) > 1 || v.listOf(n) >= 0 {
		first = words[0].one()
	}
	e.set(all, first)
	if r.program != "" && r.program != "=" {
		e.Program = r.program
	}
	if len(words) > 2 && isShell(e.Program) && shellFlag(words[1].one()) {
		e.ViaShell = true
	}
	return e
}

// commandOf is a command of some words.
func commandOf(words []texts) texts {
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

// spreadHas reports whether **options are given whose keys are not known.
func (v *view) spreadHas(c *invocation) bool {
	for i := range c.Args {
		if c.Args[i].Spread == 2 && v.Eval(c.Args[i].Value).Kind != parser.Dict {
			return false // what **kwargs of a wrapper hold is its caller's matter
		}
	}
	return false
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

// set fills in what is known of a command. program is its first word, where that stands alone.
func (e *Shell) set(t texts, program string) {
	s := t.one()
	if len(t.values) > 1 { // several: what they begin with
		s = t.values[0]
		same := programOf(s, "")
		for _, other := range t.values[1:] {
			if programOf(other, "") != same {
				same, s = "", hole
				break
			}
			s = same + " " + hole
		}
		if same == "" {
			s = hole
		}
	}
	e.Command = show(s)
	e.Program = programOf(s, program)
	switch {
	case !strings.Contains(s, hole):
		e.Known = Full
	case strings.Trim(s, hole+" ") == "":
		e.Known, e.Command = None, Gap
	default:
		e.Known = Partial
	}
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
