package sandbox

import (
	"os"
	"time"
)

// Observe sets what sees how workers end, and Processes is how many run.
func Observe(f func(*os.ProcessState)) { observe = f }

// RaceEnabled tells that everything takes several times as long.
const RaceEnabled = raceEnabled

func Processes() int { return int(processes.Load()) }

// PID is the process of the worker; 0 when none runs.
func (c *Client) PID() int {
	<-c.turn
	defer func() { c.turn <- struct{}{} }()
	if c.worker == nil {
		return 0
	}
	return c.worker.cmd.Process.Pid
}

// Drop ends the worker.
func (c *Client) Drop() {
	<-c.turn
	c.drop()
	c.turn <- struct{}{}
}

// SetIdle sets how long a worker is kept that nobody needs.
func (c *Client) SetIdle(d time.Duration) { c.idleIn = d }
