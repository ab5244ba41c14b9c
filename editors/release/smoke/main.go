// Command smoke looks at what is about to be released: smoke FILE..., where a FILE is a binary
// or an extension for Visual Studio Code (.vsix) with a binary inside. It checks that
//
//   - the extension is small enough and holds a program for the platform it is for,
//   - the program needs nothing that some machines of its platform lack,
//   - where it runs on this machine, by itself or through qemu or wine: it answers as a
//     language server and finds what it must.
//
// It prints a line per file: target, size, SHA-256, and how it was tested. Its exit code is 1
// when a check failed.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
)

func main() {
	flag.Usage = func() { fmt.Fprintln(flag.CommandLine.Output(), "usage: smoke FILE...") }
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	failed := false
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "FILE\tMB\tSHA-256\tTESTED")
	for _, file := range flag.Args() {
		tested, err := test(file)
		if err != nil {
			tested, failed = "FAILED: "+err.Error(), true
		}
		size, sum, err := digest(file)
		if err != nil {
			tested, failed = "FAILED: "+err.Error(), true
		}
		fmt.Fprintf(table, "%s\t%.1f\t%s\t%s\n", filepath.Base(file), float64(size)/1e6, sum, tested)
	}
	_ = table.Flush()
	if failed {
		os.Exit(1)
	}
}

// test runs all checks on a file and tells what it did.
func test(file string) (string, error) {
	name := strings.TrimSuffix(filepath.Base(file), ".exe")
	if !strings.HasSuffix(name, ".vsix") {
		return testBinary(file, strings.TrimPrefix(name, "qodacode-"))
	}
	folder, err := os.MkdirTemp("", "qodacode-smoke")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	target := strings.TrimPrefix(strings.TrimSuffix(name, ".vsix"), "qodacode-")
	binary, err := unpack(file, target, folder)
	if err != nil {
		return "", err
	}
	tested, err := testBinary(binary, target)
	return "unpacked, " + tested, err
}

func testBinary(file, target string) (string, error) {
	p, ok := platforms[target]
	if !ok {
		return "", fmt.Errorf("no platform is called %q", target)
	}
	needs, err := p.check(file, p)
	if err != nil {
		return "", err
	}
	command, by := p.command(file)
	if command == nil {
		return needs + "; not run: " + by, nil
	}
	said, err := converse(command)
	if err != nil {
		return "", fmt.Errorf("run %s: %w", by, err)
	}
	return fmt.Sprintf("%s; run %s: %s", needs, by, said), nil
}

func digest(file string) (size int64, sum string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return size, fmt.Sprintf("%x", h.Sum(nil)), err
}
