package facts

import (
	"slices"

	"github.com/qodacode/qodacode/analyzers/policy/effects"
	"github.com/qodacode/qodacode/analyzers/policy/guards"
	"github.com/qodacode/qodacode/parser"
)

// around is what guards tell of a place, asked once.
func (b *builder) guardsAt(n parser.NodeID) guards.Around {
	a, ok := b.around[n]
	if !ok {
		a = b.guards.At(n)
		b.around[n] = a
	}
	return a
}

// context is what is around n, with the tool whose work it is.
func (b *builder) context(n parser.NodeID) Context {
	a := b.guardsAt(n)
	fn := a.Func
	if fn == nil {
		fn = b.f.EnclosingFunc(n)
	}
	c := Context{
		Class: a.Class, LoopDepth: a.LoopDepth, LoopBounded: tri(a.LoopBounded), Production: tri(a.Production), ProductionGuard: b.clip(a.ProductionGuard, textLimit),
		Approved: tri(a.Approved), Approval: b.clip(a.Approval, textLimit), RateLimited: tri(a.RateLimited), InTest: a.InTest || b.doc.File.IsTest, InTry: a.InTry,
		Agents: []string{}, Decorators: []string{},
	}
	if i, ok := b.functions[fn]; ok {
		c.Function, c.Decorators = b.doc.Functions[i].Qualname, b.doc.Functions[i].Decorators
	}
	if tools, all := b.reach.toolsAt(n); len(tools) > 0 {
		t := b.shownTool(tools, fn)
		c.Tool, c.Agents = b.doc.Tools[t].Name, b.doc.Tools[t].Agents
		if all && c.Approved != Yes {
			b.approvedByTools(&c, tools)
		}
	}
	return c
}

// shownTool is the tool that an effect is told to be the work of: the one whose own function it
// stands in, else the first that nobody approves.
func (b *builder) shownTool(tools []int, fn *parser.Func) int {
	if slices.Contains(b.tools[tools[0]].fns, fn) {
		return tools[0]
	}
	for _, t := range tools {
		if b.doc.Tools[t].RequiresApproval != Yes {
			return t
		}
	}
	return tools[0]
}

// approvedByTools says that an effect is approved when each tool that leads to it is, and not
// known where that is not known of one of them.
func (b *builder) approvedByTools(c *Context, tools []int) {
	answer, approval := Yes, ""
	for _, t := range tools {
		switch b.doc.Tools[t].RequiresApproval {
		case No:
			return
		case Unknown:
			answer = Unknown
		}
		if approval == "" {
			approval = b.doc.Tools[t].Approval
		}
	}
	c.Approved, c.Approval = answer, approval
}

func tri(a guards.Answer) Tri {
	switch a {
	case guards.Yes:
		return Yes
	case guards.No:
		return No
	}
	return Unknown
}

// readEffects lists the effects.
func (b *builder) readEffects() {
	slices.SortStableFunc(b.effects, func(x, y effects.Effect) int { return int(x.Node - y.Node) })
	for i := range b.effects {
		e := &b.effects[i]
		if i%64 == 0 && b.ctx.Err() != nil {
			return
		}
		at, ctx, call := b.rangeOf(e.Node), b.context(e.Node), b.callID(e.Call)
		switch {
		case e.SQL != nil:
			b.doc.SQL = append(b.doc.SQL, SQL{
				ID: b.id("sql", at), Call: call, Verb: oneOf(e.SQL.Verb, sqlVerbs, "unknown"), Tables: e.SQL.Tables, HasWhere: e.SQL.Where,
				Statement: b.clip(e.SQL.Statement, proseLimit), Known: oneOf(e.SQL.Known, knownParts, effects.None), Interpolated: e.SQL.Interpolated, Ctx: ctx, Range: at,
			})
		case e.HTTP != nil:
			b.doc.HTTP = append(b.doc.HTTP, HTTP{
				ID: b.id("http", at), Call: call, Method: e.HTTP.Method, URL: b.clip(e.HTTP.URL, proseLimit), Scheme: e.HTTP.Scheme, Host: e.HTTP.Host,
				Port: e.HTTP.Port, Path: b.clip(e.HTTP.Path, proseLimit), Known: oneOf(e.HTTP.Known, knownHosts, effects.None), Ctx: ctx, Range: at,
			})
		case e.File != nil:
			b.doc.Files = append(b.doc.Files, FileEffect{
				ID: b.id("file", at), Call: call, Op: oneOf(e.File.Op, fileOps, "other"), Path: b.clip(e.File.Path, proseLimit), Known: oneOf(e.File.Known, knownPaths, effects.None),
				Absolute: e.File.Absolute, Escapes: e.File.Escapes, FromParameter: e.File.FromParameter, Ctx: ctx, Range: at,
			})
		case e.Shell != nil:
			b.doc.Shell = append(b.doc.Shell, Shell{
				ID: b.id("shell", at), Call: call, Command: b.clip(e.Shell.Command, proseLimit), Program: e.Shell.Program,
				Known: oneOf(e.Shell.Known, knownParts, effects.None), ViaShell: e.Shell.ViaShell, Ctx: ctx, Range: at,
			})
		case e.Env != nil:
			b.doc.Env = append(b.doc.Env, Env{
				ID: b.id("env", at), Name: b.clip(e.Env.Name, textLimit), Op: oneOf(e.Env.Op, envOps, "read"), HasDefault: e.Env.HasDefault,
				Default: b.clip(e.Env.Default, textLimit), Ctx: ctx, Range: at,
			})
		}
	}
}

// What the schema allows, from the tags.
var (
	sqlVerbs   = FieldAt("sql", "verb").Enum
	knownParts = FieldAt("sql", "known").Enum
	knownHosts = FieldAt("http", "known").Enum
	fileOps    = FieldAt("files", "op").Enum
	knownPaths = FieldAt("files", "known").Enum
	envOps     = FieldAt("env", "op").Enum
)

// oneOf is s where it is one of the values, so that a document always fits its schema.
func oneOf(s string, values []string, other string) string {
	if slices.Contains(values, s) {
		return s
	}
	return other
}
