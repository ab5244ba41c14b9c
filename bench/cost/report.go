package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// summary is the outcome of all runs.
type summary struct {
	programs []*program

	runs, failed     int
	bounded, sound   int // runs with a worst case, and those within it
	rated, useful    int // runs with an estimate, and those from low to high
	limited, covered int // runs with a worst case, and those up to high
	off              []float64
}

func summarize(programs []*program) *summary {
	s := &summary{programs: programs}
	for _, p := range programs {
		e := p.estimated
		var sum float64
		n := 0
		for _, r := range p.runs {
			if r.fault != "" {
				s.failed++
				continue
			}
			s.runs++
			n++
			sum += r.usd
			if e.fault != "" {
				continue
			}
			s.rated++
			if e.holds(r.usd) {
				s.useful++
			}
			if e.worst != nil {
				s.bounded++
				s.limited++
				if r.usd <= *e.worst {
					s.sound++
				}
				if r.usd <= e.per.High {
					s.covered++
				}
			}
		}
		if n > 0 && e.fault == "" && e.per.Expected > 0 {
			s.off = append(s.off, math.Abs(math.Log2(e.per.Expected/(sum/float64(n)))))
		}
	}
	slices.Sort(s.off)
	return s
}

func (e estimated) holds(usd float64) bool { return usd >= e.per.Low && usd <= e.per.High }

// median is the middle of how far expected figures are from the mean of runs, in doublings.
func (s *summary) median() float64 {
	if len(s.off) == 0 {
		return math.NaN()
	}
	return s.off[len(s.off)/2]
}

func percent(part, of int) string {
	if of == 0 {
		return "none"
	}
	return fmt.Sprintf("%.1f %% (%d of %d)", 100*float64(part)/float64(of), part, of)
}

func (s *summary) print(w io.Writer, detail bool) {
	io.WriteString(w, s.table())
	fmt.Fprintln(w)
	io.WriteString(w, s.totals())
	for _, p := range s.programs {
		if p.estimated.fault != "" {
			fmt.Fprintf(w, "%s is not estimated: %s\n", p.name, p.estimated.fault)
		}
		for i, r := range p.runs {
			switch {
			case r.fault != "":
				fmt.Fprintf(w, "%s, seed %d, failed: %s\n", p.name, i, r.fault)
			case detail:
				fmt.Fprintf(w, "%s, seed %d: %s, %d requests, %+v\n", p.name, i, usd(r.usd), r.requests, r.tokens)
			}
		}
	}
}

func (s *summary) table() string {
	var out strings.Builder
	out.WriteString("| program | SDK | low – expected – high | worst case | measured | requests | verdict |\n|---|---|---|---|---|---|---|\n")
	for _, p := range s.programs {
		e := p.estimated
		per, worst := "none", "none"
		if e.fault == "" {
			per = fmt.Sprintf("%s – %s – %s", usd(e.per.Low), usd(e.per.Expected), usd(e.per.High))
			if e.worst != nil {
				worst = usd(*e.worst) + " " + strings.ReplaceAll(e.origin, "_", " ")
			}
		}
		var bills []float64
		var asked []int
		for _, r := range p.runs {
			if r.fault == "" {
				bills, asked = append(bills, r.usd), append(asked, r.requests)
			}
		}
		measured, requests := "failed", ""
		if len(bills) > 0 {
			measured = usd(slices.Min(bills)) + " – " + usd(slices.Max(bills))
			requests = fmt.Sprintf("%d – %d", slices.Min(asked), slices.Max(asked))
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s | %s |\n", p.name, p.sdk(), per, worst, measured, requests, e.verdict(bills))
	}
	return out.String()
}

// usd is a price in three digits.
func usd(price float64) string {
	digits := 2
	if price > 0 {
		digits = max(2, 2-int(math.Floor(math.Log10(price))))
	}
	return "$" + strconv.FormatFloat(price, 'f', digits, 64)
}

func (e estimated) verdict(usd []float64) string {
	if e.fault != "" {
		return "not estimated"
	}
	var words []string
	if e.worst != nil && slices.ContainsFunc(usd, func(u float64) bool { return u > *e.worst }) {
		words = append(words, "above the worst case")
	}
	above, below := 0, 0
	for _, u := range usd {
		if u > e.per.High {
			above++
		} else if u < e.per.Low {
			below++
		}
	}
	if above > 0 {
		words = append(words, fmt.Sprintf("%d above high", above))
	}
	if below > 0 {
		words = append(words, fmt.Sprintf("%d below low", below))
	}
	if len(words) == 0 {
		return "within"
	}
	return strings.Join(words, ", ")
}

func (s *summary) totals() string {
	var out strings.Builder
	fmt.Fprintf(&out, "- %d programs, %d runs", len(s.programs), s.runs)
	if s.failed > 0 {
		fmt.Fprintf(&out, " and %d that failed", s.failed)
	}
	fmt.Fprintf(&out, "\n- Sound: a run costs no more than its worst case in %s\n", percent(s.sound, s.bounded))
	fmt.Fprintf(&out, "- Where there is a worst case, a run costs no more than high in %s\n", percent(s.covered, s.limited))
	fmt.Fprintf(&out, "- Useful: a run costs between low and high in %s\n", percent(s.useful, s.rated))
	fmt.Fprintf(&out, "- Expected is off by a factor of %.2f (median over programs, against the mean of the runs)\n", math.Exp2(s.median()))
	return out.String()
}

// The tables stand between these marks in a document.
const begin, end = "<!-- measured: go run ./bench/cost --write -->\n", "<!-- end -->\n"

func (s *summary) into(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	head, rest, ok := strings.Cut(string(raw), begin)
	_, foot, ended := strings.Cut(rest, end)
	if !ok || !ended {
		return fmt.Errorf("%s has no marks for the tables", path)
	}
	return os.WriteFile(path, []byte(head+begin+s.totals()+"\n"+s.table()+end+foot), 0o644)
}

// verdict is an error where the claims do not hold.
func (s *summary) verdict() error {
	var failed []error
	if s.failed > 0 {
		failed = append(failed, fmt.Errorf("%d runs failed", s.failed))
	}
	if s.sound < s.bounded {
		failed = append(failed, errors.New("a worst case was exceeded"))
	}
	if 10*s.useful < 9*s.rated {
		failed = append(failed, errors.New("fewer than 90 % of runs are between low and high"))
	}
	return errors.Join(failed...)
}
