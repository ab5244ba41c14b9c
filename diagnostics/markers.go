package diagnostics

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser/text"
)

// reach is what a marker speaks of.
type reach uint8

const (
	itsLine  reach = iota
	andBelow       // its line, and the next line when it stands alone
	onlyBelow
	wholeFile
)

// marker is one suppression comment.
type marker struct {
	tool  *tool
	reach reach
	span  text.Span // from the marker's first letter to the end of its comment
	ids   []text.Span
	names []string // the text of ids
}

// tool is one way to write a suppression comment. Its pattern is tried at the word's place;
// the group is the list of ids.
type tool struct {
	word    string // how every comment of this kind begins, to find it fast
	pattern *regexp.Regexp
	// inComment tells that the word counts only right behind the sign that begins a comment,
	// because it could be prose. The others are looked for in any text, as the tools do.
	inComment bool
	reach     reach
	// silences decides for one id, and for "" when the comment names none.
	silences func(id string, r Rule) bool
}

const own = "qodacode:"

var idList = regexp.MustCompile(`[A-Za-z0-9_./-]+`)

func onlySecrets(_ string, r Rule) bool { return r.Family == "secrets" }

// scanners is for an id that is looked up in a table; a comment without ids silences both families.
func scanners(named func(id string) []string) func(string, Rule) bool {
	return func(id string, r Rule) bool {
		if id == "" {
			return r.Family == "secrets" || r.Family == "sast"
		}
		return byWeakness(r, named(id))
	}
}

func bandit(id string) []string {
	if number, ok := banditNames[id]; ok {
		id = "B" + number
	}
	return weaknesses[strings.TrimPrefix(id, "B")]
}

// tools are the comments that are honoured, see docs/configuration.md.
var tools = []tool{
	{word: own, reach: andBelow, silences: func(id string, r Rule) bool { return id == r.ID || id == r.Family },
		pattern: regexp.MustCompile(`^qodacode:[ \t]?ignore(?:-file)?\b:?[ \t]*([\w./][\w./-]*(?:[ \t]*,[ \t]*[\w./][\w./-]*)*)?`)},
	{word: "nosec", inComment: true, silences: scanners(bandit),
		pattern: regexp.MustCompile(`^nosec\b[ \t]*:?[ \t]*((?:(?:B\d{3}|[a-z0-9]+_[a-z0-9_]+)[, \t]*)*)`)},
	{word: "nosem", inComment: true, reach: andBelow,
		pattern: regexp.MustCompile(`^nosem(?:grep)?\b(?:[ \t]*:[ \t]*([\w.-]+(?:[ \t]*,[ \t]*[\w.-]+)*))?`),
		silences: func(id string, r Rule) bool {
			return id == "" && foreignFamily(r.Family) || id != "" && semgrepNames(id, r)
		}},
	{word: "noqa", inComment: true, silences: func(id string, r Rule) bool {
		return strings.HasPrefix(id, "S") && byWeakness(r, weaknesses[id[1:]])
	}, pattern: regexp.MustCompile(`(?i)^noqa[ \t]*:[ \t]*([A-Z]+\d+(?:[, \t]+[A-Z]+\d+)*)`)},
	{word: "NOSONAR", inComment: true, silences: scanners(func(id string) []string { return sonarWeaknesses[strings.TrimPrefix(id, "S")] }),
		pattern: regexp.MustCompile(`^NOSONAR\b(?:[ \t]*\(([^)]*)\))?`)},
	{word: "gitleaks:allow", pattern: regexp.MustCompile(`^gitleaks:allow()`), silences: onlySecrets},
	{word: "ggignore", pattern: regexp.MustCompile(`^ggignore()`), silences: onlySecrets},
	{word: "trufflehog:ignore", pattern: regexp.MustCompile(`^trufflehog:ignore()`), silences: onlySecrets},
	{word: "pragma:", pattern: regexp.MustCompile(`^pragma:[ \t]*(?:allow|white)list[ -](?:nextline[ -])?secret()`), silences: onlySecrets},
}

// sign is what may stand between the beginning of a comment and a marker.
var sign = regexp.MustCompile(`(?:#|//|/\*|\*|;|--|<!--)[ \t]*$`)

// markersIn finds the markers in s that one of the chosen tools understands. comment tells
// that s is a comment, so that its beginning counts as a sign. Offsets are relative to s.
func markersIn(s string, comment bool, chosen func(*tool) bool) []marker {
	var found []marker
	for i := range tools {
		t := &tools[i]
		if !chosen(t) {
			continue
		}
		for from := 0; ; {
			at := strings.Index(s[from:], t.word)
			if at < 0 {
				break
			}
			at += from
			from = at + len(t.word)
			if at > 0 && isWord(s[at-1]) || t.inComment && !signed(s[:at], comment) {
				continue
			}
			if m, ok := t.read(s, at); ok {
				found = append(found, m)
			}
		}
	}
	return found
}

// read is the marker whose word stands at an offset of s.
func (t *tool) read(s string, at int) (marker, bool) {
	end := endOfComment(s, at)
	groups := t.pattern.FindStringSubmatchIndex(s[at:end])
	if groups == nil {
		return marker{}, false
	}
	m := marker{tool: t, reach: t.reach, span: text.Span{Start: at, End: end}}
	switch head := s[at : at+groups[1]]; {
	case t.word == own && strings.Contains(head, "ignore-file"):
		m.reach = wholeFile
	case strings.Contains(head, "nextline"):
		m.reach = onlyBelow
	}
	if groups[2] < 0 {
		return m, true
	}
	list := s[at+groups[2] : at+groups[3]]
	for _, id := range idList.FindAllStringIndex(list, -1) {
		m.ids = append(m.ids, text.Span{Start: at + groups[2] + id[0], End: at + groups[2] + id[1]})
		m.names = append(m.names, list[id[0]:id[1]])
	}
	return m, true
}

// signed reports whether only a comment's sign stands before a marker.
func signed(before string, comment bool) bool {
	line := before[strings.LastIndexAny(before, "\r\n")+1:]
	return comment && strings.TrimSpace(before) == "" || sign.MatchString(line)
}

// endOfComment is where the comment around at ends, without the sign that closes it.
func endOfComment(s string, at int) int {
	end := len(s)
	if i := strings.IndexAny(s[at:], "\r\n"); i >= 0 {
		end = at + i
	}
	for _, closing := range [...]string{"*/", "-->"} {
		if i := strings.Index(s[at:end], closing); i >= 0 {
			end = at + i
		}
	}
	return at + len(strings.TrimRight(s[at:end], " \t"))
}

func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// hasMarkers reports whether src holds the word of any marker, to pass over the many files without.
func hasMarkers(src string) bool {
	for i := range tools {
		if strings.Contains(src, tools[i].word) {
			return true
		}
	}
	return false
}
