package policy

import (
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func TestCommentAt(t *testing.T) {
	for _, c := range []struct{ path, src, want string }{ // ‸ is the cursor
		{"a.py", "# policy: no ‸shell commands\nx = 1\n", "no shell commands"},
		{"a.py", "x = 1  # Policy : No shell‸\n# another line\n", "No shell another line"},
		{"a.py", "# policy: no database deletes\n#   without ‸approval\n#\n# not this\n", "no database deletes without approval"},
		{"a.py", "# policy: one\n# policy: two‸\n", "two"},
		{"a.py", "# policy: one\nx = 1 # ‸two\n", ""},
		{"a.py", "# política: sin ‸borrados\n", "sin borrados"},
		{"a.py", "#policy:‸\nx = 1\n", ""},
		{"a.py", "# our policy: ‸none\n", ""},
		{"a.py", "x = '# policy: none‸'\n", ""},
		{"a.py", "# policy: a\nx‸ = 1\n", ""},
		{"a.ts", "// policy: only models ‸gpt-5\nlet x = 1;\n", "only models gpt-5"},
		{"a.ts", "/**\n * policy: no shell‸\n * in production\n */\nlet x = 1;\n", "no shell in production"},
		{"a.ts", "// policy: no‸ shell\n/* in production */\n", "no shell"},
		{"a.py", "# 😀 before\n# policy: no shell 😀‸\n", "no shell 😀"},
		{"a.py", "# policy: " + strings.Repeat("x", 3000) + "‸\n", ""},
	} {
		at := strings.Index(c.src, "‸")
		f := parser.Parse(c.path, "", text.New(strings.Replace(c.src, "‸", "", 1)))
		if got, ok := CommentAt(f, at); got.Sentence != c.want || ok != (c.want != "") {
			t.Errorf("%.80q: got %.80q, want %.80q", c.src, got.Sentence, c.want)
		}
	}
}
