package guards

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// asking is how a function asks a person.
type asking uint8

const (
	asksNobody asking = iota
	agrees            // its result is true when they agree
	answers           // its result is the text they type, or an object with their answers
	chooses           // its result is what they choose of what they are shown: a button
	pauses            // it does not return unless they let it: it waits, exits or raises
	mayAsk            // by its name, it may be one
	mayPause
)

// askers are functions of libraries that ask a person, by qualified name; where a name ends in "()" it
// is a method of the result.
var askers = map[string]asking{
	// Python
	"input": answers, "builtins.input": answers, "raw_input": answers,
	"click.confirm": agrees, "typer.confirm": agrees, "click.prompt": answers, "typer.prompt": answers, "asyncclick.confirm": agrees,
	"rich.prompt.Confirm.ask": agrees, "rich.prompt.Prompt.ask": answers, "rich.prompt.Confirm": agrees,
	"questionary.confirm": agrees, "questionary.select": answers, "questionary.text": answers, "questionary.prompt": answers,
	"inquirer.confirm": agrees, "inquirer.prompt": answers, "inquirer.list_input": answers, "inquirer.text": answers,
	"InquirerPy.inquirer.confirm": agrees, "InquirerPy.prompt": answers, "InquirerPy.inquirer.select": answers,
	"prompt_toolkit.prompt": answers, "prompt_toolkit.shortcuts.confirm": agrees, "prompt_toolkit.shortcuts.prompt": answers, "prompt_toolkit.shortcuts.yes_no_dialog": agrees,
	"tkinter.messagebox.askyesno": agrees, "tkinter.messagebox.askokcancel": agrees, "tkinter.messagebox.askquestion": answers, "tkinter.simpledialog.askstring": answers,
	"langgraph.types.interrupt": pauses, "langgraph.types.interrupt.interrupt": pauses,
	"chainlit.AskActionMessage": answers, "chainlit.AskUserMessage": answers, "aioconsole.ainput": answers,
	"humanlayer.HumanLayer.fetch_approval": pauses,
	// JavaScript
	"@langchain/langgraph.interrupt": pauses, "@langchain/langgraph/web.interrupt": pauses,
	"window.confirm": agrees, "globalThis.confirm": agrees, "window.prompt": answers,
	"@inquirer/prompts.confirm": agrees, "@inquirer/confirm.default": agrees, "@inquirer/prompts.input": answers, "@inquirer/prompts.select": answers,
	"inquirer.default.prompt": answers, "prompts.default": answers, "prompts": answers, "enquirer.prompt": answers, "enquirer.default.prompt": answers,
	"@clack/prompts.confirm": agrees, "@clack/prompts.text": answers, "@clack/prompts.select": answers,
	"readline-sync.keyInYN": agrees, "readline-sync.keyInYNStrict": agrees, "readline-sync.question": answers, "readline-sync.default.keyInYN": agrees, "readline-sync.default.question": answers,
	"vscode.window.showWarningMessage": chooses, "vscode.window.showInformationMessage": chooses, "vscode.window.showQuickPick": answers, "vscode.window.showInputBox": answers,
	"electron.dialog.showMessageBox": chooses, "electron.dialog.showMessageBoxSync": chooses, "yesno.default": agrees, "yesno": agrees,
}

// asker is how a call asks a person, by what it resolves to or else by its name.
func (a *analysis) asker(c *parser.Call) asking {
	how, ok := a.askers[c.Node]
	if !ok {
		how = a.newAsker(c)
		a.askers[c.Node] = how
	}
	return how
}

func (a *analysis) newAsker(c *parser.Call) asking {
	q := strings.TrimSuffix(a.QName(c.Callee), "()")
	if q == "" && a.Kind(a.Unwrap(c.Callee)) == parser.KindIdentifier && len(a.DefsOf(a.Unwrap(c.Callee))) == 0 {
		switch name := a.Slice(a.Unwrap(c.Callee)); {
		case name == "input" && !a.Language.IsScript(), name == "prompt" && a.Language.IsScript():
			return answers
		case name == "confirm" && a.Language.IsScript():
			return agrees
		}
	}
	if q == "" && c.Name == "confirm" && a.Slice(c.Callee) == "window.confirm" {
		return agrees
	}
	if how, ok := askers[q]; ok {
		if how == agrees && a.aborts(c) {
			return pauses
		}
		return how
	}
	if (c.Name == "question" || c.Name == "ask") && strings.Contains(q, "readline") {
		return answers
	}
	if (c.Name == "question" || c.Name == "questionAsync") && a.Language.IsScript() && len(c.Args) > 0 {
		return answers
	}
	if elicits[c.Name] && a.Kind(a.Unwrap(c.Callee)) == parser.KindAttribute {
		return chooses
	}
	if q != "" && strings.HasPrefix(q, "langgraph.") && c.Name == "interrupt" {
		return pauses
	}
	return a.askerByName(c)
}

