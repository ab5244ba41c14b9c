package codeactions

import (
	"fmt"

	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// serviceTier asks for a cheaper tier of service, for work that nobody waits for.
func serviceTier(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*cost.ServiceTierFix)
	if !ok || fix.Call == nil {
		return nil
	}
	row, site := seatOf(f, fix.Call.Site, llm.ServiceTier)
	if row == nil {
		return nil
	}
	d := &draft{File: f}
	blocked := d.set(site, row, row.path, `"`+fix.Tier+`"`)
	if p := fix.Call.Site.Platform; p != llm.Direct {
		blocked = fmt.Sprintf("this call goes to %s, whose tiers differ", p)
	}
	return []Action{d.action(fmt.Sprintf("Use the %s tier: half the price, answers come later and may be refused (429) when it is busy", fix.Tier), blocked)}
}
