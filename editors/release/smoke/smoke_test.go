package main

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sourcegraph/jsonrpc2"
)

func TestTargets(t *testing.T) {
	raw, err := os.ReadFile("../targets")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(raw)) {
		field := strings.Fields(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		p := platforms[field[0]]
		if p.system != field[1] || p.processor != field[2] || p.static != strings.HasSuffix(field[3], "-musl") {
			t.Errorf("%s is tested as %s/%s, static %v", strings.TrimSpace(line), p.system, p.processor, p.static)
		}
		seen++
	}
	if seen != len(platforms) {
		t.Errorf("%d targets are built, %d tested", seen, len(platforms))
	}
}

func TestUnpack(t *testing.T) {
	const program = "extension/bin/qodacode"
	for name, c := range map[string]struct {
		platform, file string
		mode           fs.FileMode
		size           int
		err            string
	}{
		"good":           {"linux-x64", program, 0o755, 9, ""},
		"other platform": {"linux-arm64", program, 0o755, 9, `packaged for "linux-arm64"`},
		"any platform":   {"", program, 0o755, 9, `packaged for ""`},
		"not executable": {"linux-x64", program, 0o644, 9, "not executable"},
		"no program":     {"linux-x64", "extension/bin/other", 0o755, 9, "holds no bin/qodacode"},
		"too large":      {"linux-x64", program, 0o755, maxVSIX, "at most 25000000"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, "qodacode-linux-x64.vsix")
			writeVSIX(t, file, c.platform, c.file, c.mode, c.size)
			got, err := unpack(file, "linux-x64", folder)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("got %v, want an error about %q", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if info, err := os.Stat(got); err != nil || info.Size() != int64(c.size) {
				t.Errorf("unpacked %v, %v", info, err)
			}
		})
	}
}

func writeVSIX(t *testing.T, file, platform, program string, mode fs.FileMode, size int) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	manifest := `<PackageManifest xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011"><Metadata><Identity Id="qodacode" TargetPlatform="` + platform + `"/></Metadata></PackageManifest>`
	for name, content := range map[string]string{"extension.vsixmanifest": manifest, program: strings.Repeat("x", size)} {
		h := &zip.FileHeader{Name: name, Method: zip.Store}
		h.SetMode(mode)
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestVerifyPages(t *testing.T) {
	program := []byte(strings.Repeat("code", 2000)) // a page and a half
	signature := sign(program)
	if pages, err := verifyPages(program, signature); err != nil || pages != 2 {
		t.Errorf("got %d pages, %v", pages, err)
	}
	changed := slices.Clone(program)
	changed[5000]++
	if _, err := verifyPages(changed, signature); err == nil || !strings.Contains(err.Error(), "page 1") {
		t.Errorf("a changed page: %v", err)
	}
	for size := range len(signature) {
		if _, err := verifyPages(program, signature[:size]); err == nil {
			t.Fatalf("%d of %d bytes of a signature are accepted", size, len(signature))
		}
	}
}

// sign makes an ad hoc signature with one directory of hashes.
func sign(program []byte) []byte {
	const page, head, fields = 4096, 20, 44
	var hashes []byte
	for p := range slices.Chunk(program, page) {
		sum := sha256.Sum256(p)
		hashes = append(hashes, sum[:]...)
	}
	d := make([]byte, fields)
	put := func(b []byte, i int, v int) { binary.BigEndian.PutUint32(b[i:], uint32(v)) }
	put(d, 0, magicDirectory)
	put(d, 16, fields)
	put(d, 28, len(hashes)/sha256.Size)
	put(d, 32, len(program))
	d[36], d[37], d[39] = sha256.Size, hashSHA256, 12
	s := make([]byte, head)
	put(s, 0, magicSuper)
	put(s, 8, 1)
	put(s, 16, head)
	return append(append(s, d...), hashes...)
}

func TestTalk(t *testing.T) {
	for name, c := range map[string]struct {
		server string
		column int
		err    string
	}{
		"good":           {"qodacode", 36, ""},
		"wrong column":   {"qodacode", 35, "the secret is at 0:36"},
		"another server": {"other", 36, `calls itself "other"`},
		"no finding":     {"qodacode", -1, "ended before it found anything"},
	} {
		t.Run(name, func(t *testing.T) {
			here, there := net.Pipe()
			serve(t, there, c.server, c.column)
			said, err := talk(t.Context(), here)
			if c.err == "" {
				if err != nil || said != "1.2.3 found SECRET-x" {
					t.Errorf("got %q, %v", said, err)
				}
			} else if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("got %v, want an error about %q", err, c.err)
			}
		})
	}
}

// serve answers as a server that finds something at a column; with -1 it ends instead.
func serve(t *testing.T, stream io.ReadWriteCloser, name string, column int) {
	conn := jsonrpc2.NewConn(context.Background(), jsonrpc2.NewBufferedStream(stream, jsonrpc2.VSCodeObjectCodec{}),
		jsonrpc2.HandlerWithError(func(ctx context.Context, conn *jsonrpc2.Conn, r *jsonrpc2.Request) (any, error) {
			switch r.Method {
			case "initialize":
				return map[string]any{"serverInfo": map[string]any{"name": name, "version": "1.2.3"}}, nil
			case "textDocument/didOpen":
				if column < 0 {
					return nil, conn.Close()
				}
				start := map[string]any{"line": 0, "character": column}
				found := []any{map[string]any{"code": "SECRET-x", "range": map[string]any{"start": start, "end": start}}}
				return nil, conn.Notify(ctx, "textDocument/publishDiagnostics", map[string]any{"uri": address, "diagnostics": found})
			}
			return nil, nil
		}))
	t.Cleanup(func() { _ = conn.Close() })
}
