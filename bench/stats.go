package main

import (
	"math"
	"slices"
	"time"
)

// Summary is what remains of a series of measurements, in their unit.
type Summary struct {
	N   int     `json:"n"`
	P50 float64 `json:"p50"`
	P99 float64 `json:"p99"`
	Max float64 `json:"max"`
}

// Summarize reads the series; an empty one gives zeros.
func Summarize(series []float64) Summary {
	if len(series) == 0 {
		return Summary{}
	}
	sorted := slices.Sorted(slices.Values(series))
	return Summary{len(sorted), percentile(sorted, 50), percentile(sorted, 99), sorted[len(sorted)-1]}
}

// percentile is the smallest value that at least p percent of the series do not exceed (the
// nearest rank). It is a value that was measured, never one between two.
func percentile(sorted []float64, p float64) float64 {
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}

func median(series []float64) float64 { return Summarize(series).P50 }

// milliseconds converts a series of durations.
func milliseconds(series []time.Duration) []float64 {
	out := make([]float64, len(series))
	for i, d := range series {
		out[i] = float64(d) / float64(time.Millisecond)
	}
	return out
}
