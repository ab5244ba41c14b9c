package parser

import "github.com/qodacode/qodacode/parser/text"

// Import is one name that an import brings into a scope.
//
//	import a.b            Module "a.b", Name "",  Alias "a"    (Python: binds a)
//	import a.b as c       Module "a.b", Name "",  Alias "c"
//	from a import b as c  Module "a",   Name "b", Alias "c"
//	from a import *       Module "a",   Name "*", Alias ""
//	import x from 'm'     Module "m",   Name "default", Alias "x"
//	import * as x from 'm', const x = require('m'): Module "m", Name "", Alias "x"
//	import('m')           Module "m",   Name "", Alias "", Dynamic
type Import struct {
	Node     NodeID // the statement or the call
	Module   string // as written; relative ones keep their dots
	Name     string
	Alias    string
	Scope    ScopeID
	TypeOnly bool // import type …, or below if TYPE_CHECKING:
	Dynamic  bool // import('m'), importlib.import_module("m"), __import__("m")
}

// ScopeID is an index into File.Scopes; 0 is the module.
type ScopeID int32

// ScopeKind tells what opened a scope.
type ScopeKind uint8

// Kinds of scopes.
const (
	ModuleScope ScopeKind = iota
	FunctionScope
	ClassScope
	ComprehensionScope
	BlockScope // JavaScript's let and const
)

// Scope is a region in which names are defined.
type Scope struct {
	Kind   ScopeKind
	Node   NodeID
	Parent ScopeID // -1 for the module
}

// DefKind tells how a name got its value.
type DefKind uint8

// Kinds of definitions.
const (
	ImportDef    DefKind = iota // Index is the index into File.Imports
	AssignDef                   // Value is the expression
	ParamDef                    // Value is the default, Annotation the type; Index is the position
	LoopDef                     // target of a for or a comprehension; Value is the iterable, Path the part of each element
	WithDef                     // with VALUE as name
	FuncDef                     // Index is the index into File.Funcs
	ClassDef                    // Index is the index into File.Classes
	UnpackDef                   // part of a destructured Value; Path says which
	AugmentedDef                // name += value
	OtherDef                    // except … as name, del, global, match captures, type aliases
)

// Def is one definition of a name in a scope.
type Def struct {
	Name       string
	Kind       DefKind
	Scope      ScopeID
	Node       NodeID // the name itself
	Value      NodeID // NoNode where there is none
	Annotation NodeID // NoNode where there is none
	Path       string // UnpackDef: the key, or the index as digits
	Index      int32
	next       int32 // the next definition of the same name in the same scope, by position; -1 ends
}

// Arg is one argument of a call.
type Arg struct {
	Name   string // keyword, "" for a positional one
	Node   NodeID // the whole argument
	Value  NodeID // the expression
	Spread uint8  // 1 for *args and ...args, 2 for **kwargs
}

// Call is a call or a `new` expression.
type Call struct {
	Node   NodeID
	Callee NodeID // the expression that is called
	Name   string // its last segment: create in c.chat.completions.create; "" when it has none
	Args   []Arg
	Scope  ScopeID
	New    bool
}

// Func is a function, method, lambda or arrow function.
type Func struct {
	Node       NodeID
	Name       string // "" for a lambda; the variable's name for const f = () => …
	Scope      ScopeID
	Class      int32 // index into File.Classes of the class whose method it is; -1
	Params     []Def // by position; also in the scope
	Decorators []NodeID
	Returns    NodeID // annotation, or NoNode
	Body       NodeID
	Async      bool
}

// Class is a class definition.
type Class struct {
	Node       NodeID
	Name       string
	Scope      ScopeID // of its body
	Bases      []NodeID
	Decorators []NodeID
	Body       NodeID
}

// LoopKind tells loops apart.
type LoopKind uint8

// Kinds of loops.
const (
	ForLoop LoopKind = iota
	WhileLoop
	ComprehensionLoop
	CallbackLoop // xs.map(f), forEach, …: the callback's body runs once per element
)

// Loop is a construct that runs its body more than once.
type Loop struct {
	Node   NodeID
	Kind   LoopKind
	Target NodeID // what each element is bound to, or NoNode
	Iter   NodeID // what is iterated, or the condition of a while
	Body   NodeID
	Async  bool
}

// Comment is one comment with its marker. A block comment is one Comment.
type Comment struct {
	Node NodeID
	Span text.Span // of File.Text
}

// Str is a string literal; a template or f-string with slots too.
type Str struct {
	Node    NodeID
	Content text.Span // between the quotes
}

// ValueKind tells what a constant expression evaluates to.
type ValueKind uint8

// Kinds of values. Unknown is the zero value.
const (
	Unknown ValueKind = iota
	String
	Number
	Bool
	None     // None, null, undefined
	Template // a string with slots that are not constant
	List     // also tuples and sets
	Dict
)

// Value is what Eval could find out about an expression.
type Value struct {
	Kind    ValueKind
	Str     string // String: decoded
	Num     float64
	Bool    bool
	Parts   []Value // Template: String parts and Unknown slots, in order
	Elems   []Value // List; an Unknown element stands for anything
	Entries []Entry // Dict, in order
	// Node is the literal that the value comes from, where one edit of that literal changes
	// it; otherwise the expression that was asked for.
	Node NodeID
	// Default marks a fallback, used when the environment or the caller gives none:
	// os.getenv("M", "gpt-4o"), process.env.M ?? 'gpt-4o', a parameter's default.
	Default bool
}

// Entry is one key of a Dict; Spread entries (**x, ...x) that could not be resolved have Unknown keys.
type Entry struct {
	Key   Value
	Value Value
}
