package codeactions

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/parser"
)

// seat is where an SDK has a setting, as code writes it.
type seat struct {
	sdk string
	// calls are the apis, or the names of what is called; nil: all of the SDK.
	calls []string
	in    dialect
	what  llm.Setting
	// path leads to the setting: an argument, and the keys of the objects that it holds.
	path string
	// legacy is the path in versions, models and servers of before.
	legacy string
	// gpt6 is the path for GPT-6, where the SDK does not know yet what to send it.
	gpt6 string
	// options is which argument holds the object that path begins in (JavaScript), or which
	// positional argument the path begins with (Python, 0: none but by keyword).
	options int
	// build makes the objects on the path in Python; where it has nothing, dictionaries do.
	build []symbol
	// value is how the value is written, %s for what it is; "": as it is.
	value string
	needs symbol // for value
}

// dialect is the language that a row is about.
type dialect uint8

const (
	python dialect = iota
	script
)

func dialectOf(f *parser.File) dialect {
	if f.Language.IsScript() {
		return script
	}
	return python
}

// pathFor is the path for a model of today.
func (s *seat) pathFor(model string) string {
	_, name := pricing.SplitGateway(model)
	if s.gpt6 != "" && strings.HasPrefix(name, "gpt-6") {
		return s.gpt6
	}
	return s.path
}

// symbol is a name of a module: ModelSettings of agents, or types.GenerateContentConfig of
// google.genai, of which types is imported.
type symbol struct{ module, name string }

// seatOf is the row about a setting of a site, or of what configures it in the same file.
func seatOf(f *parser.File, site *llm.Site, what llm.Setting) (*seat, *llm.Site) {
	in := dialectOf(f)
	for hops := 0; site != nil && hops < 4; site, hops = site.Config, hops+1 {
		if site.File != f || site.Call == nil {
			continue
		}
		for i := range seats {
			if row := &seats[i]; row.what == what && row.in == in && row.sdk == site.SDK && row.about(f, site) {
				return row, site
			}
		}
	}
	return nil, nil
}

func (s *seat) about(f *parser.File, site *llm.Site) bool {
	if s.calls == nil {
		return true
	}
	name := site.Call.Name
	if site.Call.Callee == site.Method && f.Kind(f.Unwrap(site.Method)) == parser.KindIdentifier {
		if qname := f.QName(site.Method); qname != "" { // an alias
			name = qname[strings.LastIndexByte(qname, '.')+1:]
		}
	}
	for _, c := range s.calls {
		if c == site.API || c == name {
			return true
		}
	}
	return false
}

// set writes a setting of a site, where the row says, and answers why it can't; "" when it can.
func (d *draft) set(site *llm.Site, row *seat, path, value string) (blocked string) {
	if row.value != "" {
		value = fmt.Sprintf(row.value, value)
	}
	if row.needs.name != "" {
		local, ok := d.symbol(row.needs, site.Call.Node)
		if !ok {
			return row.needs.name + " means something else in this file"
		}
		value = strings.Replace(value, row.needs.name, local, 1)
	}
	w := &writer{draft: d, build: row.build, use: site.Call.Node, quote: quoteOf(d.File, site.Model.Arg)}
	if site.Model.Arg == parser.NoNode {
		w.quote = d.usualQuote()
	}
	keys := strings.Split(path, ".")
	if d.Language.IsScript() {
		return w.option(site.Call, row.options, keys, value)
	}
	pos := -1
	if row.options > 0 && site.Method == site.Call.Callee {
		pos = row.options
	}
	return w.argument(site.Call, pos, keys, value)
}

// symbol makes a name usable, and answers how it is written.
func (d *draft) symbol(s symbol, use parser.NodeID) (local string, ok bool) {
	if local, ok = d.symbols[s]; ok {
		return local, true
	}
	first, member, dotted := strings.Cut(s.name, ".")
	switch {
	case !dotted:
		if local, ok = d.importedBelow(s, use); !ok {
			local, ok = d.importName(s.module, s.name, use)
		}
	default:
		// from google.genai.types import GenerateContentConfig
		local, ok = d.imported(wanted{module: s.module + "." + first, name: member, local: member, use: use})
		if !ok {
			local, ok = d.importName(s.module, first, use)
			local += "." + member
		}
	}
	if ok {
		if d.symbols == nil {
			d.symbols = map[symbol]string{}
		}
		d.symbols[s] = local
	}
	return local, ok
}

// importedBelow is a name that the file takes from a part of the module, as ModelSettings of
// agents.model_settings.
func (d *draft) importedBelow(s symbol, use parser.NodeID) (local string, ok bool) {
	for i := range d.Imports {
		imp := &d.Imports[i]
		if imp.Name == s.name && imp.Alias != "" && strings.HasPrefix(imp.Module, s.module+".") && !imp.TypeOnly && d.reaches(imp, use) {
			return imp.Alias, true
		}
	}
	return "", false
}

// usualQuote is the quote of the file's first plain string literal.
func (d *draft) usualQuote() string {
	for _, s := range d.Strings {
		if source := d.Slice(s.Node); len(source) > 0 && (source[0] == '"' || source[0] == '\'') && !strings.HasPrefix(source, `"""`) && !strings.HasPrefix(source, `'''`) {
			return source[:1]
		}
	}
	if d.Language.IsScript() {
		return "'"
	}
	return `"`
}
