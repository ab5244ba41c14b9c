package tree

// Op is an operator, or the keyword of a declaration. Operators that mean the same have one:
// Python's and, JavaScript's &&.
type Op uint8

// Operators.
const (
	NoOp Op = iota
	OpAdd
	OpSub
	OpMul
	OpDiv
	OpFloorDiv
	OpMod
	OpPow
	OpMatMul
	OpBitAnd
	OpBitOr
	OpBitXor
	OpShl
	OpShr
	OpUshr
	OpAnd
	OpOr
	OpCoalesce // ??
	OpEq       // == and JavaScript's ===
	OpNotEq
	OpPhysEq    // JavaScript's ===
	OpPhysNotEq // !==
	OpLt
	OpLe
	OpGt
	OpGe
	OpIn
	OpNotIn
	OpIs
	OpIsNot
	OpInstanceof
	OpNot // not, !
	OpBitNot
	OpTypeof
	OpVoid
	OpDelete
	OpInc
	OpDec
	OpAssign // of an Assign without a keyword
	OpWalrus
	OpConst
	OpLet
	OpVar
	OpField // a class field
	OpUsing
	OpList // of a Comp
	OpSet
	OpDict
	OpGenerator
	OpForOf   // for … of
	OpComma   // a, b as an expression
	OpTypeDef // type X = …
)

// OpOf is the Op of an operator as it is written, NoOp for what is none.
func OpOf(written string) Op { return ops[written] }

var ops = map[string]Op{
	"+": OpAdd, "-": OpSub, "*": OpMul, "/": OpDiv, "//": OpFloorDiv, "%": OpMod, "**": OpPow, "@": OpMatMul,
	"&": OpBitAnd, "|": OpBitOr, "^": OpBitXor, "<<": OpShl, ">>": OpShr, ">>>": OpUshr,
	"and": OpAnd, "&&": OpAnd, "or": OpOr, "||": OpOr, "??": OpCoalesce,
	"==": OpEq, "!=": OpNotEq, "<>": OpNotEq, "===": OpPhysEq, "!==": OpPhysNotEq,
	"<": OpLt, "<=": OpLe, ">": OpGt, ">=": OpGe,
	"in": OpIn, "not in": OpNotIn, "is": OpIs, "is not": OpIsNot, "instanceof": OpInstanceof,
	"not": OpNot, "!": OpNot, "~": OpBitNot, "typeof": OpTypeof, "void": OpVoid, "delete": OpDelete, "++": OpInc, "--": OpDec,
	"=": OpAssign, ":=": OpWalrus, "const": OpConst, "let": OpLet, "var": OpVar, "using": OpUsing, "of": OpForOf, ",": OpComma,
}
