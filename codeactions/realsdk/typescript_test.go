package realsdk

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

var diagnostic = regexp.MustCompile(`(?m)^([^\s(][^(\n]*)\(\d+,\d+\): error .*$`)

// checkTypeScript asks the TypeScript compiler about all programs at once, and runs those that
// say something about the wire.
func checkTypeScript(t *testing.T, sdks string, all []*program) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	paths := write(t, root, all, ".ts", ".tsx")
	if err := os.Symlink(filepath.Join(sdks, "npm", "node_modules"), filepath.Join(root, "node_modules")); err != nil {
		t.Fatal(err)
	}
	config := `{"compilerOptions": {"strict": true, "outDir": "js", "rootDir": ".", "skipLibCheck": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022", "jsx": "preserve", "types": ["node"]}, "include": ["*/*"], "exclude": ["js"]}`
	if err := os.WriteFile(filepath.Join(root, "tsconfig.json"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "package.json"), []byte(`{"type": "module"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	tsc := exec.Command(filepath.Join(sdks, "npm", "node_modules", ".bin", "tsc"), "--pretty", "false")
	tsc.Dir = root
	out, err := tsc.CombinedOutput()
	found := diagnostic.FindAllSubmatch(out, -1)
	for _, m := range found {
		if p := paths[filepath.Join(root, string(m[1]))]; p != nil {
			t.Errorf("%s\n%s\n%s", p.name, m[0], p.source)
		} else {
			t.Errorf("%s", m[0])
		}
	}
	if err != nil && len(found) == 0 {
		t.Errorf("tsc: %v\n%s", err, out)
	}
	t.Logf("%d programs are type-checked", len(paths))
	runScripts(t, filepath.Join(root, "js"), paths)
}

// runScripts runs what the compiler has written.
func runScripts(t *testing.T, folder string, paths map[string]*program) {
	wire := newWire(t)
	var mu sync.Mutex
	var wait sync.WaitGroup
	places := make(chan struct{}, 3)
	ran := 0
	for path, p := range paths {
		if !wireLine.Match(p.source) && !requestsLine.Match(p.source) {
			continue
		}
		ran++
		wait.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			node := exec.CommandContext(ctx, "node", filepath.Join(folder, p.run, strings.TrimSuffix(filepath.Base(path), ".ts")+".js"))
			node.Env = os.Environ()
			for name, value := range wire.env(p) {
				node.Env = append(node.Env, name+"="+value)
			}
			out, err := node.CombinedOutput()
			mu.Lock()
			defer mu.Unlock()
			wire.done(t, p, err == nil, string(out))
		})
	}
	wait.Wait()
	wire.hold(t)
	t.Logf("%d programs ran", ran)
}
