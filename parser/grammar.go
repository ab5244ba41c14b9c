package parser

import (
	"context"
	"sync"

	sitter "github.com/smacker/go-tree-sitter"
	"github.com/smacker/go-tree-sitter/javascript"
	"github.com/smacker/go-tree-sitter/python"
	"github.com/smacker/go-tree-sitter/typescript/tsx"
	"github.com/smacker/go-tree-sitter/typescript/typescript"
)

// grammar is one tree-sitter language with its symbols and fields translated to ours.
type grammar struct {
	language *sitter.Language
	kinds    []Kind   // by symbol
	names    []string // by symbol
	fields   []Field  // by the grammar's field
	parsers  sync.Pool
}

var grammars = [languages]func() *grammar{
	Python:     sync.OnceValue(func() *grammar { return newGrammar(python.GetLanguage(), Python) }),
	JavaScript: sync.OnceValue(func() *grammar { return newGrammar(javascript.GetLanguage(), JavaScript) }),
	TypeScript: sync.OnceValue(func() *grammar { return newGrammar(typescript.GetLanguage(), TypeScript) }),
	TSX:        sync.OnceValue(func() *grammar { return newGrammar(tsx.GetLanguage(), TSX) }),
}

func newGrammar(language *sitter.Language, l Language) *grammar {
	kindOf := map[string]Kind{}
	for kind, names := range kindNames {
		for _, name := range names {
			kindOf[name] = Kind(kind)
		}
	}
	if l.IsScript() {
		kindOf["for_statement"] = KindForClassic // Python uses the name for its only for loop
		delete(kindOf, "module")                 // TypeScript's namespace
		delete(kindOf, "type_parameter")
	}
	fieldOf := map[string]Field{}
	for field, name := range fieldNames {
		fieldOf[name] = Field(field)
	}
	g := &grammar{language: language}
	for s := range language.SymbolCount() {
		name := language.SymbolName(sitter.Symbol(s))
		kind := KindOther
		if language.SymbolType(sitter.Symbol(s)) == sitter.SymbolTypeRegular {
			kind = kindOf[name]
		}
		g.kinds, g.names = append(g.kinds, kind), append(g.names, name)
	}
	g.fields = []Field{FieldNone}
	for i := 1; language.FieldName(i) != ""; i++ {
		g.fields = append(g.fields, fieldOf[language.FieldName(i)])
	}
	g.parsers.New = func() any {
		p := sitter.NewParser()
		p.SetLanguage(language)
		return p
	}
	return g
}

// parse parses src, reusing old where it is not nil; old must have been edited to match.
// The caller closes the result.
//
// The context is never cancellable: a cancelled parse poisons the parser for all later ones.
func (g *grammar) parse(old *sitter.Tree, src []byte) *sitter.Tree {
	p := g.parsers.Get().(*sitter.Parser)
	defer g.parsers.Put(p)
	tree, err := p.ParseCtx(context.Background(), old, src)
	if err != nil {
		// Only a missing language or a time limit end here, and we set neither.
		panic("tree-sitter: " + err.Error())
	}
	return tree
}
