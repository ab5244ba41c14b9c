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
	if call == nil || len(call.Args) == 0 || call.Args[0].Name != "" || call.Args[0].Spread != 0 {
		return "", false
	}
	if d.Language.IsScript() {
		return d.execFile(call)
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
	made, words, ok := d.commandWords(call.Args[0].Value)
	if !ok {
		return "", false
	}
	d.replace(d.Span(made), "["+strings.Join(words, ", ")+"]")
	previous, at := d.Span(call.Args[shell-1].Node), d.Span(call.Args[shell].Node)
	at.Start = previous.End // the comma goes too
	d.remove(at)
	return "Run the command without a shell", true
}

// commandWords are the words of the command that an argument is, and where it is put together.
func (d *draft) commandWords(arg parser.NodeID) (made parser.NodeID, words []string, ok bool) {
	if made, ok = d.textOf(arg); !ok {
		return made, nil, false
	}
	parts, ok := d.pieces(made)
	if !ok {
		return made, nil, false
	}
	words, ok = d.words(parts)
	return made, words, ok
}

// execFile runs a command of Node without a shell: exec(`ls ${x}`, f) → execFile('ls', [x], f).
func (d *draft) execFile(call *parser.Call) (title string, ok bool) {
	instead := map[string]string{"exec": "execFile", "execSync": "execFileSync"}[call.Name]
	module := strings.TrimSuffix(d.QName(call.Callee), "."+call.Name)
	if instead == "" || module != "child_process" && module != "node:child_process" {
		return "", false
	}
	made, words, ok := d.commandWords(call.Args[0].Value)
	if !ok || d.Unwrap(call.Args[0].Value) != made { // a name would have to become two
		return "", false
	}
	if name := d.AttributeName(call.Callee); name != parser.NoNode {
		d.replace(d.Span(name), instead)
	} else {
		local, ok := d.importName(module, instead, call.Node)
		if !ok {
			return "", false
		}
		d.replace(d.Span(call.Callee), local)
	}
	d.replace(d.Span(made), words[0]+", ["+strings.Join(words[1:], ", ")+"]")
	return "Run the program without a shell", true
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
			if strings.ContainsAny(d.Slice(p.expr), "\"'`\n") {
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
	script := d.Language.IsScript()
	prefix, quote, content := "", `"`, ""
	if script {
		quote = "'"
	}
	for _, p := range word {
		switch {
		case p.expr == parser.NoNode:
			content += p.text
		case script:
			quote = "`"
			content += "${" + d.Slice(p.expr) + "}"
		default:
			prefix = "f"
			content += "{" + d.Slice(p.expr) + "}"
		}
	}
	return prefix + quote + content + quote
}
