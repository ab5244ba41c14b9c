//go:build unix

package sandbox

import (
	"os/exec"
	"syscall"
	"time"
)

// detach starts a process in a group of its own: what a terminal sends to us is not for it.
func detach(cmd *exec.Cmd) {
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithParent(cmd.SysProcAttr)
}

// cpuTime is what this process has used.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// systemEnv is what a process needs of the environment.
func systemEnv() []string { return nil }
