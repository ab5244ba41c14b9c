package workspace

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func TestCallers(t *testing.T) {
	root := tree(t, map[string]string{
		"app/llm/client.py":     "import subject\n",
		"app/llm/__init__.py":   "",
		"app/service.py":        "from .llm import (\n    client,  # ours\n)\n",
		"app/routes/chat.py":    "from app.service import answer\n",
		"app/main.py":           "from app.routes import chat as c\n",
		"app/far.py":            "import app.main\n", // four levels up
		"other/client.py":       "x = 1\n",
		"other/user.py":         "from other import client\n", // its namesake
		"web/lib/llm.server.ts": "import 'subject';\n",
		"web/route.ts":          "import { ask } from '@/lib/llm.server';\n",
		"web/page.tsx":          "const { POST } = await import('./route');\n",
		"web/none.ts":           "export const from = 'llm';\n",
	})
	ctx := context.Background()
	p := NewProject(root, NewWords([]string{"subject"}), func(string) int { return 1 << 20 })
	if err := p.Load(ctx, slices.Collect(Files(ctx, root, nil))); err != nil {
		t.Fatal(err)
	}
	names := func() string {
		code, _ := p.Files()
		var names []string
		for _, f := range code {
			names = append(names, f.Path)
		}
		return strings.Join(names, " ")
	}
	want := "app/llm/client.py app/main.py app/routes/chat.py app/service.py web/lib/llm.server.ts web/page.tsx web/route.ts"
	if got := names(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	p.Update(ctx, "app/service.py", parser.Parse("app/service.py", "", text.New("answer = 1\n")))
	if got, want := names(), "app/llm/client.py web/lib/llm.server.ts web/page.tsx web/route.ts"; got != want {
		t.Errorf("after an edit %s\nwant %s", got, want)
	}
	p.Update(ctx, "app/service.py", nil)
	if got := names(); got != want {
		t.Errorf("closed %s\nwant %s", got, want)
	}
}

func TestCallersHaveALimit(t *testing.T) {
	files := map[string]string{"llm.py": "import subject\n"}
	for i := range 2 * maxCallers {
		files[fmt.Sprintf("u%d.py", i)] = "import llm\n"
	}
	root := tree(t, files)
	ctx := context.Background()
	p := NewProject(root, NewWords([]string{"subject"}), func(string) int { return 1 << 20 })
	if err := p.Load(ctx, slices.Collect(Files(ctx, root, nil))); err != nil {
		t.Fatal(err)
	}
	if code, _ := p.Files(); len(code) != maxCallers+1 {
		t.Errorf("%d files", len(code))
	}
}
