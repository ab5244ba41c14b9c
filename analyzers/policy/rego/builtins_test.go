package rego

import (
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// TestBuiltins: what is allowed exists, says the same each time, and reaches nothing; what is
// not is refused with a reason.
func TestBuiltins(t *testing.T) {
	for name := range allowedNames() {
		b := ast.BuiltinMap[name]
		if b == nil {
			t.Errorf("OPA has no function %s", name)
			continue
		}
		if b.Nondeterministic && name != "internal.print" && name != "print" {
			t.Errorf("%s does not depend on its arguments alone", name)
		}
		if whyRefused(name) != "" {
			t.Errorf("%s is allowed and refused", name)
		}
	}
	for name := range ast.BuiltinMap {
		if !allowedNames()[name] && whyRefused(name) == "" {
			t.Errorf("%s is neither allowed nor refused", name)
		}
	}
	for _, b := range Capabilities().Builtins {
		if !allowedNames()[b.Name] {
			t.Errorf("the capabilities have %s", b.Name)
		}
	}
	if hosts := Capabilities().AllowNet; hosts == nil || len(hosts) > 0 {
		t.Errorf("the capabilities allow hosts: %v", hosts)
	}
}

func TestNearest(t *testing.T) {
	fields := []string{"production", "production_guard", "approved", "approval", "rate_limited", "loop_depth", "function", "tool"}
	for name, want := range map[string]string{"prodution": "production", "producton": "production", "aproved": "approved", "approveds": "approved", "loopDepth": "loop_depth", "ratelimited": "rate_limited", "func": "function", "x": "", "tol": "tool", "to": "", "approv": "approved", "severity": "", "lopo_depth": "loop_depth"} {
		if got := nearest(name, fields); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
