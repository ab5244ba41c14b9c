package sandbox

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"time"
)

// memoryVariable tells a worker the bytes that it may use.
const memoryVariable = "QODACODE_POLICY_MEMORY"

// exitMemory is the code with which a worker ends itself when it needs too much memory.
const exitMemory = 87

// confine bounds the memory of this process and what it may do.
func confine() {
	limit, err := strconv.ParseInt(os.Getenv(memoryVariable), 10, 64)
	if err != nil || limit <= 0 {
		limit = defaultMemory
	}
	debug.SetMemoryLimit(limit / 4 * 3) // collect more often before it is too much
	debug.SetMaxStack(int(min(limit/4, 1<<30)))
	restrict(limit)
	go watchMemory(limit)
}

// watchMemory ends the process when it holds more than limit. It is the limit where the system
// has none, and the faster one where it has.
func watchMemory(limit int64) {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}, {Name: "/memory/classes/heap/free:bytes"}}
	for {
		metrics.Read(samples)
		held := samples[0].Value.Uint64()
		for _, s := range samples[1:] {
			held -= min(held, s.Value.Uint64())
		}
		if held > uint64(limit) {
			os.Exit(exitMemory)
		}
		time.Sleep(2 * time.Millisecond)
	}
}
