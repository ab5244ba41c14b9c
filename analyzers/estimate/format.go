package estimate

import (
	"math"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/analyzers/pricing"
)

// FormatUSD formats an amount: cents where they say enough, two significant digits below
// that, thousands apart. A positive amount is never shown as nothing.
func FormatUSD(v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0) || v < 0:
		return "unknown"
	case v == 0:
		return "$0"
	case v < 0.0001:
		return "<$0.0001"
	case v < 0.095:
		return "$" + significant(v, 2)
	case v < 99.5:
		return "$" + strconv.FormatFloat(v, 'f', 2, 64)
	}
	return "$" + Thousands(math.Round(v))
}

// significant is v, which is below 1, with some significant digits and no exponent.
func significant(v float64, digits int) string {
	places := digits - 1 - int(math.Floor(math.Log10(v)))
	return strconv.FormatFloat(v, 'f', places, 64)
}

// Thousands formats a number with thousands apart: 1,050,000.
func Thousands(v float64) string {
	return pricing.Group(strconv.FormatFloat(math.Round(v), 'f', -1, 64))
}

// FormatCount writes a number of tokens, requests or rounds: 1,200, or 1.1 where a fraction counts.
func FormatCount(v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "unknown"
	case v < 10 && v != math.Trunc(v):
		return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
	}
	return Thousands(v)
}

// Count is a number of rounds or requests in one piece: "20", "≈ 1,200", "20–2,000".
func (r Range) Count() string {
	low, expected, high := FormatCount(r.Low), FormatCount(r.Expected), FormatCount(r.High)
	switch {
	case low == high:
		return expected
	case r.IsWide():
		return low + "–" + high
	}
	return "≈ " + expected
}

// Short is r in USD as it may honestly be shown: one amount, or from where to where when one
// would say more than is known.
func (r Range) Short() string {
	low, high := FormatUSD(r.Low), FormatUSD(r.High)
	switch {
	case low == high:
		return high
	case r.IsWide():
		return low + "–" + high
	}
	return "≈ " + FormatUSD(r.Expected)
}

// ShortTokens is r in tokens: 4,000, or 100–4,000.
func (r Range) ShortTokens() string {
	low, high := Thousands(r.Low), Thousands(r.High)
	if low == high {
		return low
	}
	return strings.Join([]string{low, high}, "–")
}
