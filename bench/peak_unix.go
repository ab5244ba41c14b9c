//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakResident is the most memory that an ended process held, in MB.
func peakResident(p *os.ProcessState) float64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	bytes := float64(usage.Maxrss)
	if runtime.GOOS != "darwin" { // which alone counts in bytes
		bytes *= 1024
	}
	return bytes / 1e6
}
