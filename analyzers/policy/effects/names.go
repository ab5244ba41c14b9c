package effects

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// spell is the name of what n leads to, from the imports on and without the brackets of
// calls: sqlite3.connect.cursor.execute. An index is spelled as a member. What the language
// has by itself goes by its name (open, fetch), what the file defines begins with ~.
func (v *view) spell(n parser.NodeID) string {
	defer v.ask()()
	return v.spellAt(n, maxDepth)
}

// ask begins a question about a name, which has a number of steps; one within another shares them.
func (v *view) ask() (end func()) {
	if v.asking {
		return func() {}
	}
	v.asking, v.steps = true, maxSteps
	return func() { v.asking = false }
}

// spellAt is spell within a question.
func (v *view) spellAt(n parser.NodeID, depth int) string {
	v.steps--
	v.total--
	if n < 0 || depth <= 0 || v.steps <= 0 || v.total <= 0 {
		return "~"
	}
	switch n = v.Unwrap(n); v.Kind(n) {
	case parser.KindIdentifier, parser.KindShorthand:
		return v.spellName(n, depth)
	case parser.KindThis:
		return "~this"
	case parser.KindAttribute:
		object, name := v.Field(n, parser.FieldObject), v.Slice(v.AttributeName(n))
		if !v.IsSelf(object) {
			q := v.spellAt(object, depth-1)
			if name == "default" && v.Language.IsScript() {
				return q
			}
			return q + "." + name
		}
		if q := v.clean(v.QName(n)); q != "" {
			return q
		}
		if class := v.ClassAround(n); class != nil {
			for _, d := range v.Members(class, name) {
				if (d.Kind == parser.AssignDef || d.Kind == parser.ParamDef) && d.Value >= 0 && v.Kind(v.Unwrap(d.Value)) != parser.KindNone {
					if q := v.spellAt(d.Value, depth-1); !strings.HasPrefix(q, "~") {
						return q
					}
				}
			}
			if len(v.Members(class, name)) == 0 {
				if of := v.baseOf(class, depth-1); of != "" {
					return of + "." + name
				}
			}
		}
		return "~self." + name
	case parser.KindSubscript:
		key := "[]"
		index := v.Field(n, parser.FieldSubscript)
		if index == parser.NoNode {
			index = v.Field(n, parser.FieldIndex)
		}
		if x := v.Eval(index); x.Kind == parser.String && !x.Default && isWord(x.Str) {
			key = x.Str
		}
		return v.spellAt(v.FirstChild(n), depth-1) + "." + key
	case parser.KindCall:
		callee := v.Field(n, parser.FieldFunction)
		q := v.spellAt(callee, depth-1)
		switch {
		case wrappers[q] || interop[last(strings.TrimLeft(q, "~"))]:
			if c := v.CallAt(n); c != nil && len(c.Args) > 0 {
				return v.spellAt(c.Args[0].Value, depth-1)
			}
		case q == "getattr":
			if c := v.CallAt(n); c != nil && len(c.Args) > 1 {
				if x := v.Eval(c.Args[1].Value); x.Kind == parser.String && isWord(x.Str) {
					return v.spellAt(c.Args[0].Value, depth-1) + "." + x.Str
				}
			}
		case q == "require" || q == "importlib.import_module" || q == "__import__":
			if q := v.clean(v.QName(n)); q != "" {
				return q
			}
			if c := v.CallAt(n); c != nil && len(c.Args) == 1 {
				if x := v.Eval(c.Args[0].Value); x.Kind == parser.String && !x.Default {
					return v.clean(x.Str)
				}
			}
		}
		if strings.HasPrefix(q, "~") || v.modules != nil {
			if q := v.clean(v.QName(n)); q != "" { // what a function of the project returns
				return q
			}
		}
		return q
	case parser.KindNew:
		return v.spellAt(v.Field(n, parser.FieldConstructor), depth-1)
	case parser.KindBinary, parser.KindConditional:
		if q := v.clean(v.QName(n)); q != "" {
			return q
		}
	case parser.KindString, parser.KindTemplate:
		return "~text"
	case parser.KindOther:
		if s := v.Slice(n); s == "import.meta" {
			return s
		}
	}
	if strings.HasPrefix(v.Slice(n), "import") && len(v.Slice(n)) == len("import") {
		return "import"
	}
	return "~"
}

func (v *view) spellName(n parser.NodeID, depth int) string {
	name := v.Slice(n)
	// process.env.A = 1 changes process, and does not define it.
	defs := slices.DeleteFunc(v.DefsOf(n), func(d *parser.Def) bool { return d.Kind == parser.AugmentedDef })
	q := ""
	if own := v.ownDefs(name, defs); len(own) == len(defs) {
		if len(defs) > 1 { // each may lead to as many more
			v.steps -= maxSteps / 8
		}
		if q = v.clean(v.QName(n)); q != "" && !wrappers[q] {
			return q
		}
	} else {
		defs = own
	}
	if len(defs) == 0 {
		return name
	}
	found := ""
	for _, d := range defs {
		of := ""
		switch d.Kind {
		case parser.AssignDef, parser.WithDef:
			if d.Value >= 0 && !v.Within(n, d.Value) {
				of = v.spellAt(d.Value, depth-1)
			}
		case parser.UnpackDef:
			if d.Path != "" && v.Language.IsScript() && d.Value >= 0 {
				of = v.spellAt(d.Value, depth-1) + "." + d.Path
			}
		case parser.ClassDef: // a class goes by what it is made of
			of = v.baseOf(&v.Classes[d.Index], depth)
		case parser.LoopDef:
			of = v.spellElement(d, depth)
		case parser.ImportDef: // try: import a except ImportError: import b as a
			if found != "" {
				continue
			}
			imp := &v.Imports[d.Index]
			if of = imp.Module; imp.Name != "" {
				of += "." + imp.Name
			}
			of = v.clean(of)
		case parser.ParamDef:
			if of = v.clean(v.QName(v.FirstChild(d.Annotation))); of == "" || strings.HasPrefix(of, "typing.") {
				of = v.callbackParameter(d, depth)
			}
		}
		if of != "" && of[0] != '~' && (found == "" || found == of) {
			found = of
		} else if of != "" && of[0] != '~' {
			return "~" + name
		} else if of != "" && len(defs) == 1 {
			return "~" + name + strings.TrimLeft(of[min(len(of), max(0, strings.IndexByte(of, '.'))):], "~")
		}
	}
	if found == "" {
		found = q
	}
	if found != "" {
		return found
	}
	return "~" + name
}

