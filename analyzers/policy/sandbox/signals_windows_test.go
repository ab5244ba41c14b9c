package sandbox_test

import (
	"os"
	"strconv"
)

// alive reports whether a process runs.
func alive(pid string) bool {
	n, err := strconv.Atoi(pid)
	if err != nil {
		return false
	}
	p, err := os.FindProcess(n)
	if err == nil {
		_ = p.Release()
	}
	return err == nil
}
