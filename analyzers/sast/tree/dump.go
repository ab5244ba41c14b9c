package tree

import (
	"strconv"
	"strings"
)

// Dump writes n with its descendants for tests: (Call (Ident foo) (Arg String "x")). A role
// is named where it is not clear from the kind, leaves show their text.
func (t *Tree) Dump(n ID) string {
	var b strings.Builder
	t.dump(&b, n)
	return b.String()
}

func (t *Tree) dump(b *strings.Builder, n ID) {
	if n < 0 {
		b.WriteString("-")
		return
	}
	node := &t.Nodes[n]
	b.WriteByte('(')
	if role := roleNames[node.Role]; role != "" && node.Parent != None {
		b.WriteString(role)
		b.WriteByte(':')
	}
	b.WriteString(node.Kind.String())
	if node.Op != NoOp {
		b.WriteByte('/')
		b.WriteString(node.Op.String())
	}
	for i, name := range flagNames {
		if node.Flags&(1<<i) != 0 {
			b.WriteByte('+')
			b.WriteString(name)
		}
	}
	if node.Next == n+1 && isText[node.Kind] {
		b.WriteByte(' ')
		if text := t.Text(n); strings.ContainsAny(text, " ()\n\"") {
			b.WriteString(strconv.Quote(text))
		} else {
			b.WriteString(text)
		}
	}
	for c := range t.Children(n) {
		b.WriteByte(' ')
		t.dump(b, c)
	}
	b.WriteByte(')')
}

var isText = [kinds]bool{Ident: true, String: true, StringPart: true, Number: true, Bool: true, Null: true, Regex: true, JSXText: true, Other: true, Meta: true, MetaArgs: true}

// String is k's name.
func (k Kind) String() string { return kindNames[k] }

var kindNames = [kinds]string{
	"Invalid", "Other", "Ident", "Attr", "Call", "New", "KwArg", "Spread", "KwSpread", "Index", "Slice", "String", "Template", "StringPart", "Concat",
	"Number", "Bool", "Null", "Regex", "Dots", "List", "Tuple", "Set", "Dict", "Pair", "Lambda", "Param", "Binary", "Unary", "Cond", "Await", "Yield",
	"Assign", "Augment", "Update", "Comp", "CompFor", "Type", "JSX", "JSXAttr", "JSXText",
	"Module", "Block", "ExprStmt", "Return", "Raise", "Del", "Assert", "Global", "Pass", "Break", "Continue", "If", "For", "ForClassic", "While", "Try",
	"Except", "With", "WithItem", "Func", "Class", "Decorator", "Import", "ImportFrom", "ImportName", "Switch", "Case", "Labeled",
	"Meta", "MetaArgs", "Ellipsis", "Deep", "TypedMeta", "AnyStmts",
}

var roleNames = [...]string{
	Elem: "", Object: "object", Name: "name", Callee: "callee", Arg: "arg", Value: "value", Low: "low", High: "high", Step: "step", Part: "part", Key: "key",
	ParamOf: "param", Returns: "returns", Body: "body", TypeOf: "type", Default: "default", Left: "left", Right: "right", Test: "test", Then: "then",
	Else: "else", Target: "target", Iter: "iter", Attribute: "attribute", Cause: "cause", Init: "init", Handler: "handler", Finally: "finally",
	Item: "item", DecoratorOf: "decorator", Base: "base", Source: "source", Alias: "alias", Subject: "subject",
}

var flagNames = [...]string{"async", "star", "doublestar", "method", "generator", "implicit", "synthetic", "bytes", "raw", "dowhile", "guarded", "optional", "broken", "prefix", "accessor", "static", "computed", "cast", "tagged", "intype", "formatted", "typeargs", "default", "exported"}

// String is how o is written.
func (o Op) String() string {
	for written, op := range ops {
		if op == o {
			if o == OpAnd {
				return "and"
			}
			if o == OpOr {
				return "or"
			}
			if o == OpNot {
				return "not"
			}
			if o == OpNotEq {
				return "!="
			}
			return written
		}
	}
	switch o {
	case OpField:
		return "field"
	case OpList:
		return "list"
	case OpSet:
		return "set"
	case OpDict:
		return "dict"
	case OpGenerator:
		return "generator"
	case OpTypeDef:
		return "type"
	}
	return "op" + strconv.Itoa(int(o))
}