// ownDefs are those definitions of a name whose value is not made of the name itself, as
// that of text = text.replace("a", "b") is: such a value says nothing new, and following each
// to all before it takes a time that doubles with each.
func (v *view) ownDefs(name string, defs []*parser.Def) []*parser.Def {
	if len(defs) < 2 {
		return defs
	}
	own := make([]*parser.Def, 0, len(defs))
	for _, d := range defs {
		n := d.Value
		for k := v.Kind(v.Unwrap(n)); k == parser.KindCall || k == parser.KindAttribute || k == parser.KindSubscript; k = v.Kind(v.Unwrap(n)) {
			n = v.FirstChild(v.Unwrap(n))
		}
		if n = v.Unwrap(n); d.Kind != parser.AssignDef || v.Kind(n) != parser.KindIdentifier || v.Slice(n) != name {
			own = append(own, d)
		}
	}
	return own
}

// baseOf is the name of the library's class that a class of the file is made of, "" for none.
func (v *view) baseOf(class *parser.Class, depth int) string {
	for _, base := range class.Bases {
		if v.Within(base, class.Body) || v.Slice(base) == class.Name {
			continue
		}
		if q := v.spellAt(base, depth-1); known(q) {
			return q
		}
	}
	return ""
}

// elementsOf are methods of paths that give paths.
var elementsOf = set("glob rglob iterdir")

// spellElement is the name of the class of a loop's target, where it is known.
func (v *view) spellElement(d *parser.Def, depth int) string {
	if d.Path != "" {
		return ""
	}
	if q := v.spellAt(v.unsorted(d.Value), depth-1); strings.HasPrefix(q, "pathlib.Path") && elementsOf[last(q)] {
		return "pathlib.Path"
	}
	return ""
}

// unsorted is the iterable in sorted(x), list(x).
func (v *view) unsorted(n parser.NodeID) parser.NodeID {
	for range 3 {
		c := v.CallAt(v.Unwrap(n))
		if c == nil || len(c.Args) == 0 {
			break
		}
		switch v.Slice(c.Callee) {
		case "sorted", "list", "reversed", "set", "tuple", "tqdm":
			n = c.Args[0].Value
			continue
		}
		break
	}
	return n
}

// contexts are decorators whose functions get an object of a class as their first parameter.
var contexts = map[string]string{"invoke.task": "invoke.Context", "invoke.tasks.task": "invoke.Context", "fabric.task": "fabric.Connection"}

// callbackParameter is what a library gives to a function that is passed to it, as the
// method that it is passed to is called: tx in db.transaction(tx => …) is db.transaction.
func (v *view) callbackParameter(d *parser.Def, depth int) string {
	fn := v.EnclosingFunc(d.Node)
	if fn != nil && d.Index == 0 {
		for _, dec := range fn.Decorators {
			n := v.FirstChild(dec)
			if v.Kind(dec) != parser.KindDecorator {
				n = dec
			}
			if of := contexts[v.spellAt(n, depth-1)]; of != "" {
				return of
			}
		}
	}
	if fn == nil || d.Index != 0 || v.Kind(fn.Node) != parser.KindLambda {
		return ""
	}
	args := v.Parent(fn.Node)
	if c := v.CallAt(v.Parent(args)); c != nil && v.Kind(args) == parser.KindArguments {
		return v.spellAt(c.Callee, depth-1)
	}
	return ""
}

// wrappers are functions whose result is called as their first argument is.
var wrappers = set("util.promisify functools.partial")

// interop are the helpers that compilers put around require.
var interop = set("__importStar __importDefault _interopRequireDefault _interopRequireWildcard _interopDefault _interopNamespace __toESM _interopDefaultLegacy")

// clean is a qualified name without the brackets of calls, the default of imports and the
// prefix of Node's own modules, and as the file that defines it would say it.
func (v *view) clean(q string) string {
	if q == "" {
		return ""
	}
	q = v.rebase(q)
	if strings.Contains(q, "()") {
		q = strings.ReplaceAll(q, "()", "")
	}
	if v.Language.IsScript() {
		q = strings.TrimPrefix(strings.TrimPrefix(q, "node:"), "npm:")
		if i := strings.Index(q, ".default"); i >= 0 {
			if rest := q[i+len(".default"):]; rest == "" || rest[0] == '.' {
				q = q[:i] + rest
			}
		}
	}
	return q
}

// isWord reports whether s can be a member's name.
func isWord(s string) bool {
	for _, c := range s {
		if c != '_' && c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return s != ""
}

// last is the last segment of a dotted name.
func last(q string) string { return q[strings.LastIndexByte(q, '.')+1:] }
