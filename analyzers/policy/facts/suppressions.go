package facts

import (
	"strings"

	"github.com/qodacode/qodacode/diagnostics"
)

// readSuppressions lists the comments of ours that name a policy, or all of them.
func (b *builder) readSuppressions() {
	for _, ignore := range diagnostics.Ignores(b.f) {
		if strings.HasPrefix(ignore.Name, "POLICY-") || ignore.Name == "policy" {
			b.doc.Suppressions = append(b.doc.Suppressions, Suppression{
				Policy: b.clip(ignore.Name, textLimit), Reason: b.clip(ignore.Reason, proseLimit), Line: b.rangeIn(ignore.Span).Start.Line,
			})
		}
	}
}
