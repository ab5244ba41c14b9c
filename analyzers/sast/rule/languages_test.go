package rule

import (
	"slices"
	"testing"

	"github.com/qodacode/qodacode/parser"
)

// Rules for JavaScript run on TypeScript, but not the other way round.
func TestLanguageNamed(t *testing.T) {
	for name, want := range map[string][]parser.Language{
		"js":     {parser.JavaScript, parser.TypeScript, parser.TSX},
		"ts":     {parser.TypeScript, parser.TSX},
		"python": {parser.Python},
		"go":     nil,
	} {
		if got, text := languageNamed(name); !slices.Equal(got, want) || text {
			t.Errorf("%s: %v, %v", name, got, text)
		}
	}
	if code, text := languageNamed("generic"); code != nil || !text {
		t.Errorf("generic: %v, %v", code, text)
	}
}
