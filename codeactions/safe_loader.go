package codeactions

import (
	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/parser"
)

// safeLoads are PyYAML's functions that take any loader, and what reads the same documents
// without building objects.
var safeLoads = map[string]string{
	"yaml.load": "safe_load", "yaml.unsafe_load": "safe_load",
	"yaml.load_all": "safe_load_all", "yaml.unsafe_load_all": "safe_load_all",
}

// safeLoader reads YAML without code in it: yaml.load(f, Loader=yaml.Loader) → yaml.safe_load(f).
func safeLoader(d *draft, fix *sast.Fix) (title string, ok bool) {
	call := d.callAround(fix.Span)
	for call != nil && safeLoads[d.QName(call.Callee)] == "" { // the document may be a call, too
		call = d.callOver(call.Node)
	}
	if call == nil || len(call.Args) == 0 || len(call.Args) > 2 || call.Args[0].Name != "" || call.Args[0].Spread != 0 {
		return "", false
	}
	if len(call.Args) == 2 {
		loader := call.Args[1]
		if loader.Spread != 0 || loader.Name != "" && loader.Name != "Loader" {
			return "", false
		}
		d.removeArguments([]parser.NodeID{loader.Node})
	}
	instead := safeLoads[d.QName(call.Callee)]
	if name := d.AttributeName(call.Callee); name != parser.NoNode {
		d.replace(d.Span(name), instead)
	} else {
		local, ok := d.importName("yaml", instead, call.Node)
		if !ok {
			return "", false
		}
		d.replace(d.Span(call.Callee), local)
	}
	return "Read it with " + instead, true
}

// callOver is the innermost call that a node is part of, but for itself.
func (d *draft) callOver(n parser.NodeID) *parser.Call {
	for n = d.Parent(n); n != parser.NoNode; n = d.Parent(n) {
		if call := d.CallAt(n); call != nil {
			return call
		}
	}
	return nil
}
