package codeactions

import (
	"fmt"

	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// batchSize is how many texts one request embeds. OpenAI takes 2,048, and 300,000 tokens in
// all (2026-11-22): 512 chunks of the usual 500 tokens.
const batchSize = 512

// batchEmbedding embeds a list in a few requests instead of one for each element. It does so
// only where the loop embeds and collects and does nothing else, and says why elsewhere.
func batchEmbedding(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*cost.BatchEmbeddingFix)
	if !ok || fix.Call == nil || fix.Loop == nil || !atHand(f, fix.Call.Site) {
		return nil
	}
	site := fix.Call.Site
	f = site.File
	row := batchRowOf(site)
	if row == nil {
		return nil
	}
	title := "Embed the list in one call"
	if row.chunks {
		title = fmt.Sprintf("Embed %d texts in each call", batchSize)
	}
	return []Action{attempt(f, title, func(d *draft) string {
		b := &batching{draft: d, site: site, loop: fix.Loop, row: row}
		return b.rewrite(fix)
	})}
}

// batchRow is a call that embeds one text.
type batchRow struct {
	sdk, method string
	input       string // the argument that holds the text
	position    int
	// many is the method that embeds a list, under input's new name; "" for the same method.
	many, inputs string
	// chunks: the list has to be cut to what one request takes.
	chunks bool
	// forms are the ways to read the vector from an answer; none where the answer is the vector.
	forms []vectorForm
}

// vectorForm is a way to read vectors: one leads from an answer to the only one, all to a
// list of answers, and each from one of these to its vector.
type vectorForm struct{ one, all, each string }

var openaiForms = []vectorForm{
	{".data[0].embedding", ".data", ".embedding"},
	{`.data[0]["embedding"]`, ".data", `["embedding"]`},
	{`["data"][0]["embedding"]`, `["data"]`, `["embedding"]`},
}

var batchRows = []batchRow{
	{sdk: "openai", method: "create", input: "input", position: -1, chunks: true, forms: openaiForms},
	{sdk: "litellm", method: "embedding", input: "input", position: 1, chunks: true, forms: openaiForms},
	{sdk: "litellm", method: "aembedding", input: "input", position: 1, chunks: true, forms: openaiForms},
	{sdk: "ai-sdk", method: "embed", input: "value", position: -1, many: "embedMany", inputs: "values", forms: []vectorForm{{one: ".embedding", all: ".embeddings"}}},
	{sdk: "langchain", method: "embed_query", input: "text", position: 0, many: "embed_documents", inputs: "texts"},
	{sdk: "langchain", method: "aembed_query", input: "text", position: 0, many: "aembed_documents", inputs: "texts"},
	{sdk: "langchain", method: "embedQuery", input: "", position: 0, many: "embedDocuments"},
}

func batchRowOf(site *llm.Site) *batchRow {
	if site.Kind != llm.Embedding {
		return nil
	}
	for i := range batchRows {
		if r := &batchRows[i]; r.sdk == site.SDK && r.method == site.Call.Name {
			return r
		}
	}
	return nil
}

// batching is one loop that embeds.
type batching struct {
	*draft
	site *llm.Site
	loop *parser.Loop
	row  *batchRow
	form vectorForm // in which the vector is read

	reason string // why a part could not be written

	item  string        // the loop's variable
	texts parser.NodeID // what is embedded in each round
	whole string        // the list
}

// rewrite finds the form of the loop.
func (b *batching) rewrite(fix *cost.BatchEmbeddingFix) string {
	if !b.Within(b.site.Call.Node, b.loop.Node) {
		return "the loop is in another function"
	}
	if b.loop.Async {
		return "the list comes in one by one"
	}
	if b.row.sdk == "langchain" && (fix.Call.Model == nil || string(fix.Call.Model.Provider) != "openai") {
		return "some models embed questions and documents in different ways: see that this one does not"
	}
	switch {
	case b.loop.Kind == parser.CallbackLoop:
		b.item = b.paramOf()
	case b.Kind(b.loop.Target) == parser.KindIdentifier:
		b.item = b.Slice(b.loop.Target)
	}
	if b.item == "" {
		return "the loop takes its elements apart"
	}
	if reason := b.input(); reason != "" {
		return reason
	}
	if reason := b.sized(); reason != "" {
		return reason
	}
	switch b.loop.Kind {
	case parser.ForLoop:
		return b.statements()
	case parser.ComprehensionLoop:
		return b.comprehension()
	case parser.CallbackLoop:
		return b.callback()
	}
	return "the loop does not go through a list"
}

// paramOf is the one parameter of a callback.
func (b *batching) paramOf() string {
	for i := range b.Funcs {
		if fn := &b.Funcs[i]; fn.Body == b.loop.Body && len(fn.Params) == 1 && fn.Params[0].Path == "" && fn.Params[0].Value == parser.NoNode {
			return fn.Params[0].Name
		}
	}
	return ""
}

// input finds what is embedded: the element, a list of it alone, or something made of it.
func (b *batching) input() string {
	arg, ok := llm.Argument(b.File, b.site.Call, b.row.input, b.row.position)
	if !ok || !b.Within(arg.Expr, b.site.Call.Node) {
		return "what is embedded is put together elsewhere"
	}
	b.texts = arg.Expr
	if b.Kind(b.texts) == parser.KindShorthand {
		return "what is embedded is put together elsewhere"
	}
	if n := b.Unwrap(b.texts); b.Kind(n) == parser.KindList {
		if b.FirstChild(n) == parser.NoNode || b.FirstChild(n) != b.LastChild(n) {
			return "each call embeds several texts already"
		}
		b.texts = b.FirstChild(n)
	}
	found := false
	for n := b.texts; b.Within(n, b.texts); n++ {
		switch k := b.Kind(n); {
		case k == parser.KindAwait || k == parser.KindYield || k == parser.KindNamedExpression:
			return "what is embedded is computed on the way"
		case k == parser.KindIdentifier && b.Slice(n) == b.item && !isLabel(b.File, n):
			found = true
		}
	}
	if !found {
		return "what is embedded does not depend on the loop"
	}
	for _, a := range b.site.Call.Args {
		if b.Within(b.texts, a.Node) && (!b.Language.IsScript() || b.row.input == "") {
			continue
		}
		for n := a.Node; b.Within(n, a.Node); n++ {
			if !b.Within(n, arg.Arg) && b.Kind(n) == parser.KindIdentifier && b.Slice(n) == b.item && !isLabel(b.File, n) {
				return "the call has other arguments that change from element to element"
			}
		}
	}
	return ""
}
