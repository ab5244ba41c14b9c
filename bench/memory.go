package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	sectionMemory = "Memory"
	samples       = 100 // over all edits
)

// measureMemory opens many files, waiting for the diagnostics of each.
func (b *Bench) measureMemory() error {
	paths, err := writeTree(filepath.Join(b.dir, "many"), b.Open)
	if err != nil {
		return err
	}
	return b.with(b.server, func(s *Session) error {
		size := 0
		for _, path := range paths {
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			size += len(src)
			language := Python
			if filepath.Ext(path) == TypeScript.Ext {
				language = TypeScript
			}
			_, first, _, err := s.Open(path, language.ID, string(src))
			if err != nil {
				return err
			}
			if len(first.Diagnostics) == 0 {
				return fmt.Errorf("%s has a key in it, and nothing was found", path)
			}
		}
		rss, err := s.Resident()
		if err != nil {
			return err
		}
		b.report.Add(sectionMemory, Row{
			What: fmt.Sprintf("resident with %d files open (%s MB of text)", len(paths), number(float64(size)/1e6)),
			Unit: "MB", Summary: Summarize([]float64{rss}), Goal: &Goal{Most: 150},
		})
		return nil
	})
}

// measureSoak types for long into one file, by turns at all spots, and looks whether the
// memory and the answers stay as they are.
func (b *Bench) measureSoak() error {
	src, err := Generate(Python, 1000, 1)
	if err != nil {
		return err
	}
	return b.with(b.server, func(s *Session) error {
		t, err := openBlock(s, source{"soak", filepath.Join(b.dir, "soak.py"), Python, src, 1000}, false)
		if err != nil {
			return err
		}
		var rss, took []float64
		edits := 0
		for i := 0; edits < b.Soak; i++ {
			spot := spots[i%len(spots)]
			d, err := t.Type(spot, 1)
			if err != nil {
				return err
			}
			took = append(took, milliseconds(d)...)
			edits += len(d)
			if edits >= b.Soak*(len(rss)+1)/samples {
				now, err := s.Resident()
				if err != nil {
					return err
				}
				rss = append(rss, now)
			}
		}
		what := fmt.Sprintf("%d edits in a file of 1,000 lines: ", edits)
		b.report.Add(sectionMemory, Row{What: what + "resident", Unit: "MB", Summary: Summarize(rss)})
		b.report.Add(sectionMemory, Row{What: what + "resident at the end / at the beginning", Unit: "×", Summary: Summarize([]float64{growth(rss)}), Goal: &Goal{Most: 1.1}})
		b.report.Add(sectionMemory, Row{What: what + "keystroke → diagnostics", Unit: "ms", Summary: Summarize(took)})
		b.report.Add(sectionMemory, Row{What: what + "the same, of the last tenth", Unit: "ms", Summary: Summarize(took[len(took)*9/10:])})
		return nil
	})
}

// growth is the median of a series' last tenth by that of its second tenth. In the first one
// the heap grows to its size.
func growth(series []float64) float64 {
	tenth := max(1, len(series)/10)
	first := series[min(tenth, len(series)-1):min(2*tenth+1, len(series))]
	return median(series[len(series)-tenth:]) / median(first)
}

// Resident is the memory that the server's process holds, in MB of 10⁶ bytes.
func (s *Session) Resident() (float64, error) {
	pid := strconv.Itoa(s.cmd.Process.Pid)
	kib, err := "", error(nil)
	if status, failed := os.ReadFile("/proc/" + pid + "/status"); failed == nil {
		_, after, _ := strings.Cut(string(status), "VmRSS:")
		kib, _, _ = strings.Cut(after, "kB")
	} else {
		var out []byte
		out, err = exec.Command("ps", "-o", "rss=", "-p", pid).Output()
		kib = string(out)
	}
	if err != nil {
		return 0, fmt.Errorf("resident memory of process %s: %w", pid, err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(kib))
	if err != nil {
		return 0, fmt.Errorf("resident memory of process %s: %w", pid, err)
	}
	return float64(n) * 1024 / 1e6, nil
}
