package tree

// Kind is what a node is.
type Kind uint8

// Kinds of nodes. Each comment lists the children by their roles, in order; ? may be absent,
// * may repeat. Roles that are not named are Elem.
const (
	Invalid Kind = iota
	Other        // any syntax that has no kind of its own; children as they come

	// Expressions.
	Ident    // a name, also one behind a dot, of a keyword argument, a parameter, a function
	Attr     // a.b, a?.b: Object, Name
	Call     // f(…): Callee, Arg*; an Arg is an expression, KwArg, Spread or KwSpread
	New      // new F(…): Callee, Arg*
	KwArg    // name=value: Name, Value
	Spread   // *x, ...x: Value
	KwSpread // **x: Value
	Index    // a[b]: Object, Arg*
	Slice    // a:b:c inside an Index: Low?, High?, Step?
	String   // a constant string, of any quotes and prefix, without slots; see Content
	Template // an f-string or template string: Part* of StringPart and expressions; a tagged one is a Call with it as Arg
	StringPart
	Concat // "a" "b" side by side: Part*
	Number
	Bool
	Null // None, null, undefined
	Regex
	Dots    // Python's ... as a value
	List    // Elem*
	Tuple   // Elem*
	Set     // Elem*
	Dict    // Elem* of Pair, Spread, KwSpread, Func (a method in an object)
	Pair    // key: value: Key, Value; of {x} both are x. A key in object syntax is an Ident, String or, computed, an expression
	Lambda  // lambda, arrow function, function expression: Name?, Param*, Returns?, Body (a Block; an expression is a Return in it with Implicit)
	Param   // Name? (an Ident or a destructuring List or Dict), Type?, Default?; flags Star, DoubleStar
	Binary  // arithmetic, comparison, and/or/in/instanceof/…: Left, Right; Python's a < b < c is an Other
	Unary   // not, -, typeof, delete, !: Value
	Cond    // a if c else b, c ? a : b: Test, Then, Else
	Await   // Value
	Yield   // Value?; flag Star for yield from, yield*
	Assign  // a = b, const a = b, a: T = b, a := b, a class field: Target, Type?, Value?; Op tells const, let, var, field; NoOp for a default in a destructuring target
	Augment // a += b: Target, Value
	Update  // i++: Value
	Comp    // a comprehension or generator: Elem (or Pair), CompFor*; Op tells list, set, dict, generator
	CompFor // Target, Iter, Test*
	Type    // an annotation, as one expression where it is one: Elem
	JSX     // Name? (none for a fragment), Attr* of JSXAttr and Spread, Elem* of JSXText, JSX and expressions
	JSXAttr // Name, Value?
	JSXText

	// Statements.
	Module     // Elem*
	Block      // Elem*
	ExprStmt   // Value
	Return     // Value?
	Raise      // raise, throw: Value?, Cause?
	Del        // Elem*
	Assert     // Test, Value?
	Global     // global, nonlocal: Elem*
	Pass       // also an empty statement, debugger
	Break      // Name?
	Continue   // Name?
	If         // Test, Then (Block), Else? (a Block, or an If for elif and else if)
	For        // for … in, for … of: Target, Iter, Body, Else?; flag Async; OpOf or OpIn in JavaScript
	ForClassic // Init?, Test?, Step?, Body
	While      // Test, Body, Else?; flag DoWhile
	Try        // Body, Handler* (Except), Else?, Finally?
	Except     // Type?, Name?, Body
	With       // Item* (WithItem), Body; flag Async
	WithItem   // Value, Target?
	Func       // a function or method: Decorator*, Name, Param*, Returns?, Body; flags Async, Method, Generator
	Class      // Decorator*, Name?, Base* (expressions and KwArg), Body
	Decorator  // Value: the expression behind @; Python's @f is a Call of f with Synthetic, but for @staticmethod
	Import     // the module as a whole: Source (Ident a.b, or String), Name? (the alias); each of `import a, b` is one
	ImportFrom // Source (Ident with its dots, or String), Elem* of ImportName
	ImportName // Name, Alias?; Name "default" for JavaScript's default import, with Synthetic
	Switch     // Subject, Elem* of Case
	Case       // Test* (none for default), Body; with Guarded the last Test is the condition behind the if of a Python pattern
	Labeled    // Name, Body

	// Only in patterns.
	Meta      // $X; its text is $X
	MetaArgs  // $...X; its text is $...X
	Ellipsis  // ...
	Deep      // <... e ...>: Value
	TypedMeta // ($X: T), ($X: T) => …: Name, Type
	AnyStmts  // ... as a statement
	kinds
)

// Role is the part that a node plays in its parent.
type Role uint8

// Roles. See Kind for who has which.
const (
	Elem Role = iota
	Object
	Name
	Callee
	Arg
	Value
	Low
	High
	Step
	Part
	Key
	ParamOf
	Returns
	Body
	TypeOf // the role of a Type node
	Default
	Left
	Right
	Test
	Then
	Else
	Target
	Iter
	Attribute
	Cause
	Init
	Handler
	Finally
	Item
	DecoratorOf
	Base
	Source
	Alias
	Subject
)

// Flags tell variants of a kind apart.
type Flags uint32

// Flags.
const (
	Async Flags = 1 << iota
	Star
	DoubleStar
	Method
	Generator
	Implicit  // not written: a Return that a lambda's expression stands for, a Block around a single statement
	Synthetic // it is not written: the name "default" of a default import
	Bytes     // a bytes literal
	Raw
	DoWhile
	Guarded
	Optional // a?.b, a?.()
	Broken   // an error of the grammar stands in it
	Prefix   // of an Update: ++i
	Accessor // a getter or setter
	Static
	Computed      // a key or member's name in brackets: {[x]: 1}
	Cast          // x as T, x satisfies T, <T>x, x!
	Tagged        // the Call and the Template of f`…`
	InType        // part of an annotation of TypeScript, which is no code
	Formatted     // a slot of an f-string with a conversion or a format: {x!r}, {x:>10}, {x=}
	TypeArgs      // a Call or New with types: f<T>(x)
	DefaultExport // export default
	Exported      // a statement or import that JavaScript's export stands before
)
