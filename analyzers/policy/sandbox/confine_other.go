//go:build !linux

package sandbox

// restrict does nothing: the system has no limit of memory that holds, and the process watches itself.
func restrict(int64) {}
