package diagnostics

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// Suppressed is a finding that a comment silences.
type Suppressed struct {
	Finding
	Comment string // the kind of comment, such as "nosec"
	Reason  string // what qodacode:ignore gives as its reason
}

// RemoveFix is the Fix of a comment without effect: Span, bytes of File.Source, can go.
type RemoveFix struct{ Span text.Span }

// comments are the suppression comments of one file. Lines are those of File.Text.
type comments struct {
	file    *parser.File
	markers []placed
}

type placed struct {
	marker
	comment     text.Span // the comment around it; of a text without comments, the marker itself
	real        bool      // stands in a comment, where nobody writes it without meaning it
	line, below int       // the lines it speaks of; -1 for none
	used        []bool    // per id
}

// commentsOf reads the suppression comments of f.
func commentsOf(f *parser.File) *comments {
	c := &comments{file: f}
	src := f.Text.String()
	if !hasMarkers(src) {
		return c
	}
	if !f.Language.IsCode() {
		hashed := f.Language == parser.YAML || f.Language == parser.TOML || f.Language == parser.DotEnv
		for _, m := range markersIn(src, false, func(*tool) bool { return true }) {
			c.place(m, m.span, hashed && signed(src[:m.span.Start], false))
		}
		return c
	}
	for _, comment := range f.Comments {
		s := strings.TrimRight(f.Text.Slice(comment.Span), "\r") // the Python grammar takes it in
		if !hasMarkers(s) {
			continue
		}
		for _, m := range markersIn(s, true, func(*tool) bool { return true }) {
			c.place(m.shift(comment.Span.Start), text.Span{Start: comment.Span.Start, End: comment.Span.Start + len(s)}, true)
		}
	}
	// Scanners for secrets look for their words in any text, since keys stand in strings.
	for _, m := range markersIn(src, false, func(t *tool) bool { return !t.inComment && t.word != own }) {
		c.place(m, m.span, false)
	}
	return c
}

func (m marker) shift(by int) marker {
	m.span.Start += by
	m.span.End += by
	for i := range m.ids {
		m.ids[i].Start += by
		m.ids[i].End += by
	}
	return m
}

// place decides which lines a marker speaks of.
func (c *comments) place(m marker, comment text.Span, real bool) {
	p := placed{marker: m, comment: comment, real: real, below: -1, used: make([]bool, len(m.ids))}
	p.line = c.file.Text.LineOf(m.span.Start)
	if m.reach == onlyBelow || m.reach == andBelow && c.alone(comment) {
		p.below = c.file.Text.LineOf(comment.End) + 1
		for p.below < c.file.Text.Lines()-1 && c.commentLine(p.below) {
			p.below++ // comments may be stacked above what they speak of
		}
	}
	if m.reach == onlyBelow {
		p.line = -1
	}
	c.markers = append(c.markers, p)
}

// alone reports whether nothing but the comment stands on its lines; a JSX comment has braces around it.
func (c *comments) alone(comment text.Span) bool {
	t := c.file.Text
	before := t.Slice(text.Span{Start: t.Line(t.LineOf(comment.Start)).Start, End: comment.Start})
	after := t.Slice(text.Span{Start: comment.End, End: max(comment.End, t.Line(t.LineOf(comment.End)).End)})
	if !c.file.Language.IsCode() {
		before = strings.TrimRight(before, "#/*<!-; \t")
		after = ""
	}
	return strings.Trim(before, " \t{\ufeff") == "" && strings.Trim(after, " \t}") == ""
}

func (c *comments) commentLine(line int) bool {
	s := strings.TrimSpace(c.file.Text.Slice(c.file.Text.Line(line)))
	if c.file.Language.IsScript() {
		return strings.HasPrefix(s, "//") || strings.HasPrefix(s, "/*") && strings.HasSuffix(s, "*/") || strings.HasPrefix(s, "{/*") && strings.HasSuffix(s, "*/}")
	}
	return strings.HasPrefix(s, "#")
}

// silencing is the first marker that silences a finding of r, or nil. All that do count as used.
func (c *comments) silencing(f Finding, r Rule) *placed {
	if len(c.markers) == 0 {
		return nil
	}
	lines := c.lines(f.Span)
	var first *placed
	for i := range c.markers {
		p := &c.markers[i]
		if p.reach != wholeFile && !slices.Contains(lines, p.line) && !slices.Contains(lines, p.below) {
			continue
		}
		hit := len(p.names) == 0 && p.tool.silences("", r)
		for j, name := range p.names {
			if p.tool.silences(name, r) {
				hit, p.used[j] = true, true
			}
		}
		if hit && first == nil {
			first = p
		}
	}
	return first
}

