package parser

// callbackMethods run the function they are given once per element.
var callbackMethods = map[string]bool{
	"map": true, "forEach": true, "flatMap": true, "filter": true, "reduce": true, "reduceRight": true,
	"some": true, "every": true, "find": true, "findIndex": true,
}

// script records the facts of one node of a JavaScript or TypeScript tree.
func (b *builder) script(n NodeID, kind Kind) {
	switch kind {
	case KindFunction, KindLambda, KindMethod:
		b.scriptFunc(n, kind)
	case KindClass:
		b.scriptClass(n)
	case KindBlock:
		if k := b.Kind(b.Parent(n)); k != KindFunction && k != KindLambda && k != KindMethod {
			b.push(BlockScope, n, -1)
		}
	case KindSwitchBody:
		b.push(BlockScope, n, -1)
	case KindCatch:
		b.push(BlockScope, n, -1)
		b.assign(b.Field(n, FieldParameter), NoNode, def("", OtherDef, b.scope(), n))
	case KindFor:
		b.scriptForIn(n)
	case KindForClassic:
		b.push(BlockScope, n, -1)
		b.Loops = append(b.Loops, Loop{Node: n, Kind: ForLoop, Target: b.Field(n, FieldInitializer), Iter: b.Field(n, FieldCondition), Body: b.Field(n, FieldBody)})
	case KindWhile:
		b.Loops = append(b.Loops, Loop{Node: n, Kind: WhileLoop, Target: NoNode, Iter: b.Field(n, FieldCondition), Body: b.Field(n, FieldBody)})
	case KindDeclarator:
		b.scriptDeclarator(n)
	case KindAssignment, KindAugmentedAssignment:
		b.scriptAssignment(n, kind)
	case KindFieldDefinition:
		name := b.Field(n, FieldName)
		if name == NoNode {
			name = b.Field(n, FieldProperty)
		}
		if _, scope := b.enclosingClass(); scope >= 0 {
			d := def("."+b.Slice(name), AssignDef, scope, name)
			d.Value, d.Annotation = b.Field(n, FieldValue), b.Field(n, FieldType)
			b.define(d)
		}
	case KindEnum:
		d := def(b.Slice(b.Field(n, FieldName)), AssignDef, b.scope(), b.Field(n, FieldName))
		d.Value = b.Field(n, FieldBody)
		b.define(d)
	case KindImport, KindExport:
		b.scriptImport(n)
	case KindImportRequire:
		b.addImport(Import{Node: b.Parent(n), Module: b.moduleOf(b.Field(n, FieldSource)), Alias: b.Slice(b.FirstChild(n)), Scope: b.scope()}, b.FirstChild(n))
	case KindCall:
		b.call(n, b.Field(n, FieldFunction), b.Field(n, FieldArguments), false)
		b.scriptCallback(&b.Calls[len(b.Calls)-1])
		b.scriptDynamicImport(n)
	case KindNew:
		b.call(n, b.Field(n, FieldConstructor), b.Field(n, FieldArguments), true)
	case KindString, KindTemplate:
		b.Strings = append(b.Strings, Str{n, b.contentOf(n)})
	}
}

func (b *builder) scriptFunc(n NodeID, kind Kind) {
	fn := Func{Node: n, Scope: -1, Class: -1, Returns: b.Field(n, FieldReturnType), Body: b.Field(n, FieldBody), Async: b.hasToken(n, "async")}
	name := b.Field(n, FieldName)
	switch {
	case kind == KindMethod:
		fn.Name = propertyName(b.File, name)
		if b.Kind(b.Parent(n)) == KindClassBody {
			var scope ScopeID
			fn.Class, scope = b.enclosingClass()
			d := def("."+fn.Name, FuncDef, scope, name)
			d.Index = int32(len(b.Funcs))
			b.define(d)
		}
	case kind == KindFunction:
		fn.Name = b.Slice(name)
		d := def(fn.Name, FuncDef, b.scope(), name)
		d.Index = int32(len(b.Funcs))
		b.define(d)
	default:
		switch p := b.Parent(n); b.Kind(p) {
		case KindDeclarator, KindFieldDefinition:
			fn.Name = b.Slice(b.Field(p, FieldName))
		case KindPair:
			fn.Name = propertyName(b.File, b.Field(p, FieldKey))
		}
	}
	fn.Scope = b.push(FunctionScope, n, -1)
	if single := b.Field(n, FieldParameter); single != NoNode {
		b.scriptParam(&fn, single)
	}
	for p := range b.Children(b.Field(n, FieldParameters)) {
		b.scriptParam(&fn, p)
	}
	b.Funcs = append(b.Funcs, fn)
}

