package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/rego"
	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
)

// bomb is a policy that never ends to compile; each n is another.
func bomb(n int) string {
	return body(24, `{"a": $, "b": $}`, fmt.Sprintf("y := upper($)\n\ty != \"%d\"", n))
}

// memory is a policy that takes more and more.
var memory = rule("s := concat(\"\", [c | some i in numbers.range(1, 90000); c := \"aaaaaaaaa\"])\n\tx := [y | some i in numbers.range(1, 5000); y := concat(\"b\", [s, \"\"])]")

func TestMemory(t *testing.T) {
	c := sandbox.New(sandbox.Options{Limits: sandbox.Limits{Memory: 96 << 20, Eval: 20 * time.Second}})
	defer c.Close()
	ctx := context.Background()
	loaded, err := c.Load(ctx, one(memory))
	if err != nil || len(loaded.Policies) != 2 {
		t.Fatalf("%+v, %v", loaded, err)
	}
	var peak int64
	watch(func(rss int64) { peak = max(peak, rss) })
	for range 2 { // the second time, the policy is left out, and still said to be
		result, err := c.Eval(ctx, loaded.ID, document(t, 5))
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Violations) != 5 || len(result.Failures) != 1 || !strings.Contains(result.Failures[0].Message, "more than 96 MiB") || result.Failures[0].Policy != "POLICY-other" {
			t.Errorf("%d violations, %+v", len(result.Violations), result.Failures)
		}
	}
	if peak > 200<<20 {
		t.Errorf("the worker held %d MiB", peak>>20)
	}
	again, err := c.Load(ctx, one(memory))
	if err != nil || len(again.Policies) != 1 || len(again.Problems) != 1 || again.Problems[0].Path != "other.rego" {
		t.Errorf("%+v, %v", again, err)
	}
	if changed, err := c.Load(ctx, one(strings.ReplaceAll(memory, "5000", "5"))); err != nil || len(changed.Policies) != 2 {
		t.Errorf("a changed policy is tried again: %+v, %v", changed, err)
	}
}

func TestQuarantineOfAPolicyThatIsOftenSlow(t *testing.T) {
	c := sandbox.New(sandbox.Options{Limits: sandbox.Limits{Eval: 150 * time.Millisecond}})
	defer c.Close()
	ctx := context.Background()
	loaded, err := c.Load(ctx, one(rule("x := [1 | some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); a + b == 0]")))
	if err != nil || len(loaded.Policies) != 2 {
		t.Fatalf("%+v, %v", loaded, err)
	}
	for i := range 5 {
		result, err := c.Eval(ctx, loaded.ID, document(t, i+1))
		if err != nil || len(result.Violations) != i+1 || len(result.Failures) != 1 {
			t.Fatalf("%d: %d violations, %+v, %v", i, len(result.Violations), result.Failures, err)
		}
		if left := strings.Contains(result.Failures[0].Message, "on 3 files"); left != (i >= 3) {
			t.Errorf("%d: %s", i, result.Failures[0].Message)
		}
	}
}

// TestSeveralBombs: they don't add up, and what is good is loaded.
func TestSeveralBombs(t *testing.T) {
	c, ctx := client(t), context.Background()
	set := rego.Set{Modules: []rego.Module{{Path: "good.rego", Source: good}}}
	for i := range 8 {
		set.Modules = append(set.Modules, rego.Module{Path: fmt.Sprintf("bomb%d.rego", i), Source: strings.Replace(bomb(i), "package other", fmt.Sprintf("package bomb%d", i), 1)})
	}
	began := time.Now()
	for range 2 {
		loaded, err := c.Load(ctx, set)
		if err != nil {
			t.Fatal(err)
		}
		if len(loaded.Policies) != 1 || len(loaded.Problems) != 8 {
			t.Errorf("%d policies, %d problems", len(loaded.Policies), len(loaded.Problems))
		}
		t.Logf("%v: %d policies", time.Since(began).Round(time.Millisecond), len(loaded.Policies))
	}
}

func TestCancel(t *testing.T) {
	c := client(t)
	for i, source := range []string{bomb(1), rule("x := [1 | some a in numbers.range(1, 90000); some b in numbers.range(1, 90000); a + b == 0]")} {
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		began := time.Now()
		loaded, err := c.Load(ctx, one(source))
		if err == nil {
			_, err = c.Eval(ctx, loaded.ID, document(t, 5))
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%d: %v", i, err)
		}
		if d := time.Since(began); d > 10*time.Second {
			t.Errorf("%d: cancelled after %v", i, d)
		}
		cancel()
		// A policy that was being compiled when its request was cancelled has done nothing wrong.
		loaded, err = c.Load(context.Background(), one(good+"\n# "+fmt.Sprint(i)))
		if err != nil || len(loaded.Problems) > 1 {
			t.Errorf("%d: %+v, %v", i, loaded, err)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	c, ctx := client(t), context.Background()
	loaded, err := c.Load(ctx, one(strings.ReplaceAll(good, "package good", "package other")))
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			ctx := ctx
			if i%4 == 0 {
				short, cancel := context.WithTimeout(ctx, time.Duration(i)*time.Millisecond)
				defer cancel()
				ctx = short
			}
			result, err := c.Eval(ctx, loaded.ID, document(t, i))
			if err != nil && ctx.Err() == nil || err == nil && len(result.Violations) != 2*i {
				t.Errorf("%d: %+v, %v", i, result, err)
			}
		})
	}
	all.Wait()
}