// askingObjects are names of what shows a question to a person.
var askingObjects = set(`ui io console cli prompt prompts prompter prompting terminal term dialog dialogs approver approvers approval approvals reviewer human humans user operator
	window hitl gate modal p inquirer questionary confirm interaction interactive layer slack tui shell view`)

// elicits are methods of the Model Context Protocol that show a person a question.
var elicits = set(`elicit elicit_input elicitInput`)

// approvers are names of what asks a person for an approval, and approverMethods their methods that do.
var (
	approvers       = set(`approval approvals approver approvers hitl human confirmation confirmations`)
	approverMethods = set(`ask request prompt review confirm approve seek obtain`)
)

// aborts is click.confirm(…, abort=True).
func (a *analysis) aborts(c *parser.Call) bool {
	arg, ok := a.Argument(c, "abort", 2)
	return ok && a.Kind(a.Unwrap(arg.Value)) == parser.KindTrue
}

// askerByName judges a function that can't be looked into.
func (a *analysis) askerByName(c *parser.Call) asking {
	words := lowerWords(c.Name)
	if len(words) == 0 || c.New || c.Name[0] >= 'A' && c.Name[0] <= 'Z' { // an object is made
		return asksNobody
	}
	object := a.Field(a.Unwrap(c.Callee), parser.FieldObject)
	machine := anyOf(words, machineWords) || object != parser.NoNode && anyOf(lowerWords(a.nameOf(object)), machineWords)
	how := askerName(words)
	if how == asksNobody && object != parser.NoNode && anyOf(lowerWords(a.nameOf(object)), approvers) {
		switch {
		case enforceWords[words[0]]:
			how = pauses
		case approverMethods[words[0]]:
			how = agrees
		}
	}
	if how == agrees && len(words) == 1 && object != parser.NoNode && !a.IsSelf(object) && !anyOf(lowerWords(a.nameOf(object)), askingObjects) {
		return mayAsk // order.approve() may be what a person does with an order
	}
	if machine {
		switch how {
		case agrees:
			return mayAsk
		case pauses:
			return mayPause
		}
	}
	return how
}

// linkWords stand between the words of a name without a meaning of their own.
var linkWords = set(`for of a the my and or`)

// askerName is what the words of a function's name say.
func askerName(words []string) asking {
	joined := strings.Join(words, "_")
	for _, phrase := range []string{"human_in_the_loop", "ask_human", "human_approv"} {
		if strings.Contains(joined, phrase) && len(words) <= 5 && !tellWords[words[0]] && !anyOf(words, autoWords) {
			if enforceWords[words[0]] {
				return pauses
			}
			return agrees
		}
	}
	at := slices.IndexFunc(words, func(w string) bool { return approvalWords[w] })
	switch {
	case joined == "hitl":
		return agrees
	case joined == "get_human_input" || joined == "a_get_human_input" || joined == "get_user_input" || joined == "prompt_user" || joined == "ask_user" || joined == "ask_operator":
		return answers
	case at < 0 && len(words) > 1 && seekWords[words[0]] && words[len(words)-1] == "permission":
		return agrees
	case at < 0, tellWords[words[0]], demandName(words, at),
		anyOf(words[:at], autoWords), anyOf(words[at+1:], businessWords), anyOf(words[at+1:], machineWords):
		return asksNobody
	}
	for i, w := range words {
		before := i < at && (askWords[w] || linkWords[w])
		if !before && !approvalWords[w] && !actionWords[w] && !personWords[w] {
			return mayAsk
		}
	}
	if enforceWords[words[0]] {
		return pauses
	}
	return agrees
}

// seekWords begin the names of functions that ask a person for permission; those that check or require one
// look up rights.
var seekWords = set(`ask request prompt seek await`)

// demandName reports whether a name asks if an approval is needed: needs_approval, check_require_confirmation.
func demandName(words []string, at int) bool {
	for i, w := range words {
		switch w {
		case "needs", "need", "needed", "required", "should", "must", "requires":
			return true
		case "require":
			if i > 0 && i < at {
				return true
			}
		}
	}
	return false
}

// escapes are what would read as words.
var escapes = strings.NewReplacer(`\n`, " ", `\t`, " ", `\r`, " ")

// asksFor reports whether the texts of a call have one of words.
func (a *analysis) asksFor(c *parser.Call, words map[string]bool) bool {
	for i, arg := range c.Args {
		if i > 2 {
			break
		}
		s := a.Slice(arg.Value)
		if len(s) > 2000 {
			s = s[:2000]
		}
		s = escapes.Replace(s)
		for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r > 127) }) {
			if words[w] {
				return true
			}
		}
	}
	return false
}
