package guards

import (
	"github.com/qodacode/qodacode/parser"
)

// limiterArguments are arguments of a call, or of the client it is a method of, that limit its rate.
var limiterArguments = set(`rate_limiter rateLimiter max_rpm maxRpm requests_per_minute requestsPerMinute rpm_limit max_requests_per_minute rpm`)

// limited is whether a limiter guards n, and what it lets through per minute.
func (a *analysis) limited(n parser.NodeID, r reach) (Answer, float64) {
	if got := r.limitedBy(); got == Yes {
		return Yes, a.perMinute(r.limit)
	} else if rpm, ok := a.limitedClient(n); ok {
		return Yes, rpm
	} else if got == Unknown {
		return Unknown, a.perMinute(r.limit)
	}
	if a.sleepsInLoop(n) {
		return Unknown, 0
	}
	return No, 0
}

// limitedClient is the limiter that the call at n, or the client it is a method of, is given.
func (a *analysis) limitedClient(n parser.NodeID) (float64, bool) {
	c := a.CallAt(a.Unwrap(n))
	for range 6 {
		if c == nil {
			return 0, false
		}
		for _, arg := range c.Args {
			if limiterArguments[arg.Name] {
				return a.limitOf(arg.Name, arg.Value), a.Kind(a.Unwrap(arg.Value)) != parser.KindNone
			}
			if object := a.Unwrap(arg.Value); arg.Name == "" && a.Kind(object) == parser.KindDict && a.Language.IsScript() {
				for name := range limiterArguments {
					if v := a.Property(object, name); v != parser.NoNode {
						return a.limitOf(name, v), true
					}
				}
			}
		}
		c = a.maker(c)
	}
	return 0, false
}

// maker is the call that made the object that c is a method of.
func (a *analysis) maker(c *parser.Call) *parser.Call {
	callee := a.Unwrap(c.Callee)
	for a.Kind(callee) == parser.KindAttribute {
		object := a.Unwrap(a.Field(callee, parser.FieldObject))
		if a.IsSelf(object) {
			if class := a.ClassAround(callee); class != nil {
				if defs := a.Members(class, a.nameOf(callee)); len(defs) == 1 {
					return a.CallAt(a.Unwrap(defs[0].Value))
				}
			}
			return nil
		}
		callee = object
	}
	if m := a.CallAt(callee); m != nil {
		return m
	}
	if defs := a.DefsOf(callee); len(defs) == 1 && (defs[0].Kind == parser.AssignDef || defs[0].Kind == parser.WithDef) {
		return a.CallAt(a.Unwrap(defs[0].Value))
	}
	return nil
}

func (a *analysis) limitOf(name string, v parser.NodeID) float64 {
	if e := a.Eval(v); e.Kind == parser.Number && !e.Default {
		return e.Num
	}
	return a.perMinute(v)
}

// sleepsInLoop reports whether the loop around n sleeps, which slows it down, who knows how much.
func (a *analysis) sleepsInLoop(n parser.NodeID) bool {
	l := a.EnclosingLoop(n)
	if l == nil || l.Body == parser.NoNode {
		return false
	}
	end := parser.NodeID(a.Nodes[l.Body].Next)
	for i := a.firstCall(l.Body); i < len(a.Calls) && a.Calls[i].Node < end; i++ {
		switch a.Calls[i].Name {
		case "sleep", "setTimeout", "delay":
			return true
		}
	}
	return false
}
