package main

import (
	"fmt"
	"os/exec"
)

const (
	sectionTyping = "Keystroke → diagnostics (didChange → publishDiagnostics)"
	sectionPeer   = "The same keystrokes beside ruff server"
)

// typingGoals hold for files of 1,000 lines.
var typingGoals = map[bool]*Goal{false: {P50: 2, P99: 8}, true: {P99: 15}}

// measureTyping types into every file, one after another in one session, and the same into
// the Python ones with ruff, as they lint the same language as you type.
func (b *Bench) measureTyping() error {
	own := map[string]Summary{}
	err := b.with(b.server, func(s *Session) error {
		return b.typeFiles(s, false, func(src source, broken bool, typed Typed) {
			row := Row{What: src.Name + ", " + kindOf(broken), Unit: "ms", Summary: Summarize(milliseconds(typed.All))}
			if src.Lines == typicalLines {
				row.Goal = typingGoals[broken]
			}
			own[row.What] = row.Summary
			b.report.Add(sectionTyping, row)
			for _, spot := range spots {
				if took := typed.BySpot[spot.Name]; took != nil {
					b.report.Add(sectionTyping, Row{What: spot.Name, Unit: "ms", Detail: true, Summary: Summarize(milliseconds(took))})
				}
			}
		})
	})
	if err != nil || !b.Peer {
		return err
	}
	ruff, err := exec.LookPath("ruff")
	if err != nil {
		b.report.Notes = append(b.report.Notes, "ruff is not installed, so nothing is beside it.")
		return nil
	}
	b.progress("type, with ruff …")
	err = b.with(Server{"ruff", []string{ruff, "server"}}, func(s *Session) error {
		return b.typeFiles(s, true, func(src source, broken bool, typed Typed) {
			row := Row{What: src.Name + ", " + kindOf(broken), Unit: "ms", Summary: Summarize(milliseconds(typed.All))}
			q := own[row.What]
			row.Ratio = &Ratio{q.P50 / row.P50, q.P99 / row.P99}
			b.report.Add(sectionPeer, row)
		})
	})
	if err != nil {
		return fmt.Errorf("ruff: %w", err)
	}
	return nil
}

func (b *Bench) typeFiles(s *Session, peer bool, done func(source, bool, Typed)) error {
	for _, src := range b.sources {
		if peer && src.Language != Python {
			continue
		}
		t, err := openBlock(s, src, peer)
		if err != nil {
			return err
		}
		t.Pause = b.Pause
		for _, broken := range []bool{false, true} {
			typed, err := typeAll(t, broken, b.Edits)
			if err != nil {
				return err
			}
			done(src, broken, typed)
		}
		if err := t.Close(); err != nil {
			return err
		}
	}
	return nil
}

func kindOf(broken bool) string {
	if broken {
		return "broken text"
	}
	return "valid text"
}
