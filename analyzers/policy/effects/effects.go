// Package effects finds what the code of a file does to the world around it: SQL, HTTP, files,
// programs, the environment. What a library's functions do is data: a row of a table.
package effects

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// Effect is one effect at one place. Exactly one of the pointers is set.
type Effect struct {
	Node parser.NodeID // the expression that has it: a call, or the use of os.environ
	Call *parser.Call  // nil where it is no call

	SQL   *SQL
	HTTP  *HTTP
	File  *File
	Shell *Shell
	Env   *Env
}

// How much of a text is known.
const (
	Full    = "full"
	Partial = "partial" // of a statement or command
	Prefix  = "prefix"  // of a path
	Host    = "host"    // of a URL
	None    = "none"
)

// Gap stands in a text for what is not known.
const Gap = "…"

// SQL is a statement that is executed; see facts.SQL.
type SQL struct {
	Verb         string // lower case; "unknown"
	Tables       []string
	Where        bool
	Statement    string
	Known        string // Full, Partial, None
	Interpolated bool
}

// HTTP is a request, or a client that is made for a host; see facts.HTTP.
type HTTP struct {
	Method, URL, Scheme, Host string
	Port                      int
	Path                      string
	Known                     string // Full, Host, None
}

// File is what is done to a file or folder; see facts.FileEffect.
type File struct {
	Op                               string // read, write, append, delete, list, chmod, exec, other
	Path                             string
	Known                            string // Full, Prefix, None
	Absolute, Escapes, FromParameter bool
}

// Shell is a program that is started or code that is evaluated; see facts.Shell.
type Shell struct {
	Command, Program string
	Known            string // Full, Partial, None
	ViaShell         bool
}

// Env is the use of a variable of the environment; see facts.Env.
type Env struct {
	Name       string
	Op         string // read, write
	HasDefault bool
	Default    string
}

// Of are the effects of a file, in the order of their places. modules finds the constants
// and clients that the file imports; nil: none.
//
// A request to where the page itself comes from, fetch('/api/…'), is none. What the code gives
// only for when the environment or a caller has nothing is not taken for the truth.
func Of(f *parser.File, modules diagnostics.Modules) []Effect {
	if !f.Language.IsCode() || len(f.Nodes) == 0 {
		return nil
	}
	v := newView(f, modules, 0)
	table := tables[0]()
	if f.Language.IsScript() {
		table = tables[1]()
	}
	var out []Effect
	for i := range f.Calls {
		out = v.effects(out, &f.Calls[i], table)
	}
	out = v.env(out)
	slices.SortStableFunc(out, func(a, b Effect) int { return int(a.Node - b.Node) })
	return out
}

// effects adds those of a call. It has at most one of each kind.
func (v *view) effects(out []Effect, call *parser.Call, table index) []Effect {
	c := v.invocation(call)
	name, q := c.name, ""
	if name == "" { // child['exec'](…), getattr(os, "system")(…)
		if k := v.Kind(c.callee); k != parser.KindSubscript && k != parser.KindCall {
			return out
		}
		q = v.spell(c.callee)
		if name = last(q); strings.HasPrefix(q, "~") {
			return out
		}
		c.name = name
	}
	rows := table[name]
	if v.Kind(c.callee) == parser.KindIdentifier {
		if rows == nil && !v.mayBeOther(name) {
			return out
		}
		// The name may stand for something with another: from os import remove as rm.
		if q = v.spell(c.callee); last(q) != name {
			name = last(q)
			if rows = table[name]; rows == nil {
				rows = table[q]
			}
			c.name = name
			if clients[q] { // a client that is called itself: api('/users')
				if http := v.http(&c, calledClient, q); http != nil {
					out = append(out, Effect{Node: call.Node, Call: call, HTTP: http})
				}
				return out
			}
		} else if rows == nil {
			rows = table[q]
		}
	} else if rows == nil && !guessed[name] {
		return out
	}
	if q == "" {
		q = v.spell(c.callee)
	}
	if firstText[q] {
		return out // a part of a text
	}
	if v.Kind(c.callee) == parser.KindAttribute && v.FuncOf(c.callee) != nil {
		// A method of the file's own does what its code does; a statement that it is given it executes.
		if sql := v.givenSQL(&c); sql != nil {
			out = append(out, Effect{Node: call.Node, Call: call, SQL: sql})
		}
		return out
	}
	e := Effect{Node: call.Node, Call: call}
	var done Effect
	add := func(kind Effect) {
		kind.Node, kind.Call = e.Node, e.Call
		out = append(out, kind)
	}
	for _, r := range rows {
		if !r.matches(q) {
			continue
		}
		if r.sql != nil && done.SQL == nil {
			if done.SQL = v.sql(&c, r.sql, q); done.SQL != nil {
				add(Effect{SQL: done.SQL})
			}
		}
		if r.http != nil && done.HTTP == nil {
			if done.HTTP = v.http(&c, r.http, q); done.HTTP != nil {
				add(Effect{HTTP: done.HTTP})
			}
		}
		if r.file != nil && done.File == nil {
			if done.File = v.file(&c, r.file); done.File != nil {
				add(Effect{File: done.File})
			}
		}
		if r.shell != nil && done.Shell == nil {
			if done.Shell = v.shell(&c, r.shell); done.Shell != nil {
				add(Effect{Shell: done.Shell})
			}
		}
	}
	if done.SQL == nil && done.HTTP == nil && done.File == nil && done.Shell == nil && guessed[name] {
		if sql := v.guessSQL(&c, q); sql != nil {
			add(Effect{SQL: sql})
		} else if http := v.guessHTTP(&c, q); http != nil {
			add(Effect{HTTP: http})
		} else if file := v.guessFile(&c, q); file != nil {
			add(Effect{File: file})
		}
	}
	if env := v.envCall(&c, q); env != nil {
		add(Effect{Env: env})
	}
	return out
}

// clients are what makes clients of HTTP that can be called themselves.
var clients = set("axios.create got.extend ky.create ky.extend ofetch.create")

var calledClient = &httpRow{method: "option", url: &argument{"", 0}}

// guessed are the names of methods whose effect may show without knowing what they belong to.
var guessed = guessedNames()

func guessedNames() map[string]bool {
	out := set("get post put patch delete head options request stream goto ws_connect getenv setdefault pop putenv unsetenv set update clear " +
		"create upsert remove raw insert del select bulk_create bulk_update _raw_delete deleteMany updateMany count")
	for name := range sqlMethods {
		out[name] = true
	}
	for name := range ormNames {
		out[name] = true
	}
	for name := range fileNames {
		out[name] = true
	}
	return out
}
