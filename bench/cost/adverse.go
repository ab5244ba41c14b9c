package main

import (
	"fmt"
	"io"
)

// adverse tells how near to their worst cases programs come with models that cost as much as
// they may. Many end in an error then: at the limit that the worst case rests on.
func adverse(w io.Writer, programs []*program) error {
	fmt.Fprintf(w, "| program | worst case | most that was measured | share | requests |\n|---|---|---|---|---|\n")
	sound, runs := 0, 0
	for _, p := range programs {
		if len(p.runs) == 0 {
			continue
		}
		most := p.runs[0]
		for _, r := range p.runs {
			if runs++; r.usd <= *p.estimated.worst {
				sound++
			}
			if r.usd > most.usd {
				most = r
			}
		}
		fmt.Fprintf(w, "| %s | %s %s | %s | %.3f %% | %d |\n", p.name, usd(*p.estimated.worst), p.estimated.origin, usd(most.usd), 100*most.usd / *p.estimated.worst, most.requests)
	}
	fmt.Fprintf(w, "\n- Sound against adverse models: a run costs no more than its worst case in %s\n", percent(sound, runs))
	if sound < runs {
		return fmt.Errorf("%d runs cost more than their worst case", runs-sound)
	}
	return nil
}
