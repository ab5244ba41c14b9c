package policy

import (
	"testing"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/diagnostics"
)

// What a keystroke asks of a set must not wait for its compilation, which may take as long as
// its policies can make it take.
func TestASetAnswersWhileItIsCompiled(t *testing.T) {
	root := project(t, map[string]string{Folder + "/a.rego": "package a"})
	s := NewHost(Options{}).For(root, config.Default())
	base := diagnostics.NewSet(nil)
	s.loading.Lock() // as Load has it
	defer s.loading.Unlock()
	if s.Over(base) != base || !s.Partial() {
		t.Error("rules are known before the set is loaded")
	}
}
