package diagnostics

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Baseline is the findings of an earlier run that are known and not to be reported again.
type Baseline struct {
	Version  int     `json:"version"` // 1
	Findings []known `json:"findings"`
}

type known struct {
	Path        string `json:"path"`
	Rule        string `json:"rule"`
	Fingerprint string `json:"fingerprint"`
}

// BaselineStats tell what a baseline did.
type BaselineStats struct {
	Known int // findings that it held back
	Gone  int // of its entries, those that are not found any more
}

const baselineVersion = 1

// NewBaseline holds all findings of files.
func NewBaseline(files []FileReport) *Baseline {
	b := &Baseline{Version: baselineVersion, Findings: []known{}}
	for _, f := range files {
		for i, print := range Fingerprints(f) {
			b.Findings = append(b.Findings, known{f.Path, f.Findings[i].Rule, print})
		}
	}
	slices.SortFunc(b.Findings, func(x, y known) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Fingerprint, y.Fingerprint))
	})
	return b
}

// ReadBaseline reads what Write wrote.
func ReadBaseline(r io.Reader) (*Baseline, error) {
	const help = "write a new one with `qodacode check --write-baseline`"
	var b Baseline
	if err := json.NewDecoder(r).Decode(&b); err != nil {
		return nil, fmt.Errorf("the baseline cannot be read: %w; %s", err, help)
	}
	switch {
	case b.Version > baselineVersion:
		return nil, fmt.Errorf("the baseline has version %d, this qodacode reads %d; use a newer qodacode or %s", b.Version, baselineVersion, help)
	case b.Version < 1:
		return nil, errors.New("the baseline has no version; " + help)
	}
	return &b, nil
}

// Write writes b as JSON with an entry per line, sorted, so that versions of it compare well.
func (b *Baseline) Write(w io.Writer) error {
	var out strings.Builder
	fmt.Fprintf(&out, "{\n  \"version\": %d,\n  \"findings\": [", b.Version)
	for i, k := range b.Findings {
		entry, err := json.Marshal(k)
		if err != nil {
			return err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    " + string(entry))
	}
	if len(b.Findings) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	_, err := io.WriteString(w, out.String())
	return err
}

// Apply is files without the known findings. read tells which files took part in this run,
// so that the entries of others are not counted as gone; nil: all.
func (b *Baseline) Apply(files []FileReport, read func(path string) bool) ([]FileReport, BaselineStats) {
	open := map[known]bool{} // true: not found yet
	for _, k := range b.Findings {
		if read == nil || read(k.Path) {
			open[k] = true
		}
	}
	var stats BaselineStats
	out := slices.Clone(files)
	for i, f := range files {
		var fresh []Finding
		out[i].Known = nil
		for j, print := range Fingerprints(f) {
			k := known{f.Path, f.Findings[j].Rule, print}
			if _, ok := open[k]; ok {
				open[k] = false
				stats.Known++
				out[i].Known = append(out[i].Known, f.Findings[j])
			} else {
				fresh = append(fresh, f.Findings[j])
			}
		}
		out[i].Findings = fresh
	}
	for _, missing := range open {
		if missing {
			stats.Gone++
		}
	}
	return out, stats
}

// Fingerprints name the findings of f, one each, the same from run to run as long as the
// line keeps its words: they are made from the rule, the path, the line without its spacing,
// and a count where the same line has the same finding again. They are hashes; no text of
// the file can be read from them.
func Fingerprints(f FileReport) []string {
	prints := make([]string, len(f.Findings))
	seen := map[string]int{}
	for i, d := range f.Findings {
		line := f.Text.Slice(f.Text.Line(f.Text.LineOf(d.Span.Start)))
		key := strings.Join([]string{d.Rule, f.Path, strings.Join(strings.Fields(line), " ")}, "\x00")
		sum := sha256.Sum256([]byte(key + "\x00" + strconv.Itoa(seen[key])))
		seen[key]++
		prints[i] = hex.EncodeToString(sum[:16])
	}
	return prints
}
