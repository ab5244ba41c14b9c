package tree

import (
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func TestPython(t *testing.T) {
	for _, c := range []struct{ code, want string }{
		{"import os, a.b as c", "(Import (source:Ident os)) (Import (source:Ident a.b) (name:Ident c))"},
		{"from ..m import (y as z, w)", "(ImportFrom (source:Ident ..m) (ImportName (name:Ident y) (alias:Ident z)) (ImportName (name:Ident w)))"},
		{"from __future__ import annotations", "(ImportFrom (source:Ident __future__) (ImportName (name:Ident annotations)))"},
		{"f((a), *b, k=1, **c)", "(ExprStmt (value:Call (callee:Ident f) (arg:Ident a) (arg:Spread (value:Ident b)) (arg:KwArg (name:Ident k) (value:Number 1)) (arg:KwSpread (value:Ident c))))"},
		{"f(x for x in y)", "(ExprStmt (value:Call (callee:Ident f) (arg:Comp/generator (Ident x) (CompFor (target:Ident x) (iter:Ident y)))))"},
		{"x: int = 1", "(ExprStmt (value:Assign/= (target:Ident x) (type:Type (Ident int)) (value:Number 1)))"},
		{"x = y = 1", "(ExprStmt (value:Assign/= (target:Ident x) (value:Assign/= (target:Ident y) (value:Number 1))))"},
		{"(n := 3)", "(ExprStmt (value:Assign/:= (target:Ident n) (value:Number 3)))"},
		{"a = b, c", "(ExprStmt (value:Assign/= (target:Ident a) (value:Tuple (Ident b) (Ident c))))"},
		{"a, b", "(ExprStmt (value:Tuple (Ident a) (Ident b)))"},
		{"x += 1", "(ExprStmt (value:Augment/+ (target:Ident x) (value:Number 1)))"},
		{"a not in b is not c", "(ExprStmt (value:Other (Ident a) (Ident b) (Ident c)))"},
		{"a not in b", "(ExprStmt (value:Binary/not in (left:Ident a) (right:Ident b)))"},
		{"a is not b", "(ExprStmt (value:Binary/is not (left:Ident a) (right:Ident b)))"},
		{"not a and b", "(ExprStmt (value:Binary/and (left:Unary/not (value:Ident a)) (right:Ident b)))"},
		{"a if b else c", "(ExprStmt (value:Cond (test:Ident b) (then:Ident a) (else:Ident c)))"},
		{"a[1:2, ::3]", "(ExprStmt (value:Index (object:Ident a) (arg:Slice (low:Number 1) (high:Number 2)) (arg:Slice (step:Number 3))))"},
		{`f"{x!r:>{w}} a {y=} {f"{z}"}"`, `(ExprStmt (value:Template (part:Ident+formatted x) (part:Ident+formatted w) (part:StringPart " a ") (part:Ident+formatted y) (part:StringPart " ") (part:Template (part:Ident z))))`},
		{`f'{a['k']}' 'b' rb"c"`, `(ExprStmt (value:Concat (part:Template (part:Index (object:Ident a) (arg:String 'k'))) (part:String 'b') (part:String+bytes+raw "rb\"c\"")))`},
		{"{**a, 'b': 1}", "(ExprStmt (value:Dict (KwSpread (value:Ident a)) (Pair (key:String 'b') (value:Number 1))))"},
		{"[i for i in a if b for j in c]", "(ExprStmt (value:Comp/list (Ident i) (CompFor (target:Ident i) (iter:Ident a) (test:Ident b)) (CompFor (target:Ident j) (iter:Ident c))))"},
		{"lambda a, *b, c=1: d", "(ExprStmt (value:Lambda (param:Param (name:Ident a)) (param:Param+star (name:Ident b)) (param:Param (name:Ident c) (default:Number 1)) (body:Block (Return+implicit (value:Ident d)))))"},
		{"print >>f, x", "(ExprStmt (value:Call (callee:Ident print) (arg:Other (Ident f)) (arg:Ident x)))"},
		{"def f[T](a, /, *, b: list[T] = None) -> int: pass", "(Func (name:Ident f) (param:Param (name:Ident a)) (param:Param) (param:Param+star) (param:Param (name:Ident b) (type:Type (Index (object:Ident list) (arg:Ident T))) (default:Null None)) (returns:Type (Ident int)) (body:Block (Pass)))"},
		{"@a.b\n@c(1)\n@staticmethod\nasync def f(): yield", "(Func+async (decorator:Decorator (value:Call+synthetic (callee:Attr (object:Ident a) (name:Ident b)))) (decorator:Decorator (value:Call (callee:Ident c) (arg:Number 1))) (decorator:Decorator (value:Ident staticmethod)) (name:Ident f) (body:Block (ExprStmt (value:Yield))))"},
		{"class C(A, m=B):\n x = 1\n def f(self): pass", "(Class (name:Ident C) (base:Ident A) (base:KwArg (name:Ident m) (value:Ident B)) (body:Block (ExprStmt (value:Assign/= (target:Ident x) (value:Number 1))) (Func+method (name:Ident f) (param:Param (name:Ident self)) (body:Block (Pass)))))"},
		{"if a: b\nelif c: d\nelse: e", "(If (test:Ident a) (then:Block (ExprStmt (value:Ident b))) (else:If (test:Ident c) (then:Block (ExprStmt (value:Ident d))) (else:Block (ExprStmt (value:Ident e)))))"},
		{"for i, j in a, b: c\nelse: d", "(For (target:Tuple (Ident i) (Ident j)) (iter:Tuple (Ident a) (Ident b)) (body:Block (ExprStmt (value:Ident c))) (else:Block (ExprStmt (value:Ident d))))"},
		{"async with (a as b, c): d", "(With+async (item:WithItem (value:Ident a) (target:Ident b)) (item:WithItem (value:Ident c)) (body:Block (ExprStmt (value:Ident d))))"},
		{"with (a as b): c", "(With (item:WithItem (value:Ident a) (target:Ident b)) (body:Block (ExprStmt (value:Ident c))))"},
		{"try: a\nexcept (B, C) as e: raise D from e\nelse: f\nfinally: g", "(Try (body:Block (ExprStmt (value:Ident a))) (handler:Except (type:Tuple (Ident B) (Ident C)) (name:Ident e) (body:Block (Raise (value:Ident D) (cause:Ident e)))) (else:Block (ExprStmt (value:Ident f))) (finally:Block (ExprStmt (value:Ident g))))"},
		{"try: a\nexcept* B: c", "(Try (body:Block (ExprStmt (value:Ident a))) (handler:Except (type:Ident B) (body:Block (ExprStmt (value:Ident c)))))"},
		{"match a, b:\n case {'k': [1, *r]} if z: c\n case P(q, n=-1) | None as s: d\n case x.Y: e\n case _: f", "(Switch (subject:Tuple (Ident a) (Ident b)) (Case+guarded (test:Dict (Pair (key:String 'k') (value:List (Number 1) (Spread (value:Ident r))))) (test:Ident z) (body:Block (ExprStmt (value:Ident c)))) (Case (test:Assign/:= (target:Ident s) (value:Binary/| (left:Call (callee:Ident P) (arg:Ident q) (arg:KwArg (name:Ident n) (value:Unary/- (value:Number 1)))) (right:Null None))) (body:Block (ExprStmt (value:Ident d)))) (Case (test:Attr (object:Ident x) (name:Ident Y)) (body:Block (ExprStmt (value:Ident e)))) (Case (test:Ident _) (body:Block (ExprStmt (value:Ident f)))))"},
		{"del a, b[1]", "(Del (Ident a) (Index (object:Ident b) (arg:Number 1)))"},
		{"assert a, b", "(Assert (test:Ident a) (value:Ident b))"},
		{"global a, b", "(Global (Ident a) (Ident b))"},
		{"type X = int | str", "(Assign/type (target:Ident X) (value:Binary/| (left:Ident int) (right:Ident str)))"},
		{"return", "(Return)"},
		{"x = yield from a", "(ExprStmt (value:Assign/= (target:Ident x) (value:Yield+star (value:Ident a))))"},
		{"...", "(ExprStmt (value:Dots))"},
	} {
		if got := dumpOf("x.py", c.code); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.code, got, c.want)
		}
	}
}

