package sandbox

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
)

// restrict bounds the writable memory of the process: what it has now, limit, and the piece in
// which Go takes memory. Then it may write no files, and leaves no core.
func restrict(limit int64) {
	const arena = 64 << 20
	if !raceEnabled {
		bytes := uint64(dataSize() + limit + arena)
		_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: bytes, Max: bytes})
	}
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
	_ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{})
}

// dataSize is the writable private memory of the process in bytes.
func dataSize() int64 {
	statm, err := os.ReadFile("/proc/self/statm")
	fields := bytes.Fields(statm)
	if err != nil || len(fields) < 6 {
		return 1 << 30 // not known: the watch of the memory is left
	}
	pages, _ := strconv.ParseInt(string(fields[5]), 10, 64)
	return pages * int64(os.Getpagesize())
}
