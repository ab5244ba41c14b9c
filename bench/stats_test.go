package main

import (
	"slices"
	"testing"
)

func TestSummarize(t *testing.T) {
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = float64(100 - i)
	}
	for _, test := range []struct {
		series []float64
		want   Summary
	}{
		{nil, Summary{}},
		{[]float64{3}, Summary{1, 3, 3, 3}},
		{[]float64{4, 1}, Summary{2, 1, 4, 4}},
		{[]float64{9, 1, 5}, Summary{3, 5, 9, 9}},
		{hundred, Summary{100, 50, 99, 100}},
		{append(slices.Clone(hundred), 1000), Summary{101, 51, 100, 1000}},
	} {
		before := slices.Clone(test.series)
		if got := Summarize(test.series); got != test.want {
			t.Errorf("of %d: got %+v, want %+v", len(test.series), got, test.want)
		}
		if !slices.Equal(before, test.series) {
			t.Error("the series was changed")
		}
	}
}

func TestGoal(t *testing.T) {
	s := Summary{N: 10, P50: 2, P99: 8, Max: 50}
	for _, test := range []struct {
		goal Goal
		met  bool
		text string
	}{
		{Goal{P50: 2, P99: 8}, true, "p50 ≤ 2, p99 ≤ 8"},
		{Goal{P50: 1.9}, false, "p50 ≤ 1.9"},
		{Goal{P99: 7.5}, false, "p99 ≤ 7.5"},
		{Goal{Most: 1.5}, false, "≤ 1.5"},
		{Goal{Least: 2}, true, "≥ 2"},
		{Goal{Least: 10}, false, "≥ 10"},
	} {
		if test.goal.Met(s) != test.met || test.goal.String() != test.text {
			t.Errorf("%+v: met %v, %q", test.goal, test.goal.Met(s), test.goal)
		}
	}
}

func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 0.126: "0.13", 2: "2", 9.5: "9.5", 10: "10", 15.04: "15", 15.25: "15.2", 150: "150", 1027.4: "1027"} {
		if got := number(x); got != want {
			t.Errorf("%v: %s, want %s", x, got, want)
		}
	}
}

func TestGrowth(t *testing.T) {
	flat := []float64{5, 20, 20, 20, 20, 20, 20, 20, 20, 20}
	for _, test := range []struct {
		series []float64
		want   float64
	}{{flat, 1}, {append(flat, 30), 1.5}, {[]float64{7}, 1}, {[]float64{7, 14}, 1}} {
		if got := growth(test.series); got != test.want {
			t.Errorf("%v: %v, want %v", test.series, got, test.want)
		}
	}
}
