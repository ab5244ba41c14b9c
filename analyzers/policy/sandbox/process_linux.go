package sandbox

import "syscall"

// dieWithParent lets the system end the process with us. The end of its input does so as well.
func dieWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGKILL }
