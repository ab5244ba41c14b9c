package history

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxNameLength    = 200
	maxMessageLength = 1_000
	maxActionLength  = 32
)

// devices are names that Windows gives to devices, whatever ends the file's name.
var devices = []string{
	"con", "prn", "aux", "nul", "conin$", "conout$",
	"com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "com¹", "com²", "com³",
	"lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³",
}

// CheckName fails for names of files of policies that not every system can have, or that lead
// elsewhere. The history keeps none of them.
func CheckName(name string) error {
	stem, _, _ := strings.Cut(name, ".")
	switch {
	case name == "" || len(name) > maxNameLength:
		return fmt.Errorf("the policy's name %.60q has no length from 1 to %d bytes", name, maxNameLength)
	case !utf8.ValidString(name), strings.ContainsFunc(name, unicode.IsControl), strings.ContainsAny(name, `/\:*?"<>|`):
		return fmt.Errorf("the policy's name %.60q has characters that not every system allows; rename the file", name)
	case !strings.HasSuffix(name, ".rego"), strings.HasPrefix(name, "."):
		return fmt.Errorf("the policy's name %.60q does not have the form NAME.rego", name)
	case slices.Contains(devices, strings.ToLower(strings.TrimRight(stem, " "))):
		return fmt.Errorf("the policy's name %.60q is a device on Windows; rename the file", name)
	}
	return nil
}

// apart fails for names that are one file where upper and lower case are the same.
func apart[V any](files map[string]V) error {
	seen := make(map[string]string, len(files))
	for name := range files {
		folded := strings.ToLower(name)
		if other, ok := seen[folded]; ok {
			return fmt.Errorf("the policies %s and %s have the same name on some systems; rename one", min(name, other), max(name, other))
		}
		seen[folded] = name
	}
	return nil
}

// word is an action as it is kept: lower-case letters and hyphens.
func word(s string) string {
	s = strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || r == '-' {
			return r
		}
		return -1
	}, strings.ToLower(s))
	if s = s[:min(len(s), maxActionLength)]; s == "" {
		return "edit"
	}
	return s
}

// line is a message as it is kept: one line of bounded length.
func line(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))), " ")
	if len(s) <= maxMessageLength {
		return s
	}
	cut := maxMessageLength - len("…")
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
