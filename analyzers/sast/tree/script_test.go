package tree

import (
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func scriptTree(path, src string) *Tree { return Of(parser.Parse(path, "", text.New(src))) }

func dumpAll(t *Tree) string {
	var parts []string
	for n := range t.Children(0) {
		parts = append(parts, t.Dump(n))
	}
	return strings.Join(parts, " ")
}

func TestScript(t *testing.T) {
	cases := []struct{ path, src, want string }{
		{"a.js", `fs.readFile(a, ...b)`, `(ExprStmt (value:Call (callee:Attr (object:Ident fs) (name:Ident readFile)) (arg:Ident a) (arg:Spread (value:Ident b))))`},
		{"a.ts", `import fs, {a as b} from "m"`, `(ImportFrom (source:String "\"m\"") (ImportName (name:Ident+synthetic fs) (alias:Ident fs)) (ImportName (name:Ident a) (alias:Ident b)))`},
		{"a.ts", `import * as ns from "m"`, `(Import (source:String "\"m\"") (name:Ident ns))`},
		{"a.ts", `import cp = require("m")`, `(Assign/const (target:Ident cp) (value:Call (callee:Ident require) (arg:String "\"m\"")))`},
		{"a.ts", `import "side"`, `(Import (source:String "\"side\""))`},
		{"a.ts", `export {q, r as s} from "w"`, `(ImportFrom+exported (source:String "\"w\"") (ImportName (name:Ident q)) (ImportName (name:Ident r) (alias:Ident s)))`},
		{"a.ts", `export const x = 1, y = f()`, `(Assign/const+exported (target:Ident x) (value:Number 1)) (Assign/const+exported (target:Ident y) (value:Call (callee:Ident f)))`},
		{"a.ts", `export default class {}`, `(ExprStmt+default+exported (value:Class (body:Block)))`},
		{"a.ts", `const {a, b: c, d = 1, ...e} = f()`, `(Assign/const (target:Dict (Pair (key:Ident a) (value:Ident a)) (Pair (key:Ident b) (value:Ident c)) (Pair (key:Ident d) (value:Assign (target:Ident d) (value:Number 1))) (Spread (value:Ident e))) (value:Call (callee:Ident f)))`},
		{"a.ts", `[a, b] = [b, a]`, `(Assign/= (target:List (Ident a) (Ident b)) (value:List (Ident b) (Ident a)))`},
		{"a.ts", `({a, b: {c}} = d)`, `(Assign/= (target:Dict (Pair (key:Ident a) (value:Ident a)) (Pair (key:Ident b) (value:Dict (Pair (key:Ident c) (value:Ident c))))) (value:Ident d))`},
		{"a.ts", `let x: Map<string, A.B> = y as any`, `(Assign/let (target:Ident x) (type:Type (Index+intype (object:Ident+intype Map) (arg:Ident+intype string) (arg:Attr+intype (object:Ident+intype A) (name:Ident+intype B)))) (value:Ident+cast y))`},
		{"a.ts", `(<T>x)!.y`, `(ExprStmt (value:Attr (object:Ident+cast x) (name:Ident y)))`},
		{"a.ts", `a?.b?.[0]?.(1)`, `(ExprStmt (value:Call+optional (callee:Index+optional (object:Attr+optional (object:Ident a) (name:Ident b)) (arg:Number 0)) (arg:Number 1)))`},
		{"a.ts", "tag`x${y}z`", `(ExprStmt (value:Call+tagged (callee:Ident tag) (arg:Template+tagged (part:StringPart x) (part:Ident y) (part:StringPart z))))`},
		{"a.ts", "`plain`", "(ExprStmt (value:String `plain`))"},
		{"a.ts", "`a${b}c${d}`", `(ExprStmt (value:Template (part:StringPart a) (part:Ident b) (part:StringPart c) (part:Ident d)))`},
		{"a.ts", `const f = async (x = 1, {y}: T, ...z) => x`, `(Assign/const (target:Ident f) (value:Lambda+async (param:Param (name:Ident x) (default:Number 1)) (param:Param (name:Dict (Pair (key:Ident y) (value:Ident y))) (type:Type (Ident+intype T))) (param:Param+star (name:Ident z)) (body:Block+implicit (Return+implicit (value:Ident x)))))`},
		{"a.ts", `x => { return x }`, `(ExprStmt (value:Lambda (param:Param (name:Ident x)) (body:Block (Return (value:Ident x)))))`},
		{"a.ts", `const g = function* h() { yield* x }`, `(Assign/const (target:Ident g) (value:Lambda+generator (name:Ident h) (body:Block (ExprStmt (value:Yield+star (value:Ident x))))))`},
		{"a.ts", `async function f(a: string, b?: number): Promise<void> {}`, `(Func+async (name:Ident f) (param:Param (name:Ident a) (type:Type (Ident+intype string))) (param:Param (name:Ident b) (type:Type (Ident+intype number))) (returns:Type (Index+intype (object:Ident+intype Promise) (arg:Ident+intype void))) (body:Block))`},
		{"a.ts", `class A extends B implements C { @Get("/") async m(@Body() x: T) {} static s = 1; f = (x) => x; get g() {} #p; static { init() } }`, `(Class (name:Ident A) (base:Ident B) (base:Ident+intype C) (body:Block (Func+async+method (decorator:Decorator (value:Call (callee:Ident Get) (arg:String "\"/\""))) (name:Ident m) (param:Param (decorator:Decorator (value:Call (callee:Ident Body))) (name:Ident x) (type:Type (Ident+intype T))) (body:Block)) (Assign/field+static (target:Ident s) (value:Number 1)) (Func+method (name:Ident f) (param:Param (name:Ident x)) (body:Block+implicit (Return+implicit (value:Ident x)))) (Func+method+accessor (name:Ident g) (body:Block)) (Assign/field (target:Ident #p)) (Block (ExprStmt (value:Call (callee:Ident init))))))`},
		{"a.ts", `@Module({}) export class A {}`, `(Class+exported (decorator:Decorator (value:Call (callee:Ident Module) (arg:Dict))) (name:Ident A) (body:Block))`},
		{"a.ts", `o = {a: 1, "b": 2, [c]: 3, d, ...e, m() {}, f: function (x) {}, g: x => x, get h() {}}`, `(Assign/= (target:Ident o) (value:Dict (Pair (key:Ident a) (value:Number 1)) (Pair (key:String "\"b\"") (value:Number 2)) (Pair (key:Ident+computed c) (value:Number 3)) (Pair (key:Ident d) (value:Ident d)) (Spread (value:Ident e)) (Func+method (name:Ident m) (body:Block)) (Func+method (name:Ident f) (param:Param (name:Ident x)) (body:Block)) (Func+method (name:Ident g) (param:Param (name:Ident x)) (body:Block+implicit (Return+implicit (value:Ident x)))) (Func+method+accessor (name:Ident h) (body:Block))))`},
		{"a.ts", `if (a) b; else if (c) {d} else e`, `(If (test:Ident a) (then:Block+implicit (ExprStmt (value:Ident b))) (else:If (test:Ident c) (then:Block (ExprStmt (value:Ident d))) (else:Block+implicit (ExprStmt (value:Ident e)))))`},
		{"a.ts", `for (const [k, v] of o) f(k)`, `(For/of (target:List (Ident k) (Ident v)) (iter:Ident o) (body:Block+implicit (ExprStmt (value:Call (callee:Ident f) (arg:Ident k)))))`},
		{"a.ts", `for await (const x of y) {}`, `(For/of+async (target:Ident x) (iter:Ident y) (body:Block))`},
		{"a.ts", `for (k in o) {}`, `(For/in (target:Ident k) (iter:Ident o) (body:Block))`},
		{"a.ts", `for (let i = 0, n = 1; i < n; i++) {}`, `(ForClassic (init:Assign/let (target:Ident i) (value:Number 0)) (init:Assign/let (target:Ident n) (value:Number 1)) (test:Binary/< (left:Ident i) (right:Ident n)) (step:Update/++ (value:Ident i)) (body:Block))`},
		{"a.ts", `for (;;) ;`, `(ForClassic (body:Block+implicit))`},
		{"a.ts", `do x(); while (y)`, `(While+dowhile (test:Ident y) (body:Block+implicit (ExprStmt (value:Call (callee:Ident x)))))`},
		{"a.ts", `try { a } catch ({message}) { b } finally { c }`, `(Try (body:Block (ExprStmt (value:Ident a))) (handler:Except (name:Dict (Pair (key:Ident message) (value:Ident message))) (body:Block (ExprStmt (value:Ident b)))) (finally:Block (ExprStmt (value:Ident c))))`},
		{"a.ts", `try { a } catch { b }`, `(Try (body:Block (ExprStmt (value:Ident a))) (handler:Except (body:Block (ExprStmt (value:Ident b)))))`},
		{"a.ts", `switch (x) { case 1: case 2: a(); break; default: b() }`, `(Switch (subject:Ident x) (Case (test:Number 1) (test:Number 2) (body:Block+implicit (ExprStmt (value:Call (callee:Ident a))) (Break))) (Case (body:Block+implicit (ExprStmt (value:Call (callee:Ident b))))))`},
		{"a.ts", `l: while (x) { continue l }`, `(Labeled (name:Ident l) (body:Block+implicit (While (test:Ident x) (body:Block (Continue (name:Ident l))))))`},
		{"a.ts", `x **= 2; ++i; i--`, `(Augment/** (target:Ident x) (value:Number 2)) (ExprStmt (value:Update/+++prefix (value:Ident i))) (ExprStmt (value:Update/-- (value:Ident i)))`},
		{"a.ts", `typeof a === "b" && !c || void 0`, `(ExprStmt (value:Binary/or (left:Binary/and (left:Binary/=== (left:Unary/typeof (value:Ident a)) (right:String "\"b\"")) (right:Unary/not (value:Ident c))) (right:Unary/void (value:Number 0))))`},
		{"a.ts", `a, b, c`, `(ExprStmt (value:Binary/, (left:Binary/, (left:Ident a) (right:Ident b)) (right:Ident c)))`},
		{"a.ts", `new a.B(c); new D`, `(ExprStmt (value:New (callee:Attr (object:Ident a) (name:Ident B)) (arg:Ident c))) (ExprStmt (value:New (callee:Ident D)))`},
		{"a.ts", "throw new Error(`x`)", "(Raise (value:New (callee:Ident Error) (arg:String `x`)))"},
		{"a.ts", `a ? b : c`, `(ExprStmt (value:Cond (test:Ident a) (then:Ident b) (else:Ident c)))`},
		{"a.ts", `enum E { A = 1, B }`, `(Other (name:Ident E))`},
		{"a.ts", `namespace N { f() }`, `(Other (name:Ident N) (body:Block (ExprStmt (value:Call (callee:Ident f)))))`},
		{"a.ts", `declare const x: number`, `(Assign/const (target:Ident x) (type:Type (Ident+intype number)))`},
		{"a.ts", `type U = A | B`, `(Assign/type (target:Ident U) (type:Type (Binary/|+intype (left:Ident+intype A) (right:Ident+intype B))))`},
		{"a.ts", `import("m")`, `(ExprStmt (value:Call (callee:Ident import) (arg:String "\"m\"")))`},
		{"a.ts", `/a[/]b/g.test(x)`, `(ExprStmt (value:Call (callee:Attr (object:Regex /a[/]b/g) (name:Ident test)) (arg:Ident x)))`},
		{"b.tsx", `<T a="b" {...c} d={e}>t {f} <G.H/></T>`, `(ExprStmt (value:JSX (name:Ident T) (attribute:JSXAttr (name:Ident a) (value:String "\"b\"")) (attribute:Spread (value:Ident c)) (attribute:JSXAttr (name:Ident d) (value:Ident e)) (JSXText "t ") (Ident f) (JSXText " ") (JSX (name:Attr (object:Ident G) (name:Ident H)))))`},
		{"b.tsx", `<><A/></>`, `(ExprStmt (value:JSX (JSX (name:Ident A))))`},
		{"a.ts", `yield`, `(ExprStmt (value:Yield))`},
		{"a.ts", `with (a) b`, `(With (item:WithItem (value:Ident a)) (body:Block+implicit (ExprStmt (value:Ident b))))`},
		{"a.ts", `this.x = super.y`, `(Assign/= (target:Attr (object:Ident this) (name:Ident x)) (value:Attr (object:Ident super) (name:Ident y)))`},
		{"a.ts", `debugger;;`, `(ExprStmt (value:Ident debugger))`},
		{"a.ts", `(function () {})()`, `(ExprStmt (value:Call (callee:Lambda (body:Block))))`},
		{"a.ts", `function f(this: W): asserts x {}`, `(Func (name:Ident f) (param:Param (name:Ident this) (type:Type (Ident+intype W))) (returns:Type (Other+intype "asserts x")) (body:Block))`},
		{"a.ts", `const f = (a.b as c).d`, `(Assign/const (target:Ident f) (value:Attr (object:Attr+cast (object:Ident a) (name:Ident b)) (name:Ident d)))`},
	}
	for _, c := range cases {
		if got := dumpAll(scriptTree(c.path, c.src)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.src, got, c.want)
		}
	}
}

// A position in the text leads to the same node through the syntax that was left out around it.
func TestScriptAt(t *testing.T) {
	tr := scriptTree("a.ts", "const f = ((a.b as T)!); export default {x}")
	for _, c := range []struct{ at, want string }{{"((a.b", "Attr"}, {"a.b as", "Attr"}, {"const f", "Assign"}, {"x}", "Ident"}} {
		offset := strings.Index(tr.File.Text.String(), c.at)
		syntax := parser.NoNode
		for n := range tr.File.Nodes {
			if span := tr.File.Span(parser.NodeID(n)); span.Start == offset && tr.File.IsNamed(parser.NodeID(n)) && n > 0 {
				syntax = parser.NodeID(n)
				break
			}
		}
		if got := tr.Kind(tr.At(syntax)).String(); got != c.want {
			t.Errorf("at %q: %s, want %s", c.at, got, c.want)
		}
	}
}