// lines are the lines at which a comment reaches a finding: its first and last, and those of
// the multi-line string around it, where no comment fits inside.
func (c *comments) lines(source text.Span) []int {
	start, ok := c.file.Covered(source.Start)
	if !ok {
		return nil
	}
	t := c.file.Text
	lines := []int{t.LineOf(start)}
	if end, ok := c.file.Covered(max(source.Start, source.End-1)); ok {
		lines = append(lines, t.LineOf(end))
	}
	for _, s := range c.file.Strings {
		if s.Content.Start > start {
			break
		}
		if start < s.Content.End {
			lines = append(lines, t.LineOf(s.Content.Start), t.LineOf(s.Content.End))
		}
	}
	return lines
}

// policyPrefix begins the ids of policies.
const policyPrefix = "POLICY-"

// unused are the findings for comments of ours that silence nothing. judge tells whether a
// name's rules have looked at the file at all.
func (c *comments) unused(set *Set, judge func(name string) bool) []Finding {
	var found []Finding
	for i := range c.markers {
		p := &c.markers[i]
		if p.tool.word != own || !p.real {
			continue
		}
		if len(p.names) == 0 {
			found = append(found, c.finding(p, p.span, "this comment names no rule and silences nothing; write qodacode:ignore ID -- reason", nil))
			continue
		}
		idle := 0
		for j, name := range p.names {
			if !p.used[j] && slices.Contains(set.Names(), name) && judge(name) {
				idle++
			}
		}
		for j, name := range p.names {
			switch {
			case p.used[j]:
			case !slices.Contains(set.Names(), name) && !judge(name) && strings.HasPrefix(name, policyPrefix): // policies are read later
			case !slices.Contains(set.Names(), name):
				found = append(found, c.finding(p, p.ids[j], "unknown rule "+strconv.Quote(name)+"; "+config.Suggest(name, set.Names(), "`qodacode rules` lists them"), nil))
			case !judge(name):
			case idle == len(p.names):
				if j == 0 {
					found = append(found, c.finding(p, p.span, strings.Join(p.names, ", ")+" finds nothing here; the comment can go", c.whole(p)))
				}
			default:
				found = append(found, c.finding(p, p.ids[j], name+" finds nothing here; it can go from the comment", c.part(p, j)))
			}
		}
	}
	return found
}

func (c *comments) finding(p *placed, at text.Span, message string, remove *text.Span) Finding {
	f := Finding{Rule: SuppressionRule, Span: c.file.Locate(at), Message: message}
	if remove != nil {
		f.Tags = []Tag{Unnecessary}
		f.Fix = &RemoveFix{Span: c.file.Locate(*remove)}
	}
	return f
}

// whole is what goes with a marker: the comment with the blanks before it, and its line if
// nothing else stands there. Words of others in the same comment stay.
func (c *comments) whole(p *placed) *text.Span {
	t := c.file.Text
	remove := p.comment
	before := strings.TrimRight(t.Slice(text.Span{Start: p.comment.Start, End: p.span.Start}), " \t")
	after := strings.TrimSpace(t.Slice(text.Span{Start: p.span.End, End: max(p.span.End, p.comment.End)}))
	switch {
	case !c.file.Language.IsCode():
		remove.Start -= len(t.Slice(text.Span{End: p.span.Start})) - len(strings.TrimRight(t.Slice(text.Span{End: p.span.Start}), "#; \t"))
	case strings.Trim(before, "#/*") != "" || strings.Trim(after, "*/") != "":
		remove = p.span
		if strings.HasSuffix(before, "#") { // a second sign of its own
			remove.Start = p.comment.Start + len(before) - 1
		}
	}
	line := t.Line(t.LineOf(remove.Start))
	for remove.Start > line.Start && strings.IndexByte(" \t", t.String()[remove.Start-1]) >= 0 {
		remove.Start--
	}
	if remove.Start == line.Start && remove.End == t.Line(t.LineOf(remove.End)).End && c.file.Source == t {
		remove.End = t.FullLine(t.LineOf(remove.End)).End
	}
	return &remove
}

// part is one id of several, with the comma behind it, or before it for the last one.
func (c *comments) part(p *placed, i int) *text.Span {
	if i+1 < len(p.ids) {
		return &text.Span{Start: p.ids[i].Start, End: p.ids[i+1].Start}
	}
	return &text.Span{Start: p.ids[i-1].End, End: p.ids[i].End}
}

// reason is what stands behind -- in a comment of ours.
func (c *comments) reason(p *placed) string {
	_, reason, _ := strings.Cut(c.file.Text.Slice(p.span), "--")
	return strings.TrimSpace(reason)
}
