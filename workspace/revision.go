package workspace

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/config"
)

// Export writes the files that matter, configuration included, of a revision of the git repository around dir into the
// folder into, and returns the path of dir inside it. Revision is what git rev-parse takes: a
// branch, a tag, a commit, HEAD~1. Files of more than limit bytes are left out, as are links.
//
// Objects are read as they are stored: none of the repository's filters and hooks run.
func Export(ctx context.Context, dir, revision, into string, limit int) (inside string, err error) {
	git := func(args ...string) ([]byte, error) { return runGit(ctx, dir, nil, args...) }
	prefix, err := git("rev-parse", "--show-prefix")
	if err != nil {
		return "", fmt.Errorf("%s is in no git repository that can be read: %w", dir, err)
	}
	commit, err := git("rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return "", fmt.Errorf("the git repository has no revision %q", revision)
	}
	list, err := git("ls-tree", "-r", "-z", "-l", "--full-tree", strings.TrimSpace(string(commit)))
	if err != nil {
		return "", err
	}
	var names []string
	var hashes bytes.Buffer
	for entry := range strings.SplitSeq(string(list), "\x00") {
		// 100644 blob 3b18e512dba79e4c8300dd08aeb37f8e728b8dad      12<TAB>name
		about, name, _ := strings.Cut(entry, "\t")
		fields := strings.Fields(about)
		if len(fields) != 4 || fields[1] != "blob" || fields[0] == "120000" || !Matters(name) && filepath.Base(name) != config.FileName {
			continue
		}
		if size, err := strconv.Atoi(fields[3]); err == nil && size <= limit {
			names = append(names, name)
			hashes.WriteString(fields[2] + "\n")
		}
	}
	blobs, err := runGit(ctx, dir, &hashes, "cat-file", "--batch")
	if err != nil {
		return "", err
	}
	folder, err := os.OpenRoot(into)
	if err != nil {
		return "", err
	}
	defer folder.Close()
	r := bufio.NewReader(bytes.NewReader(blobs))
	for _, name := range names {
		content, err := nextBlob(r)
		if err == nil { // a name that would lead out of the folder is refused by os.Root
			if err = folder.MkdirAll(filepath.Dir(filepath.FromSlash(name)), 0o700); err == nil {
				err = folder.WriteFile(filepath.FromSlash(name), content, 0o600)
			}
		}
		if err != nil {
			return "", fmt.Errorf("%s of revision %s can't be read: %w", name, revision, err)
		}
	}
	inside = filepath.Join(into, filepath.FromSlash(strings.TrimSpace(string(prefix))))
	return inside, os.MkdirAll(inside, 0o700)
}

// nextBlob reads one object of git cat-file --batch: HASH blob SIZE, a line break, the
// content, a line break.
func nextBlob(r *bufio.Reader) ([]byte, error) {
	head, err := r.ReadString('\n')
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(head)
	if len(fields) != 3 {
		return nil, errors.New("the repository lacks the object")
	}
	size, err := strconv.Atoi(fields[2])
	if err != nil {
		return nil, err
	}
	content := make([]byte, size)
	if _, err := io.ReadFull(r, content); err != nil {
		return nil, err
	}
	_, err = r.Discard(1)
	return content, err
}

func runGit(ctx context.Context, dir string, in io.Reader, args ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, "git", append([]string{"-C", dir}, args...)...)
	c.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "LC_ALL=C")
	c.Stdin = in
	out, err := c.Output()
	var failed *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("there is no git on the PATH")
	case errors.As(err, &failed):
		first, _, _ := strings.Cut(strings.TrimSpace(string(failed.Stderr)), "\n")
		return nil, fmt.Errorf("git %s: %s", args[0], strings.TrimPrefix(first, "fatal: "))
	}
	return out, err
}
