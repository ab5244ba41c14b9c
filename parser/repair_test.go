package parser

import (
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

func TestRepairs(t *testing.T) {
	tests := []struct {
		script    bool
		src, want string
	}{
		{false, "f(\ng()\n", "f()\ng()\n"},
		{false, "f(a,\n  b\ng()\n", "f(a,\n  b)\ng()\n"},
		{false, "f(\n    g(\n        x,\n    y=1,\n)\n", "f(\n    g(\n        x,)\n    y=1,\n)\n"},
		{false, "x = [1, {'a': (2\ny = 1\n", "x = [1, {'a': (2)}]\ny = 1\n"},
		{false, "f(\n    x = 1\n    return x\n", "f()\n    x = 1\n    return x\n"},
		{false, "f(\n    x=1,\n)\n", "f(\n    x=1,\n)\n"},
		{true, "f(\n    const x = 1;\n", "f()\n    const x = 1;\n"},
		{true, "f(() => {\n    const x = 1;\n});\n", "f(() => {\n    const x = 1;\n});\n"},
		{false, "x = \"\"\"You are\ny = 1\ndef f():\n    \"\"\"\n    Doc.\n    \"\"\"\n", "x = \"\"\"You are\"\"\"\ny = 1\ndef f():\n    \"\"\"\n    Doc.\n    \"\"\"\n"},
		{false, "f([1)\n", "f([1])\n"},
		{false, "f(  # why (\ng()\n", "f()  # why (\ng()\n"},
		{false, "x = 'abc\ny = 1\n", "x = 'abc'\ny = 1\n"},
		{false, "x = f'a{b[0\ny = 1\n", "x = f'a{b[0}'\ny = 1\n"},
		{false, "x = f'{{a}}'\n", "x = f'{{a}}'\n"},
		{false, "x = '''(\n'''\n", "x = '''(\n'''\n"},
		{false, "x = 'a\\\nb'\n", "x = 'a\\\nb'\n"},
		{false, "f(", "f()"},
		{false, ")\n", ")\n"},
		{true, "f({ a: 1,\nconst x = 1;\n", "f({ a: 1,})\nconst x = 1;\n"},
		{true, "f(() => {\n  g();\n});\n", "f(() => {\n  g();\n});\n"},
		{true, "const s = `a${f(`b${c}`)}`;\n", "const s = `a${f(`b${c}`)}`;\n"},
		{true, "const r = /[(\"]/.test(x);\n", "const r = /[(\"]/.test(x);\n"},
		{true, "x = a / b; // (\n/* ( */ f(\ny();\n", "x = a / b; // (\n/* ( */ f()\ny();\n"},
		{true, "x = \"abc\r\ny();\r\n", "x = \"abc\"\r\ny();\r\n"},
	}
	for _, tt := range tests {
		if got := apply(tt.src, repairs(tt.src, tt.script)); got != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.src, got, tt.want)
		}
	}
}

// Nodes of a repaired text must stand where they stand in the real one.
func TestRepairedNodesStandInTheText(t *testing.T) {
	f := Parse("a.py", "", text.New("x = g(f(\ny = h('é')\nz = 1\n"))
	c := callNamed(t, f, "h")
	if got := f.Slice(c.Node); got != "h('é')" {
		t.Errorf("the call behind the repair is read as %q", got)
	}
	if got := f.Slice(callNamed(t, f, "f").Node); got != "f(" {
		t.Errorf("the repaired call is read as %q", got)
	}
	if !f.Broken() {
		t.Error("a repaired text is still broken")
	}
}
