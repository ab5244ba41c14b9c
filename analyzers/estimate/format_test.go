package estimate

import "testing"

func TestFormatUSD(t *testing.T) {
	for v, want := range map[float64]string{
		0: "$0", 0.00001: "<$0.0001", 0.0032: "$0.0032", 0.00321: "$0.0032", 0.032: "$0.032", 0.0949: "$0.095", 0.64: "$0.64", 1: "$1.00", 12.345: "$12.35",
		99.4: "$99.40", 320: "$320", 999.99: "$1,000", 1240: "$1,240", 1234567.8: "$1,234,568",
	} {
		if got := FormatUSD(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}

func TestShort(t *testing.T) {
	for r, want := range map[Range]string{
		{0.64, 0.64, 0.64}: "$0.64", {0.02, 0.04, 0.1}: "≈ $0.040", {0.002, 0.03, 0.4}: "$0.0020–$0.40", {0, 0, 0}: "$0",
	} {
		if got := r.Short(); got != want {
			t.Errorf("%v: %s, want %s", r, got, want)
		}
	}
}
