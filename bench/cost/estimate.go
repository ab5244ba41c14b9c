package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/qodacode/qodacode/analyzers/cost/report"
)

// estimated is what qodacode tells of a program, in USD.
type estimated struct {
	per    report.Range
	worst  *float64 // nil: it says that there is no bound
	origin string   // explicit, framework_default or none
	reason string
	fault  string // why there is no estimate; "" if there is one
}

func (p *program) estimate(ctx context.Context, binary string) error {
	c := command(ctx, p.folder, binary, "cost", "--format", "json")
	var problems bytes.Buffer
	c.Stderr = &problems
	out, err := c.Output()
	if err != nil {
		return fmt.Errorf("qodacode cost: %w\n%s", err, problems.Bytes())
	}
	var told report.Report
	if err := json.Unmarshal(out, &told); err != nil {
		return err
	}
	var runs []report.Run
	for _, r := range told.Runs {
		started := r.Kind == "main" || r.Kind == "script"
		if r.Path == p.main && (p.script.Entry == r.Entry || p.script.Entry == "" && started) {
			runs = append(runs, r)
		}
	}
	switch {
	case len(runs) != 1:
		p.estimated.fault = fmt.Sprintf("%d entry points", len(runs))
		for _, r := range told.Runs {
			p.estimated.fault += fmt.Sprintf(", %s %s", r.Kind, r.Entry)
		}
	case runs[0].PerRun == nil:
		p.estimated.fault = "no price"
	default:
		r := runs[0]
		p.estimated = estimated{per: *r.PerRun, worst: r.WorstCase, origin: string(r.Bound), reason: r.BoundReason}
		if len(r.Unpriced) > 0 {
			p.estimated.fault = fmt.Sprintf("a call is not priced: %s:%d %s", r.Unpriced[0].Path, r.Unpriced[0].Line, r.Unpriced[0].Reason)
		}
	}
	return nil
}