func dumpOf(path, code string) string {
	tr := Of(parser.Parse(path, "", text.New(code)))
	var out []string
	for c := range tr.Children(0) {
		out = append(out, tr.Dump(c))
	}
	return strings.Join(out, " ")
}

func TestConst(t *testing.T) {
	for _, c := range []struct {
		code string
		want Const
	}{
		{"x('a')", Const{StringConst, "a"}},
		{"x(f'a{1}')", Const{Kind: SomeString}},
		{"x('a' 'b' + \"c\")", Const{StringConst, "abc"}},
		{"y = 'a'\nx(y)", Const{StringConst, "a"}},
		{"y = 'a'\ny = f()\nx(y)", Const{}},
		{"if a:\n y = 'a'\nelse:\n y = 'b'\nx(y)", Const{Kind: SomeString}},
		{"y = 'a'\ny = y + 'b'\nx(y)", Const{StringConst, "ab"}},
		{"y = 'a'\ny += 'b'\nx(y)", Const{Kind: SomeString}},
		{"for y in z: x(y)", Const{}},
		{"y = y + 'b'\nx(y)", Const{}},
		{"x(2 * (3 + 4))", Const{IntConst, "14"}},
		{"x(0x_ff)", Const{IntConst, "255"}},
		{"x(1.5)", Const{FloatConst, "1.5"}},
		{"x(not False)", Const{BoolConst, "true"}},
		{"x(None)", Const{Kind: NullConst}},
		{"x(a.b)", Const{}},
	} {
		tr := Of(parser.Parse("x.py", "", text.New(c.code)))
		calls := tr.OfKind(Call)
		if got := tr.Const(tr.Child(calls[len(calls)-1], Arg)); len(calls) == 0 || got != c.want {
			t.Errorf("%s\n got %v, want %v", c.code, got, c.want)
		}
	}
}

func FuzzPython(f *testing.F) {
	for _, s := range []string{"def f(a=1): return [x for x in a]", "match a:\n case {1: b, **c} if d: e", "f'{a!r:>{b}}'", "@a\nclass B(c=d): ...", "a < b < c", "x = = (", "with (a as b, c): d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, code string) {
		tr := Of(parser.Parse("x.py", "", text.New(code)))
		checkTree(t, tr)
		for i := range tr.Nodes {
			tr.Const(ID(i))
			tr.Resolve(ID(i))
			tr.IsExpression(ID(i))
			tr.Written(ID(i))
		}
	})
}
