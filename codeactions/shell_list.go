package codeactions

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/parser"
)

// shellSyntax are characters that mean something to a shell: a command with one of them
// needs it.
const shellSyntax = "|&;<>()$`\\\"'*?[]#~{}!\n"

// shellList runs a command without a shell: run(f"ls {x}", shell=True) → run(["ls", x]).
func shellList(d *draft, fix *sast.Fix) (title string, ok bool) {
	call := d.callAround(fix.Span)
	if call == nil || d.Language.IsScript() || len(call.Args) == 0 || call.Args[0].Name != "" {
		return "", false
	}
	shell := -1
	for i, a := range call.Args {
		if a.Name == "shell" && d.Slice(a.Value) == "True" {
			shell = i
		}
	}
	if shell <= 0 || !strings.HasPrefix(d.QName(call.Callee), "subprocess.") {
		return "", false
	}
	made, ok := d.textOf(call.Args[0].Value)
	if !ok {
		return "", false
	}
	parts, ok := d.pieces(made)
	if !ok {
		return "", false
	}
	words, ok := d.words(parts)
	if !ok {
		return "", false
	}
	d.replace(d.Span(made), "["+strings.Join(words, ", ")+"]")
	previous, at := d.Span(call.Args[shell-1].Node), d.Span(call.Args[shell].Node)
	at.Start = previous.End // the comma goes too
	d.remove(at)
	return "Run the command without a shell", true
}

// words are those of a command, each an expression. A value is one word, whatever it holds;
// one that touches other text becomes an f-string with it.
func (d *draft) words(parts []part) (words []string, ok bool) {
	var word []part
	end := func() {
		if len(word) == 1 && word[0].expr != parser.NoNode {
			words = append(words, d.Slice(word[0].expr))
		} else if len(word) > 0 {
			words = append(words, d.joined(word))
		}
		word = nil
	}
	for _, p := range parts {
		if p.expr != parser.NoNode {
			if strings.ContainsAny(d.Slice(p.expr), "\"'\n") && len(word) > 0 {
				return nil, false // quotes inside an f-string need Python 3.12
			}
			word = append(word, p)
			continue
		}
		if strings.ContainsAny(p.text, shellSyntax) {
			return nil, false
		}
		for i, w := range strings.Split(p.text, " ") {
			if i > 0 {
				end()
			}
			if w != "" {
				word = append(word, part{text: w, expr: parser.NoNode})
			}
		}
	}
	end()
	return words, len(words) > 1 && !strings.Contains(words[0], "=") // X=1 command
}

func (d *draft) joined(word []part) string {
	prefix, content := "", ""
	for _, p := range word {
		if p.expr != parser.NoNode {
			prefix = "f"
			content += "{" + d.Slice(p.expr) + "}"
		} else {
			content += p.text
		}
	}
	return prefix + `"` + content + `"`
}
