package main

import (
	"errors"
	"fmt"
)

const (
	sectionStart = "Start and open"
	opensPerFile = 20
)

// measureStart starts new servers and opens one file in each, then opens every file in a
// server that is warm.
func (b *Bench) measureStart() error {
	first := b.typical()[0]
	var initialize, open []float64
	for range b.Starts {
		s, err := b.server.Start(b.dir, b.Timeout)
		if err != nil {
			return err
		}
		initialize = append(initialize, ms(s.Initialized))
		t, err := openBlock(s, first, false)
		if err != nil {
			return errors.Join(err, s.Kill())
		}
		open = append(open, ms(t.Opened))
		if err := s.Stop(); err != nil {
			return fmt.Errorf("stop: %w", err)
		}
	}
	b.report.Add(sectionStart, Row{What: "start of the process → initialize answered", Unit: "ms", Summary: Summarize(initialize), Goal: &Goal{P99: 50}})
	b.report.Add(sectionStart, Row{What: "didOpen → diagnostics, " + first.Name + ", first of a new server", Unit: "ms", Summary: Summarize(open)})

	return b.with(b.server, func(s *Session) error {
		for _, src := range b.sources {
			var open []float64
			for range opensPerFile {
				t, err := openBlock(s, src, false)
				if err != nil {
					return err
				}
				open = append(open, ms(t.Opened))
				if err := t.Close(); err != nil {
					return err
				}
			}
			b.report.Add(sectionStart, Row{What: "didOpen → diagnostics, " + src.Name, Unit: "ms", Summary: Summarize(open)})
		}
		return nil
	})
}
