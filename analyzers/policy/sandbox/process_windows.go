package sandbox

import (
	"os"
	"os/exec"
	"syscall"
	"time"
)

// detach starts a process without a window, in a group of its own.
func detach(cmd *exec.Cmd) {
	const createNoWindow = 0x08000000
	cmd.Dir = os.Getenv("SystemRoot")
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP | createNoWindow}
}

// cpuTime is what this process has used.
func cpuTime() time.Duration {
	process, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0
	}
	var created, exited, kernel, user syscall.Filetime
	if syscall.GetProcessTimes(process, &created, &exited, &kernel, &user) != nil {
		return 0
	}
	ticks := func(t syscall.Filetime) int64 { return int64(t.HighDateTime)<<32 | int64(t.LowDateTime) }
	return time.Duration(ticks(kernel)+ticks(user)) * 100
}

// systemEnv is what a process needs of the environment.
func systemEnv() []string { return []string{"SystemRoot=" + os.Getenv("SystemRoot")} }
