package phrase

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	digits = regexp.MustCompile(`^\d+(?:[.,]\d+)*[km]?$`)
	groups = regexp.MustCompile(`^\d{1,3}(?:([.,])\d{3})(?:[.,]\d{3})*$`)
)

// numerals are numbers as words. What is an article too is left out.
var numerals = func() map[string]struct {
	value    float64
	language string
} {
	all := map[string]struct {
		value    float64
		language string
	}{}
	for language, words := range map[string]string{
		"en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
		"es": "cero _ dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte",
	} {
		for i, w := range strings.Fields(words) {
			if i > 0 && w != "_" {
				all[w] = struct {
					value    float64
					language string
				}{float64(i), language}
			}
		}
	}
	for w, v := range map[string]float64{"once": 1, "twice": 2, "thrice": 3, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100} {
		all[w] = struct {
			value    float64
			language string
		}{v, "en"}
	}
	for w, v := range map[string]float64{"treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "cien": 100} {
		all[w] = struct {
			value    float64
			language string
		}{v, "es"}
	}
	return all
}()

// number reads a number. ambiguous is set where its signs mean one thing in one country and
// another in the next: 1.000, 2,500.
func number(key string, spanish bool) (value float64, ok, ambiguous bool) {
	if v, ok := numerals[key]; ok && spanish == (v.language == "es") {
		return v.value, true, false
	}
	if !digits.MatchString(key) {
		return 0, false, false
	}
	factor := 1.0
	switch key[len(key)-1] {
	case 'k':
		factor = 1e3
	case 'm':
		factor = 1e6
	}
	key = strings.TrimRight(key, "km")
	points, commas := strings.Count(key, "."), strings.Count(key, ",")
	switch {
	case points > 0 && commas > 0: // the last one is the decimal sign
		if strings.LastIndex(key, ".") > strings.LastIndex(key, ",") {
			key = strings.ReplaceAll(key, ",", "")
		} else {
			key = strings.ReplaceAll(strings.ReplaceAll(key, ".", ""), ",", ".")
		}
	case points > 1 || commas > 1:
		if !groups.MatchString(key) {
			return 0, true, true
		}
		key = strings.NewReplacer(".", "", ",", "").Replace(key)
	case points == 1 || commas == 1:
		sign := ","
		if points == 1 {
			sign = "."
		}
		thousands := groups.MatchString(key) && !strings.HasPrefix(key, "0")
		switch {
		case thousands && (sign == ".") == spanish:
			key = strings.ReplaceAll(key, sign, "")
		case thousands:
			return 0, true, true
		default:
			key = strings.ReplaceAll(key, ",", ".")
		}
	}
	v, err := strconv.ParseFloat(key, 64)
	if err != nil {
		return 0, true, true
	}
	return v * factor, true, false
}
