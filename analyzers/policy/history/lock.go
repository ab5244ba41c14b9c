package history

import (
	"errors"
	"fmt"
	"os"
	"time"
)

// lockWait is how long somebody who writes waits. A rollback compiles policies meanwhile.
const lockWait = 15 * time.Second

// errLocked is that another holds the lock.
var errLocked = errors.New("locked")

// writing opens the project for one who writes. The lock is the system's, on an empty file
// that stays: it ends with the process that holds it, so that none is ever stale.
func (s *Store) writing() (*folders, func(), error) {
	d, err := s.reading()
	if err != nil {
		return nil, nil, err
	}
	f, err := s.lock(d)
	if err != nil {
		d.close()
		return nil, nil, err
	}
	unlock := func() {
		_ = f.Close() // which frees the lock
		d.close()
	}
	d.unstage(historyFolder)
	if err := d.resume(); err != nil {
		unlock()
		return nil, nil, err
	}
	return d, unlock, nil
}

func (s *Store) lock(d *folders) (*os.File, error) {
	if err := d.root.MkdirAll(historyFolder, 0o755); err != nil {
		return nil, fmt.Errorf("the folder %s cannot be made: %w", historyFolder, err)
	}
	if info, err := d.root.Lstat(lockFile); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a plain file; remove it", lockFile)
	}
	f, err := d.root.OpenFile(lockFile, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("the history cannot be locked: %w", err)
	}
	deadline := time.Now().Add(s.wait)
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		err := tryLock(f)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, errLocked) || time.Now().After(deadline) {
			_ = f.Close()
			if errors.Is(err, errLocked) {
				err = fmt.Errorf("another qodacode has been writing the history for more than %s; try again when it is done", s.wait)
			} else {
				err = fmt.Errorf("the history cannot be locked: %w", err)
			}
			return nil, err
		}
		time.Sleep(pause)
	}
}