func TestClose(t *testing.T) {
	c := sandbox.New(sandbox.Options{})
	done := make(chan error)
	go func() {
		_, err := c.Load(context.Background(), one(bomb(2)))
		done <- err
	}()
	time.Sleep(150 * time.Millisecond)
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; !errors.Is(err, sandbox.ErrClosed) {
		t.Errorf("%v", err)
	}
	if _, err := c.Load(context.Background(), one(good)); !errors.Is(err, sandbox.ErrClosed) {
		t.Errorf("%v", err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if n := sandbox.Processes(); n != 0 {
		t.Errorf("%d processes are left", n)
	}
}

// TestTooMuch: more policies than a message holds are said to be, and nothing is started for them.
func TestTooMuch(t *testing.T) {
	c, ctx := client(t), context.Background()
	set := one(good)
	for i := range 60 {
		set.Modules = append(set.Modules, rego.Module{Path: fmt.Sprintf("p%d.rego", i), Source: "package p\n#" + strings.Repeat("\x01", 100<<10)})
	}
	loaded, err := c.Load(ctx, set)
	if err != nil || len(loaded.Problems) != 1 || loaded.Problems[0].Path != "good.rego" || !strings.Contains(loaded.Problems[0].Message, "MiB in all") {
		t.Errorf("%+v, %v", loaded, err)
	}
	if problems, err := c.Lint(ctx, set, "p1.rego"); err != nil || len(problems) != 1 {
		t.Errorf("%+v, %v", problems, err)
	}
	if _, err := c.Format(ctx, "x.rego", strings.Repeat("\x00", 50<<20)); err == nil {
		t.Error("formatted")
	}
	set.Modules = set.Modules[:40]
	if loaded, err := c.Load(ctx, set); err != nil || len(loaded.Policies) != 1 {
		t.Errorf("%d policies, %v", len(loaded.Policies), err)
	}
	result, err := c.Eval(ctx, "", make([]byte, 40<<20))
	if err != nil || len(result.Failures) != 1 || result.Failures[0].Code != "limit" {
		t.Errorf("%+v, %v", result, err)
	}
}

// TestIdle: a worker that nobody needs ends, and another one is started when somebody does.
func TestIdle(t *testing.T) {
	c, ctx := client(t), context.Background()
	c.SetIdle(20 * time.Millisecond)
	loaded, err := c.Load(ctx, starters(t))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; sandbox.Processes() > 0; i++ {
		if i > 1000 {
			t.Fatal("the worker is still there")
		}
		time.Sleep(10 * time.Millisecond)
	}
	if result, err := c.Eval(ctx, loaded.ID, document(t, 20)); err != nil || len(result.Failures) > 0 {
		t.Errorf("%+v, %v", result, err)
	}
}

// TestSoak: 50 workers are killed, none is left, and the good policy never fails.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("50 kills")
	}
	c := sandbox.New(sandbox.Options{Limits: sandbox.Limits{Compile: 100 * time.Millisecond}})
	ended := 0
	sandbox.Observe(func(*os.ProcessState) { ended++ })
	for i := 0; ended < 50; i++ {
		loaded, err := c.Load(context.Background(), one(bomb(100+i)))
		if err != nil {
			t.Fatal(err)
		}
		if sandbox.Processes() > 1 {
			t.Fatalf("%d processes", sandbox.Processes())
		}
		if i > 200 {
			t.Fatalf("%d ended", ended)
		}
		_ = loaded
	}
	_ = c.Close()
	if n := sandbox.Processes(); n != 0 {
		t.Errorf("%d processes are left", n)
	}
}

func TestNoWorker(t *testing.T) {
	for _, command := range [][]string{{"/no/such/program"}, {"true"}, {"echo", "hello, this is not a worker, but a program that writes"}, {"cat", "/proc/self/maps"}} {
		c := sandbox.New(sandbox.Options{Command: command})
		began := time.Now()
		if _, err := c.Load(context.Background(), one(good)); err == nil || time.Since(began) > 15*time.Second {
			t.Errorf("%v: %v after %v", command, err, time.Since(began))
		}
		_ = c.Close()
	}
}

// TestOrphan: a worker ends when its parent is killed, even in the middle of its work.
func TestOrphan(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "-test.run=^TestParent$")
	cmd.Env = append(os.Environ(), "SANDBOX_PARENT=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 100)
	n, _ := io.ReadAtLeast(out, buf, 1)
	line, _, _ := strings.Cut(string(buf[:n]), "\n")
	time.Sleep(50 * time.Millisecond) // the worker is compiling
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	pid := strings.TrimPrefix(line, "worker ")
	for range 100 {
		if !alive(pid) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("worker %q has outlived its parent", pid)
}

// TestParent is the parent of TestOrphan.
func TestParent(t *testing.T) {
	if os.Getenv("SANDBOX_PARENT") == "" {
		t.Skip("only as a process of TestOrphan")
	}
	c := sandbox.New(sandbox.Options{Limits: sandbox.Limits{Compile: time.Minute}})
	if _, err := c.Load(context.Background(), one(good)); err != nil {
		t.Fatal(err)
	}
	fmt.Println("worker", c.PID())
	_, _ = c.Load(context.Background(), one(bomb(3)))
}
