package diagnostics

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/qodacode/qodacode/parser/text"
)

// TextOptions are how WriteText writes.
type TextOptions struct {
	Color bool
	Width int // columns of the terminal; 0: 120
}

// UseColor decides on colour as https://no-color.org and https://force-color.org say.
func UseColor(terminal bool, getenv func(string) string) bool {
	switch {
	case getenv("NO_COLOR") != "":
		return false
	case getenv("FORCE_COLOR") != "":
		return true
	}
	return terminal && getenv("TERM") != "dumb"
}

// style is a terminal's escape sequence for a kind of text.
type style string

const (
	bold   style = "\x1b[1m"
	gutter style = "\x1b[1;34m"
)

var severityStyles = [...]style{Hint: "\x1b[1;36m", Info: "\x1b[1;34m", Warning: "\x1b[1;33m", Error: "\x1b[1;31m"}

type textWriter struct {
	*bufio.Writer
	report *Report
	TextOptions
}

// WriteText writes r for people: each finding with its lines, and a summary. Secrets are
// masked in the lines, whichever finding shows them.
func WriteText(w io.Writer, r *Report, opts TextOptions) error {
	if opts.Width <= 0 {
		opts.Width = 120
	}
	t := &textWriter{bufio.NewWriter(w), r, opts}
	for _, f := range r.sorted() {
		masks := r.secrets(f)
		for _, d := range f.Findings {
			t.finding(f, d, masks)
		}
	}
	t.summary()
	return t.Flush()
}

// secrets are the places of all secrets in f, reported or not.
func (r *Report) secrets(f FileReport) []text.Span {
	spans := slices.Concat(f.Secrets, Secrets(r.Rules, f.Findings), Secrets(r.Rules, f.Known))
	for _, s := range f.Suppressed {
		spans = append(spans, Secrets(r.Rules, []Finding{s.Finding})...)
	}
	return spans
}

func (t *textWriter) paint(s style, words string) string {
	if !t.Color {
		return words
	}
	return string(s) + words + "\x1b[0m"
}

func (t *textWriter) finding(f FileReport, d Finding, masks []text.Span) {
	color := severityStyles[max(d.Severity, Hint)]
	head := d.Severity.String() + "[" + printable(d.Rule) + "]"
	fmt.Fprintf(t, "%s%s\n", t.paint(color, head), t.paint(bold, ": "+printable(d.Message)))
	if f.Text == nil {
		fmt.Fprintf(t, " %s %s\n\n", t.paint(gutter, "-->"), printable(f.Path))
		return
	}
	first := f.Text.LineOf(d.Span.Start)
	from, to := max(0, first-1), min(first+1, f.Text.Lines()-1)
	margin := strings.Repeat(" ", len(strconv.Itoa(to+1)))
	fmt.Fprintf(t, "%s%s %s\n", margin, t.paint(gutter, "-->"), place(f.Path, f.Text, d.Span))
	fmt.Fprintf(t, "%s %s\n", margin, t.paint(gutter, "|"))

	columns := max(40, t.Width-len(margin)-3)
	main := newExcerpt(f.Text, first, d.Span, masks, columns)
	for line := from; line <= to; line++ {
		e := main
		if line != first {
			e = newExcerpt(f.Text, line, text.Span{Start: f.Text.Line(line).Start}, masks, columns)
			if e.text == "" || main.cutLeft {
				continue // says nothing, or does not stand above what it belongs to
			}
		}
		number := fmt.Sprintf("%*d |", len(margin), line+1)
		fmt.Fprintf(t, "%s\n", strings.TrimRight(t.paint(gutter, number)+" "+e.text, " "))
		if line == first {
			carets := t.paint(color, strings.Repeat("^", e.width))
			if last := f.Text.LineOf(max(d.Span.Start, d.Span.End-1)); last > first {
				carets += " " + t.paint(color, fmt.Sprintf("… to line %d", last+1))
			}
			fmt.Fprintf(t, "%s %s %s%s\n", margin, t.paint(gutter, "|"), strings.Repeat(" ", e.from), carets)
		}
	}
	if len(d.Related) > 0 {
		fmt.Fprintf(t, "%s %s\n", margin, t.paint(gutter, "|"))
	}
	for _, related := range d.Related {
		var where string
		switch other := t.report.textOf(related.Path); {
		case related.Path == "":
			where = place(f.Path, f.Text, related.Span)
		case other != nil:
			where = place(related.Path, other, related.Span)
		default:
			where = printable(related.Path)
		}
		fmt.Fprintf(t, "%s %s %s: %s\n", margin, t.paint(gutter, "="), where, printable(related.Message))
	}
	fmt.Fprintln(t)
}

// place is path:line:column, 1-based and in characters, as terminals make links of.
func place(path string, t *text.Text, s text.Span) string {
	at := t.Position(s.Start, text.UTF32)
	return fmt.Sprintf("%s:%d:%d", printable(path), at.Line+1, at.Column+1)
}

func (t *textWriter) summary() {
	n, files := t.report.count()
	var parts []string
	for s := Error; s >= Hint; s-- {
		if n[s] > 0 {
			words := plural(n[s], s.String())
			if s == Info {
				words = strconv.Itoa(n[s]) + " info"
			}
			parts = append(parts, t.paint(severityStyles[s], words))
		}
	}
	line := t.paint(bold, "No findings")
	if len(parts) > 0 {
		line = strings.Join(parts, ", ") + " in " + plural(files, "file")
	}
	stats := t.report.Stats
	line += " (" + plural(stats.Files, "file")
	if stats.Elapsed > 0 {
		line += ", " + elapsed(stats.Elapsed)
	}
	fmt.Fprintln(t, line+")")

	suppressed := 0
	for _, f := range t.report.Files {
		suppressed += len(f.Suppressed)
	}
	if suppressed > 0 {
		fmt.Fprintf(t, "%s silenced by comments\n", plural(suppressed, "finding"))
	}
	if b := stats.Baseline; b.Known > 0 || b.Gone > 0 {
		line := plural(b.Known, "finding") + " known from the baseline"
		if b.Gone > 0 {
			line += fmt.Sprintf("; %d of its entries are gone, `qodacode check --write-baseline` drops them", b.Gone)
		}
		fmt.Fprintln(t, line)
	}
	if len(parts) > 0 {
		fmt.Fprintln(t, "`qodacode rules ID` tells why a rule matters and how to fix what it finds")
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

func elapsed(d time.Duration) string {
	if d < 100*time.Millisecond {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
