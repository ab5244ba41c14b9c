package guards

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// uses is how a function is used in its file.
type uses struct {
	calls   []parser.NodeID
	mapped  []parser.NodeID // where it is given to map and its likes
	escapes bool            // it is also given away, or called from outside
	export  bool
}

// maxCallers is how many calls of a function are looked at.
const maxCallers = 24

// callers is in which worlds the calls of a function in its file stand, where these are all that are known.
func (a *analysis) callers(fn *parser.Func) reach {
	if fn.Name == "" || a.calledFromOutside(fn) {
		return always
	}
	u := a.usesOf(fn)
	if u == nil || u.escapes || len(u.calls) == 0 || len(u.calls) > maxCallers {
		return always
	}
	r := never
	for _, c := range u.calls {
		if r = r.or(a.reach(c)); r.mask == everything {
			return r
		}
	}
	if r.mask == 0 && a.session.entering == 1 { // only functions call it that nobody calls
		return always
	}
	if u.export {
		r = r.later()
		for who := range 3 { // the environment, too, is another caller's
			if r.in(unasked, who) {
				r.mask |= 1<<(3*production+who) | 1<<(3*other+who)
			}
		}
	}
	return r
}

// harmless decorators leave who calls a function as it is.
var harmless = set(`staticmethod classmethod property cache lru_cache cached_property wraps retry traceable observe trace traced span timed log_call contextmanager
	asynccontextmanager override overload abstractmethod on_exception on_predicate sleep_and_retry limits timeout deprecated njit final typechecked`)

// frameworkMethods are methods that a framework calls on subclasses of its classes.
var frameworkMethods = set(`_run _arun _call _acall _execute _invoke _process _generate _agenerate`)

// calledFromOutside reports whether others than this file call a function: a framework that it is registered with.
func (a *analysis) calledFromOutside(fn *parser.Func) bool {
	for _, d := range a.decorators(fn) {
		name := a.nameOf(d)
		if !harmless[name] && !anyOf(lowerWords(name), approvalWords) && !anyOf(lowerWords(name), limiterWords) {
			return true
		}
	}
	if fn.Class >= 0 && len(a.Classes[fn.Class].Bases) > 0 {
		return !strings.HasPrefix(fn.Name, "_") && !strings.HasPrefix(fn.Name, "#") && !a.Language.IsScript() || frameworkMethods[fn.Name] || strings.HasPrefix(fn.Name, "__")
	}
	return false
}

func (a *analysis) usesOf(fn *parser.Func) *uses {
	if a.sites == nil {
		a.findUses()
	}
	return a.sites[fn.Node]
}

// findUses looks at all calls and mentions of the functions of the file.
func (a *analysis) findUses() {
	a.sites, a.tables = map[parser.NodeID]*uses{}, map[parser.NodeID][]parser.NodeID{}
	named := map[string][]*parser.Func{}
	for i := range a.Funcs {
		fn := &a.Funcs[i]
		if fn.Name == "" {
			continue
		}
		u := &uses{export: a.exported(fn)}
		a.sites[fn.Node] = u
		named[fn.Name] = append(named[fn.Name], fn)
	}
	for i := range a.Calls {
		c := &a.Calls[i]
		same := named[c.Name]
		if len(same) == 0 {
			continue
		}
		if g := a.FuncOf(c.Callee); g != nil {
			if u := a.sites[g.Node]; u != nil {
				u.calls = append(u.calls, c.Node)
			}
			continue
		}
		method := a.Kind(a.Unwrap(c.Callee)) == parser.KindAttribute
		for _, g := range same {
			switch u := a.sites[g.Node]; {
			case method && g.Class >= 0: // of an object whose class isn't known
				u.calls = append(u.calls, c.Node)
			case !method && g.Class < 0:
				u.escapes = true
			}
		}
	}
	a.findMentions(named)
}

// findMentions marks the functions that are used otherwise than by calling them.
func (a *analysis) findMentions(named map[string][]*parser.Func) {
	for i := range a.Nodes {
		n := parser.NodeID(i)
		k := a.Kind(n)
		if k != parser.KindIdentifier && k != parser.KindShorthand {
			continue
		}
		same := named[a.Slice(n)]
		if len(same) == 0 {
			continue
		}
		p := a.Parent(n)
		attribute := a.Kind(p) == parser.KindAttribute && a.AttributeName(p) == n
		whole := n
		if attribute {
			whole = p
		}
		if a.isCallee(whole) || !attribute && a.isNameOf(n, p) {
			continue
		}
		for _, g := range same {
			if attribute != (g.Class >= 0) {
				continue
			}
			if _, ok := a.mapped(whole); ok {
				a.sites[g.Node].mapped = append(a.sites[g.Node].mapped, whole)
			}
			if !a.dispatched(whole, a.sites[g.Node]) {
				a.sites[g.Node].escapes = true
			}
		}
	}
}

func (a *analysis) isCallee(n parser.NodeID) bool {
	p := a.Parent(n)
	return a.Field(p, parser.FieldFunction) == n && a.Kind(p) == parser.KindCall
}

// isNameOf reports whether n only names something: a definition, a keyword, a key, an import.
func (a *analysis) isNameOf(n, p parser.NodeID) bool {
	switch a.Kind(p) {
	case parser.KindFunction, parser.KindMethod, parser.KindDeclarator, parser.KindFieldDefinition, parser.KindKeywordArgument, parser.KindClass:
		return a.Field(p, parser.FieldName) == n || a.Field(p, parser.FieldProperty) == n
	case parser.KindPair:
		return a.Field(p, parser.FieldKey) == n
	case parser.KindImportSpecifier, parser.KindDottedName, parser.KindParameters, parser.KindParameter:
		return true
	}
	return false
}

// exported reports whether an export stands in front of a function or what it is assigned to.
func (a *analysis) exported(fn *parser.Func) bool {
	if !a.Language.IsScript() {
		return false
	}
	n := fn.Node
	for range 4 {
		n = a.Parent(n)
		switch a.Kind(n) {
		case parser.KindExport:
			return true
		case parser.KindBlock, parser.KindModule:
			return false
		}
	}
	return false
}
