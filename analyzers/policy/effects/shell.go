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
		if len(more) > 0 && !v.Language.IsScript() && (strings.HasPrefix(c.name, "exec") || strings.HasPrefix(c.name, "spawnv") || strings.HasPrefix(c.name, "posix_spawn")) {
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

// spreadHas reports whether **options are given whose keys are not known.
func (v *view) spreadHas(c *invocation) bool {
	for i := range c.Args {
		if c.Args[i].Spread == 2 && v.Eval(c.Args[i].Value).Kind != parser.Dict {
			return false // what **kwargs of a wrapper hold is its caller's matter
		}
	}
	return false
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
