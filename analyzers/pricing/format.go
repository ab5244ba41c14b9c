package pricing

import (
	"strconv"
	"strings"
)

// USD formats a price per 1M tokens: two decimals, more where a price below a cent needs them.
func USD(price float64) string {
	s := strconv.FormatFloat(price, 'f', -1, 64)
	if i := strings.IndexByte(s, '.'); i < 0 || len(s)-i-1 < 2 {
		s = strconv.FormatFloat(price, 'f', 2, 64)
	}
	return "$" + s
}

// Short is the price in one line: "$2.00 in · $10.00 out /1M".
func (p Price) Short() string {
	if p.Output == 0 {
		return USD(p.Input) + " in /1M"
	}
	return USD(p.Input) + " in · " + USD(p.Output) + " out /1M"
}

// Tokens formats a number of tokens with thousands apart: 1,050,000.
func Tokens(n int) string {
	return Group(strconv.Itoa(n))
}

// Group sets thousands apart in the digits of a whole number: 1050000 is 1,050,000.
func Group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
