package sandbox

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"sync"
	"time"
)

// memoryVariable tells a worker the bytes that it may use.
const memoryVariable = "QODACODE_POLICY_MEMORY"

// The codes with which a worker ends itself when it needs too much memory or time.
const (
	exitMemory = 87
	exitTime   = 88
)

// confine bounds the memory of this process, the time of its steps, and what it may do.
func confine(c *clock) {
	limit, err := strconv.ParseInt(os.Getenv(memoryVariable), 10, 64)
	if err != nil || limit <= 0 {
		limit = defaultMemory
	}
	debug.SetMemoryLimit(limit / 4 * 3) // collect more often before it is too much
	debug.SetMaxStack(int(min(limit/4, 1<<30)))
	restrict(limit)
	go watch(limit, c)
}

// watch ends the process when it holds more memory than limit, or a step takes too long. It is
// the limit of memory where the system has none, and the faster one where it has.
func watch(limit int64, c *clock) {
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
		if c.over(cpuTime()) {
			os.Exit(exitTime)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// clock measures a step by the time of the processor that the process uses.
type clock struct {
	mu     sync.Mutex
	began  time.Duration
	limit  time.Duration // 0: no step is under way
	soft   time.Duration // when cancel is called
	cancel func()
}

// start begins a step.
func (c *clock) start(limit time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.began, c.limit, c.cancel = cpuTime(), limit, nil
}

// cancelAfter has f called when the step takes longer than soft.
func (c *clock) cancelAfter(soft time.Duration, f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.soft, c.cancel = soft, f
}

// stop ends the last step.
func (c *clock) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.limit, c.cancel = 0, nil
}

// over reports whether the step takes too long, and cancels it before.
func (c *clock) over(now time.Duration) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.limit == 0 {
		return false
	}
	if c.cancel != nil && now-c.began > c.soft {
		c.cancel()
		c.cancel = nil
	}
	return now-c.began > c.limit
}
