package history

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

// The folders below a project, and how much of them is read.
const (
	base           = ".qodacode"
	policiesFolder = ".qodacode/policies"
	historyFolder  = ".qodacode/history"

	maxPolicies   = 1_000
	maxPolicySize = 1 << 20
	maxEntrySize  = 1 << 20
	maxEntries    = 100_000
)

// folders is a project's folder, which no path leads out of, whatever links it has.
type folders struct{ root *os.Root }

// reading opens the project. Nothing is made.
func (s *Store) reading() (*folders, error) {
	root, err := os.OpenRoot(s.project)
	if err != nil {
		return nil, fmt.Errorf("the project's folder cannot be opened: %w", err)
	}
	d := &folders{root}
	for _, folder := range []string{base, policiesFolder, historyFolder, entriesDir, objectsDir} {
		if err := d.plainFolder(folder); err != nil {
			d.close()
			return nil, err
		}
	}
	return d, nil
}

func (d *folders) close() { _ = d.root.Close() }

// plainFolder fails if something is there that is not a folder: a link, too, since what it
// leads to belongs to somebody else.
func (d *folders) plainFolder(name string) error {
	info, err := d.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("%s is a symbolic link; policies and their history are kept only in a plain folder", name)
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder", name)
	}
	return nil
}

// policies reads the files *.rego of the folder of policies.
func (d *folders) policies() (map[string][]byte, error) {
	list, err := fs.ReadDir(d.root.FS(), policiesFolder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the folder %s cannot be read: %w", policiesFolder, err)
	}
	contents := map[string][]byte{}
	for _, item := range list {
		name := item.Name()
		if !strings.HasSuffix(name, ".rego") || item.IsDir() {
			continue
		}
		if err := CheckName(name); err != nil {
			return nil, err
		}
		if len(contents) == maxPolicies {
			return nil, fmt.Errorf("%s has more than %d policies", policiesFolder, maxPolicies)
		}
		data, err := d.read(policiesFolder+"/"+name, maxPolicySize)
		if errors.Is(err, fs.ErrNotExist) { // deleted meanwhile
			continue
		}
		if err != nil {
			return nil, err
		}
		contents[name] = data
	}
	return contents, apart(contents)
}

// read reads a plain file of at most limit bytes.
func (d *folders) read(name string, limit int64) ([]byte, error) {
	info, err := d.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for who writes to it
		return nil, fmt.Errorf("%s is not a plain file; replace it by one", name)
	}
	f, err := d.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s is larger than %d bytes", name, limit)
	}
	return data, nil
}

// replace gives a file a content at once: after a crash it has all of the old or all of the new.
func (d *folders) replace(name string, data []byte) error {
	staged, err := d.stage(path.Dir(name), data)
	if err != nil {
		return err
	}
	if err := d.root.Rename(staged, name); err != nil {
		_ = d.root.Remove(staged)
		return err
	}
	d.sync(path.Dir(name))
	return nil
}

// stage writes a new file, which is on disk when it returns, under a name that no other has.
func (d *folders) stage(folder string, data []byte) (name string, err error) {
	if err := d.root.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	name = folder + "/" + stagedPrefix + strings.ToLower(rand.Text()) + stagedSuffix
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = d.root.Remove(name)
		return "", err
	}
	return name, nil
}

// sync brings the names of a folder to disk, where the system can do that.
func (d *folders) sync(folder string) {
	if f, err := d.root.Open(folder); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}

// Names of files that are being written. A crash may leave one; unstage takes it away.
const (
	stagedPrefix = ".staged-"
	stagedSuffix = ".tmp"
)

// unstage removes what a crash left in a folder. Only who holds the lock calls it.
func (d *folders) unstage(folder string) {
	list, _ := fs.ReadDir(d.root.FS(), folder)
	for _, item := range list {
		if name := item.Name(); strings.HasPrefix(name, stagedPrefix) && strings.HasSuffix(name, stagedSuffix) {
			_ = d.root.Remove(folder + "/" + name)
		}
	}
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

func sums(contents map[string][]byte) map[string]string {
	files := make(map[string]string, len(contents))
	for name, data := range contents {
		files[name] = sum(data)
	}
	return files
}
