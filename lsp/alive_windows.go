package lsp

import "syscall"

// alive reports whether a process exists. One that may not be opened does.
func alive(pid int) bool {
	const errInvalidParameter = syscall.Errno(87) // there is no such process
	process, err := syscall.OpenProcess(syscall.SYNCHRONIZE, false, uint32(pid))
	if err != nil {
		return err != errInvalidParameter
	}
	defer syscall.CloseHandle(process)
	state, err := syscall.WaitForSingleObject(process, 0)
	return err != nil || state == syscall.WAIT_TIMEOUT
}
