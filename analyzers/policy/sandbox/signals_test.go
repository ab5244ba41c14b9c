//go:build unix

package sandbox_test

import (
	"context"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
)

// alive reports whether a process runs.
func alive(pid string) bool {
	n, err := strconv.Atoi(pid)
	return err == nil && syscall.Kill(n, 0) == nil
}

// TestKilledFromOutside: whoever ends the worker, no policy is blamed for it.
func TestKilledFromOutside(t *testing.T) {
	c, ctx := client(t), context.Background()
	loaded, err := c.Load(ctx, starters(t))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := syscall.Kill(c.PID(), syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		result, err := c.Eval(ctx, loaded.ID, document(t, 20))
		if err != nil || len(result.Failures) > 0 {
			t.Errorf("%+v, %v", result, err)
		}
	}
}

// TestStarved: a worker that is given no time, as on a machine that sleeps, is not a policy's fault.
func TestStarved(t *testing.T) {
	c := sandbox.New(sandbox.Options{Limits: sandbox.Limits{Compile: 200 * time.Millisecond, Eval: 100 * time.Millisecond}})
	defer c.Close()
	ctx := context.Background()
	loaded, err := c.Load(ctx, starters(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(c.PID(), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	result, err := c.Eval(ctx, loaded.ID, document(t, 20))
	if err != nil || len(result.Failures) > 0 {
		t.Errorf("%+v, %v", result, err)
	}
	again, err := c.Load(ctx, starters(t))
	if err != nil || len(again.Policies) != 5 {
		t.Errorf("%+v, %v", again, err)
	}
}
