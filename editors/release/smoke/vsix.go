package main

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxVSIX is the size in bytes that an extension may have.
const maxVSIX = 25_000_000

// unpack puts the program of an extension into a folder, as Visual Studio Code would, and
// returns its path. It fails when the extension is too large, is for another target, or its
// program would not be executable.
func unpack(file, target, folder string) (string, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return "", err
	}
	defer z.Close()
	if info, err := os.Stat(file); err != nil {
		return "", err
	} else if info.Size() > maxVSIX {
		return "", fmt.Errorf("has %d bytes; at most %d are allowed", info.Size(), maxVSIX)
	}
	if err := checkManifest(&z.Reader, target); err != nil {
		return "", err
	}
	program := "qodacode"
	if strings.HasPrefix(target, "win32-") {
		program += ".exe"
	}
	for _, f := range z.File {
		if f.Name == "extension/bin/"+program {
			return extract(f, filepath.Join(folder, program))
		}
	}
	return "", fmt.Errorf("holds no bin/%s", program)
}

func extract(f *zip.File, to string) (string, error) {
	// Windows, where the bit means nothing, may pack without it.
	if f.Mode()&0o111 == 0 && !strings.HasSuffix(to, ".exe") {
		return "", fmt.Errorf("%s is not executable, its mode is %v", f.Name, f.Mode())
	}
	from, err := f.Open()
	if err != nil {
		return "", err
	}
	defer from.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, f.Mode().Perm()|0o100)
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(out, from); err != nil {
		_ = out.Close()
		return "", err
	}
	return to, out.Close()
}

// checkManifest fails when the editors would offer the extension to another platform.
func checkManifest(z fs.FS, target string) error {
	raw, err := fs.ReadFile(z, "extension.vsixmanifest")
	if err != nil {
		return err
	}
	var manifest struct {
		Identity struct {
			TargetPlatform string `xml:",attr"`
		} `xml:"Metadata>Identity"`
	}
	if err := xml.Unmarshal(raw, &manifest); err != nil {
		return fmt.Errorf("extension.vsixmanifest: %w", err)
	}
	if got := manifest.Identity.TargetPlatform; got != target {
		return fmt.Errorf("is packaged for %q", got)
	}
	return nil
}
