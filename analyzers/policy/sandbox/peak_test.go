//go:build linux

package sandbox_test

import (
	"os"
	"syscall"

	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
)

// watch tells f the most memory that each worker held, when it has ended.
func watch(f func(rss int64)) {
	sandbox.Observe(func(state *os.ProcessState) {
		if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
			f(usage.Maxrss << 10)
		}
	})
}