func (b *builder) scriptParam(fn *Func, p NodeID) {
	d := def("", ParamDef, fn.Scope, p)
	d.Index = int32(len(fn.Params))
	pattern := p
	switch b.Kind(p) {
	case KindParameter: // TypeScript
		pattern = b.Field(p, FieldPattern)
		d.Value, d.Annotation = b.Field(p, FieldValue), b.Field(p, FieldType)
	case KindDefaultPattern:
		pattern, d.Value = b.Field(p, FieldLeft), b.Field(p, FieldRight)
	}
	fn.Params = append(fn.Params, d)
	if b.Kind(pattern) == KindIdentifier {
		d.Name, d.Node = b.Slice(pattern), pattern
		fn.Params[len(fn.Params)-1] = d
		b.define(d)
		if first := b.firstOf(p); first == "accessibility_modifier" || first == "readonly" { // constructor(private x: T)
			if _, scope := b.enclosingClass(); scope >= 0 {
				d.Name, d.Scope = "."+d.Name, scope
				b.define(d)
			}
		}
		return
	}
	// A destructured parameter: {model = 'x'}: the parts are unpacked from an unknown value.
	b.assign(pattern, d.Value, def("", UnpackDef, fn.Scope, p))
}

func (b *builder) scriptClass(n NodeID) {
	c := Class{Node: n, Name: b.Slice(b.Field(n, FieldName)), Body: b.Field(n, FieldBody)}
	if name := b.Field(n, FieldName); name != NoNode {
		d := def(c.Name, ClassDef, b.scope(), name)
		d.Index = int32(len(b.Classes))
		b.define(d)
	}
	for child := range b.Children(n) {
		switch b.Kind(child) {
		case KindClassHeritage:
			for base := range b.Children(child) {
				if b.KindName(base) == "extends_clause" {
					base = b.FirstChild(base)
				}
				if b.KindName(base) != "implements_clause" {
					c.Bases = append(c.Bases, base)
				}
			}
		case KindDecorator:
			c.Decorators = append(c.Decorators, b.FirstChild(child))
		}
	}
	c.Scope = b.push(ClassScope, n, int32(len(b.Classes)))
	b.Classes = append(b.Classes, c)
}

func (b *builder) scriptForIn(n NodeID) {
	scope := b.push(BlockScope, n, -1)
	left, right := b.Field(n, FieldLeft), b.Field(n, FieldRight)
	switch b.Slice(b.Field(n, FieldKind)) {
	case "":
	case "var":
		scope = b.enclosing(FunctionScope, ModuleScope)
		fallthrough
	default:
		b.assign(left, right, def("", LoopDef, scope, n))
	}
	b.Loops = append(b.Loops, Loop{Node: n, Kind: ForLoop, Target: left, Iter: right, Body: b.Field(n, FieldBody), Async: b.hasToken(n, "await")})
}

// scriptDeclarator handles const x = v, and v's that are require or a dynamic import.
func (b *builder) scriptDeclarator(n NodeID) {
	scope := b.scope()
	if b.Kind(b.Parent(n)) == KindVarDeclaration {
		scope = b.enclosing(FunctionScope, ModuleScope)
	}
	target, value := b.Field(n, FieldName), b.Field(n, FieldValue)
	if module := b.required(b.Unwrap(value)); module != "" {
		b.scriptRequire(n, target, module, scope)
		return
	}
	d := def("", AssignDef, scope, n)
	d.Annotation = b.Field(n, FieldType)
	b.assign(target, value, d)
}

// scriptAssignment handles x = v, this.x = v, x.y = v and x += v.
func (b *builder) scriptAssignment(n NodeID, kind Kind) {
	left, value := b.Field(n, FieldLeft), b.Field(n, FieldRight)
	for b.Kind(value) == KindAssignment {
		value = b.Field(value, FieldRight)
	}
	d := def("", AssignDef, b.scope(), n)
	if kind == KindAugmentedAssignment {
		d.Kind = AugmentedDef
	}
	before := len(b.Defs)
	b.assign(left, value, d)
	// A plain name may belong to an outer scope, which may define it further down.
	for i := before; i < len(b.Defs); i++ {
		if b.Defs[i].Name[0] != '.' {
			b.deferred = append(b.deferred, assignment{b.Defs[i], b.scope()})
			b.Defs = append(b.Defs[:i], b.Defs[i+1:]...)
			i--
		}
	}
}

// scriptCallback records xs.map(x => …) as a loop over xs.
func (b *builder) scriptCallback(c *Call) {
	if !callbackMethods[c.Name] || len(c.Args) == 0 || b.Kind(b.Unwrap(c.Callee)) != KindAttribute {
		return
	}
	fn := c.Args[0].Value
	if b.Kind(fn) != KindLambda {
		return
	}
	target := b.Field(fn, FieldParameter)
	if target == NoNode {
		target = b.FirstChild(b.Field(fn, FieldParameters))
	}
	b.Loops = append(b.Loops, Loop{Node: c.Node, Kind: CallbackLoop, Target: target, Iter: b.Field(b.Unwrap(c.Callee), FieldObject), Body: b.Field(fn, FieldBody)})
}
