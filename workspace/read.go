package workspace

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// ErrBinary says that a file holds no text.
var ErrBinary = errors.New("not a text file")

// ErrTooLarge says that a file exceeds the limit of check.max_file_size.
var ErrTooLarge = errors.New("larger than check.max_file_size")

// Read reads a text file of up to limit bytes, without a byte order mark, as editors have it. A file of code may hold any bytes; of other
// files one with a NUL among its first 8,000 bytes is ErrBinary, as git has it.
func Read(path string, limit int) (*text.Text, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("not a regular file")}
	}
	var b strings.Builder
	b.Grow(int(min(info.Size(), int64(limit))) + 1)
	// The file may grow while it is read: the limit holds for what is read, not for what was promised.
	if _, err := io.Copy(&b, io.LimitReader(f, int64(limit)+1)); err != nil {
		return nil, err
	}
	src := b.String()
	if len(src) > limit {
		return nil, fmt.Errorf("%s: %w (%d bytes)", path, ErrTooLarge, limit)
	}
	if strings.IndexByte(src[:min(len(src), 8000)], 0) >= 0 && !parser.LanguageOf(path, "").IsCode() {
		return nil, fmt.Errorf("%s: %w", path, ErrBinary)
	}
	return text.New(strings.TrimPrefix(src, "\ufeff")), nil
}

// ReadWithin is Read for a file that must not leave the folder within, through symbolic links
// either; "" for any file.
func ReadWithin(path, within string, limit int) (*text.Text, error) {
	if within != "" {
		root, err := os.OpenRoot(within)
		if err != nil {
			return nil, err
		}
		defer root.Close()
		rel, err := filepath.Rel(within, path)
		if err != nil {
			return nil, err
		}
		if _, err := root.Stat(rel); err != nil {
			return nil, err
		}
	}
	return Read(path, limit)
}
