package codeactions

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/parser"
)

// pathGuard puts a check in front of the statement that uses a path made of a folder and a
// name from outside: it must stay in the folder.
func pathGuard(d *draft, fix *sast.Fix) (title string, ok bool) {
	call := d.callAround(fix.Span)
	if call == nil {
		return "", false
	}
	if d.Language.IsScript() {
		return d.scriptGuard(call)
	}
	for _, arg := range call.Args {
		folder, ok := d.folderOf(d.valueOf(arg.Value))
		if !ok {
			continue
		}
		statement := d.statementAround(call.Node)
		indent, first := indentAt(d.Text, d.Span(statement).Start)
		class, imported := d.importName("pathlib", "Path", call.Node)
		if !first || !imported || strings.Contains(d.Slice(arg.Value), "\n") {
			return "", false
		}
		eol := d.Text.EOL()
		d.insert(d.Span(statement).Start, "if not "+class+"("+d.Slice(arg.Value)+").resolve().is_relative_to("+class+"("+folder+").resolve()):"+eol+
			indent+d.indentUnit()+`raise ValueError("the path leads out of its folder")`+eol+indent)
		return "Refuse paths that lead out of the folder", true
	}
	return "", false
}

// scriptGuard is the check for Node: path.join(folder, name) must begin with the folder.
func (d *draft) scriptGuard(call *parser.Call) (title string, ok bool) {
	for _, arg := range call.Args {
		joined := d.CallAt(d.Unwrap(d.valueOf(arg.Value)))
		if joined == nil || len(joined.Args) < 2 {
			continue
		}
		q := d.QName(joined.Callee)
		module := strings.TrimSuffix(strings.TrimSuffix(q, ".join"), ".resolve")
		if module == q || module != "path" && module != "node:path" {
			continue
		}
		object := d.Field(joined.Callee, parser.FieldObject)
		statement := d.statementAround(call.Node)
		indent, first := indentAt(d.Text, d.Span(statement).Start)
		if object == parser.NoNode || !first || strings.Contains(d.Slice(arg.Value), "\n") {
			return "", false
		}
		path, folder, eol := d.Slice(object), d.Slice(joined.Args[0].Value), d.Text.EOL()
		quote := d.quote()
		d.insert(d.Span(statement).Start, "if (!"+path+".resolve("+d.Slice(arg.Value)+").startsWith("+path+".resolve("+folder+") + "+path+".sep)) {"+eol+
			indent+d.indentUnit()+"throw new Error("+quote+"the path leads out of its folder"+quote+");"+eol+indent+"}"+eol+indent)
		return "Refuse paths that lead out of the folder", true
	}
	return "", false
}

// folderOf is the folder that a path is made of: os.path.join(folder, …), folder / ….
func (d *draft) folderOf(n parser.NodeID) (folder string, ok bool) {
	n = d.Unwrap(n)
	if call := d.CallAt(n); call != nil {
		if len(call.Args) < 2 || d.QName(call.Callee) != "os.path.join" {
			return "", false
		}
		return d.Slice(call.Args[0].Value), true
	}
	if d.Kind(n) != parser.KindBinary || d.Slice(d.Field(n, parser.FieldOperator)) != "/" {
		return "", false
	}
	folder = d.Slice(d.Field(n, parser.FieldLeft))
	return folder, !strings.Contains(folder, "\n")
}

// valueOf is the one value of a name, or n itself.
func (d *draft) valueOf(n parser.NodeID) parser.NodeID {
	if n = d.Unwrap(n); d.Kind(n) == parser.KindIdentifier {
		if defs := d.DefsOf(n); len(defs) == 1 && defs[0].Kind == parser.AssignDef && defs[0].Value != parser.NoNode {
			return defs[0].Value
		}
	}
	return n
}

// statementAround is the statement that n stands in, with the blocks that belong to it.
func (d *draft) statementAround(n parser.NodeID) parser.NodeID {
	for p := d.Parent(n); p != parser.NoNode; n, p = p, d.Parent(p) {
		if k := d.Kind(p); k == parser.KindBlock || k == parser.KindModule {
			return n
		}
	}
	return n
}

// indentUnit is what a block of the file is indented by.
func (d *draft) indentUnit() string {
	for i := range d.Funcs {
		first := d.FirstChild(d.Funcs[i].Body)
		outer, _ := indentAt(d.Text, d.Span(d.Funcs[i].Node).Start)
		inner, alone := indentAt(d.Text, d.Span(first).Start)
		if unit, ok := strings.CutPrefix(inner, outer); ok && alone && unit != "" {
			return unit
		}
	}
	return "    "
}
