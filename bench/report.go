package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// Report is all that was measured.
type Report struct {
	Command  string     `json:"command"`
	Machine  string     `json:"machine"`
	Notes    []string   `json:"notes,omitempty"`
	Sections []*Section `json:"sections"`
}

// Section is one table.
type Section struct {
	Title string `json:"title"`
	Rows  []Row  `json:"rows"`
}

// Row is one series of measurements.
type Row struct {
	What   string `json:"what"`
	Unit   string `json:"unit"`
	Detail bool   `json:"detail,omitempty"` // a part of another row
	Summary
	Goal  *Goal  `json:"goal,omitempty"`
	Ratio *Ratio `json:"ratio,omitempty"`
}

// Goal is what is claimed of a row; a zero is no claim.
type Goal struct {
	P50   float64 `json:"p50,omitempty"`   // at most
	P99   float64 `json:"p99,omitempty"`   // at most
	Most  float64 `json:"most,omitempty"`  // of the median, for series of few
	Least float64 `json:"least,omitempty"` // of the median
}

// Ratio compares qodacode with a peer: below 1 qodacode is the faster one.
type Ratio struct {
	P50 float64 `json:"p50"`
	P99 float64 `json:"p99"`
}

func (r Report) section(title string) *Section {
	for _, s := range r.Sections {
		if s.Title == title {
			return s
		}
	}
	return nil
}

// Add appends a row to the section with that title, which it makes when needed.
func (r *Report) Add(title string, row Row) {
	s := r.section(title)
	if s == nil {
		s = &Section{Title: title}
		r.Sections = append(r.Sections, s)
	}
	s.Rows = append(s.Rows, row)
}

// Met reports whether a summary keeps the goal.
func (g Goal) Met(s Summary) bool {
	return (g.P50 == 0 || s.P50 <= g.P50) && (g.P99 == 0 || s.P99 <= g.P99) &&
		(g.Most == 0 || s.P50 <= g.Most) && s.P50 >= g.Least
}

func (g Goal) String() string {
	var parts []string
	for _, c := range []struct {
		sign  string
		limit float64
	}{{"p50 ≤ ", g.P50}, {"p99 ≤ ", g.P99}, {"≤ ", g.Most}, {"≥ ", g.Least}} {
		if c.limit != 0 {
			parts = append(parts, c.sign+number(c.limit))
		}
	}
	return strings.Join(parts, ", ")
}

// number has three digits that count, or fewer.
func number(x float64) string {
	decimals := 2
	switch {
	case x >= 100:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case x >= 10:
		decimals = 1
	}
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', decimals, 64), "0"), ".")
}

// Print writes the report as text, markdown or json. Rows that are a part of another one
// are left out of tables unless detail is set.
func (r Report) Print(w io.Writer, format string, detail bool) error {
	if format == "json" {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	mark := ""
	if format == "markdown" {
		mark = "## "
		fmt.Fprintf(w, "`%s`  \n%s\n", r.Command, r.Machine)
	} else {
		fmt.Fprintf(w, "%s\n%s\n", r.Command, r.Machine)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(w, "\n%s\n", note)
	}
	for _, s := range r.Sections {
		fmt.Fprintf(w, "\n%s%s\n\n", mark, s.Title)
		if err := s.print(w, format == "markdown", detail); err != nil {
			return err
		}
	}
	return nil
}

func (s Section) print(w io.Writer, markdown, detail bool) error {
	head := []string{"", "n", "p50", "p99", "max", "", "goal", ""}
	lines := [][]string{head}
	for _, r := range s.Rows {
		if !r.Detail || detail {
			lines = append(lines, r.cells())
		}
	}
	if !markdown {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, cells := range lines {
			fmt.Fprintln(t, strings.Join(cells, "\t"))
		}
		return t.Flush()
	}
	for i, cells := range lines {
		fmt.Fprintln(w, "| "+strings.Join(cells, " | ")+" |")
		if i == 0 {
			fmt.Fprintln(w, "|---|--:|--:|--:|--:|---|---|---|")
		}
	}
	return nil
}

func (r Row) cells() []string {
	cells := []string{r.What, strconv.Itoa(r.N), number(r.P50), number(r.P99), number(r.Max), r.Unit, "", ""}
	if r.N == 1 {
		cells[3], cells[4] = "", ""
	}
	if r.Goal != nil {
		cells[6], cells[7] = r.Goal.String(), "missed"
		if r.Goal.Met(r.Summary) {
			cells[7] = "met"
		}
	}
	if r.Ratio != nil {
		cells[6] = fmt.Sprintf("qodacode takes %s× at p50, %s× at p99", number(r.Ratio.P50), number(r.Ratio.P99))
	}
	if r.Detail {
		cells[0] = "– " + r.What
	}
	return cells
}
