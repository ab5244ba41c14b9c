//go:build !race

package sandbox

// raceEnabled: the race detector maps more memory than any limit for policies allows.
const raceEnabled = false
