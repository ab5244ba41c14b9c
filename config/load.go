package config

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"time"

	"github.com/qodacode/qodacode/parser/text"
)

// Find looks for qodacode.toml in dir and the folders above it; the nearest one wins. It
// does not look above a repository's root (the folder with .git), so that a checkout gives
// the same findings wherever it lies; without a repository it looks up to the file system's root.
func Find(dir string) (path string, ok bool) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", false
	}
	for {
		path = filepath.Join(dir, FileName)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path, true
		}
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return "", false
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}

// UserFile is where a user's own configuration lives: $XDG_CONFIG_HOME, else %AppData% where
// it is set (Windows), else ~/.config, and there qodacode/config.toml. "" when there is no such place.
func UserFile(getenv func(string) string) string {
	for _, dir := range []string{getenv("XDG_CONFIG_HOME"), getenv("AppData")} {
		if filepath.IsAbs(dir) {
			return filepath.Join(dir, "qodacode", "config.toml")
		}
	}
	if home := getenv("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".config", "qodacode", "config.toml")
	}
	return ""
}

// Loader finds, reads and caches configuration files. It is safe for concurrent use. As long
// as nothing changes it returns the same *Config for files of the same project.
type Loader struct {
	userFile string

	mu       sync.Mutex
	pin      string
	pinRoot  string
	settings layer
	sent     Settings
	sentBad  []Problem
	files    map[string]*file
	built    map[string]*built // by path of the workspace file
}

// file is a configuration file as it was read. It is replaced, never changed.
type file struct {
	modified time.Time
	size     int64
	layer    layer
	problems []Problem
}

type built struct {
	workspace, user *file
	config          *Config
	problems        []Problem
}

// NewLoader makes a Loader. userFile is the user's own configuration file, see UserFile; "" for none.
func NewLoader(userFile string) *Loader {
	return &Loader{userFile: userFile, files: map[string]*file{}, built: map[string]*built{}}
}

// Pin makes the file at path the workspace file of all files, in place of what Find finds.
// Its globs are relative to root.
func (l *Loader) Pin(path, root string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pin, l.pinRoot = path, root
	clear(l.built)
}

// SetUser replaces the settings that the editor sent.
func (l *Loader) SetUser(user Settings) []Problem {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sent == nil || !reflect.DeepEqual(user, l.sent) {
		l.settings, l.sentBad = parseSettings(user)
		l.sent = user
		clear(l.built)
	}
	return l.sentBad
}

// Invalidate forgets the configuration file at path, when it may have changed without a new time or size.
func (l *Loader) Invalidate(path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.files, path)
}

// For is the configuration of the file at path, with the problems of the workspace's file and the user's.
func (l *Loader) For(path string) (*Config, []Problem) {
	found, ok := Find(filepath.Dir(path))
	l.mu.Lock()
	defer l.mu.Unlock()
	workspace, root := l.pin, l.pinRoot
	if workspace == "" && ok {
		workspace, root = found, filepath.Dir(found)
	}
	ws, user := l.read(workspace, workspace == l.pin, false), l.read(l.userFile, false, true)
	b := l.built[workspace]
	if b == nil || b.workspace != ws || b.user != user {
		b = &built{
			workspace: ws, user: user,
			config:   build(workspace, root, ws.layer, []layer{user.layer, l.settings}),
			problems: append(append([]Problem{}, ws.problems...), user.problems...),
		}
		l.built[workspace] = b
	}
	return b.config, b.problems
}

// absent stands for a file that is not there.
var absent = &file{}

// read is the file at path, from the cache if it has not changed. A missing file is a problem only if it must exist.
func (l *Loader) read(path string, must, byUser bool) *file {
	if path == "" {
		return absent
	}
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "read", Path: path, Err: fs.ErrInvalid}
	}
	if os.IsNotExist(err) && !must {
		return absent
	}
	cached := l.files[path]
	if err != nil {
		if cached == nil || !cached.modified.IsZero() {
			cached = &file{problems: []Problem{{Path: path, Message: "the configuration cannot be read: " + err.Error()}}}
			l.files[path] = cached
		}
		return cached
	}
	if cached != nil && cached.modified.Equal(info.ModTime()) && cached.size == info.Size() {
		return cached
	}
	f := &file{modified: info.ModTime(), size: info.Size()}
	if src, err := slurp(path); err != nil {
		f.problems = []Problem{{Path: path, Message: "the configuration cannot be read: " + err.Error()}}
	} else {
		f.layer, f.problems = parse(path, text.New(src), table, byUser)
	}
	l.files[path] = f
	return f
}

// slurp reads one byte more than parse accepts, so that parse can tell.
func slurp(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	return string(b), err
}
