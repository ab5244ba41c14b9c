package config

import (
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Suggest is a hint behind a name that is not among names: the closest one, or else the given help.
func Suggest(name string, names []string, help string) string {
	if near := Nearest(name, names); near != "" {
		return "did you mean " + quote(near) + "?"
	}
	return help
}

// Nearest is the one of names that name is most likely a misspelling or the beginning of, or
// "". Two letters may differ, in long names a third of them; upper and lower case count half.
func Nearest(name string, names []string) string {
	if len(name) < 3 || len(name) > 64 {
		return "" // the distance takes quadratic time
	}
	best, least := "", max(4, 2*len(name)/3)+1
	for _, candidate := range names {
		d := levenshtein.ComputeDistance(name, candidate) + levenshtein.ComputeDistance(lower(name), lower(candidate))
		if strings.HasPrefix(lower(candidate), lower(name)) {
			d = 1
		}
		if d < least {
			best, least = candidate, d
		}
	}
	return best
}

func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		} else if c == '-' {
			b[i] = '_'
		}
	}
	return string(b)
}

// quote shows a name in a message, whatever its bytes; a long one is cut.
func quote(s string) string {
	const most = 60
	if len(s) > most {
		s = s[:most] + "…"
	}
	return strconv.Quote(s)
}
