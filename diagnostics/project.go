package diagnostics

import (
	"sync"
	"time"

	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
)

// ProjectPass is one run of a Check over the files of a project. Checks may run beside each
// other; each has a pass of its own, and all of a run share what Share computes.
type ProjectPass struct {
	Files  []*parser.File    // code files by path, relative to the project's folder
	Data   map[string]string // other files that frameworks read, by path: agents.yaml, pyproject.toml
	Paths  []string          // of all code files of the project, whether or not they are among Files
	Config func(path string) *config.Config
	Now    time.Time // the clock of the run; rules never ask the system
	// Memo keeps a check's own value from one state of the project to the next. It is nil at first.
	Memo *any
	// Shared is what all checks of the run share; see Share.
	Shared *sync.Map
	// Sink receives what is reported, by the path of its file.
	Sink func(path string, f Finding)
}

// Report reports a finding in the file at path, which is one of Files or Data. Unlike those
// of Pass.Report its spans, and those of what is related, are bytes of File.Source.
func (p *ProjectPass) Report(path string, f Finding) { p.Sink(path, f) }

// Share computes a value of the project once and gives it to all checks that ask with the same key.
func Share[T any](p *ProjectPass, key any, compute func() T) T {
	v, ok := p.Shared.Load(key)
	if !ok {
		v, _ = p.Shared.LoadOrStore(key, sync.OnceValue(compute))
	}
	return v.(func() T)()
}
