package fetch

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/pricing"
)

const good = `{"mine": {"input_cost_per_token": 2e-6, "output_cost_per_token": 1e-5}, "sample_spec": {"max_tokens": "text"}}`

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// server is a web server that misbehaves in every way that a test asks for.
func server(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	say := func(path, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) })
	}
	say("/good", good)
	say("/html", "<!doctype html><title>Log in</title>")
	say("/empty", "")
	say("/strings", `{"mine": {"input_cost_per_token": "free", "output_cost_per_token": -1}}`)
	say("/half", good[:40])
	say("/large", `{"a":"`+strings.Repeat("x", pricing.MaxFileSize)+`"}`)
	say("/2MB", good[:len(good)-1]+strings.Repeat(" ", 2<<20)+"}")
	mux.HandleFunc("/missing", http.NotFound)
	mux.HandleFunc("/liar", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000000")
		_, _ = io.WriteString(w, good)
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		zeros := make([]byte, 1<<20)
		for range 64 {
			_, _ = z.Write(zeros)
		}
		_ = z.Close()
	})
	mux.HandleFunc("/packed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, good)
		_ = z.Close()
	})
	mux.HandleFunc("/hangs", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/drips", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, " ")
			_ = http.NewResponseController(w).Flush()
			time.Sleep(time.Millisecond)
		}
	})
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/good", http.StatusMovedPermanently)
	})
	mux.HandleFunc("/plain", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+r.Host+"/good", http.StatusFound)
	})
	s := httptest.NewTLSServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestUpdate(t *testing.T) {
	s := server(t)
	cache := t.TempDir() + "/qodacode/prices"
	for path, want := range map[string]string{ // "": it is taken
		"/good": "", "/moved": "", "/2MB": "", "/packed": "",
		"/html":    "what came is no price file: it is not a JSON object of models",
		"/empty":   "what came is no price file: it is not a JSON object of models",
		"/strings": "what came is no price file: it has no model with input_cost_per_token and output_cost_per_token",
		"/half":    "what came is no price file: it is broken or cut off at byte 8",
		"/large":   "it is larger than 16 MB",
		"/bomb":    "it is larger than 16 MB",
		"/missing": "the server answers 404 Not Found",
		"/liar":    "the download broke off: unexpected EOF",
		"/hangs":   "the server takes too long",
		"/drips":   "the server takes too long",
		"/round":   "it redirects more than 5 times",
		"/plain":   "it redirects to an address without https",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			f := &Fetcher{Cache: cache, Now: func() time.Time { return now }, Transport: s.Client().Transport, Timeout: time.Minute}
			if want == "the server takes too long" {
				f.Timeout = 300 * time.Millisecond
			}
			url := s.URL + path + "?token=secret"
			kept := pricing.CachePath(f.Cache, url)
			if err := replace(kept, []byte("the last good copy"), now.Add(-time.Hour)); err != nil {
				t.Fatal(err)
			}
			file, err := f.Update(context.Background(), url)
			data, readErr := os.ReadFile(kept)
			if readErr != nil {
				t.Fatal(readErr)
			}
			if want == "" {
				if err != nil || file.Models() != 1 || file.Dropped != 0 || !strings.HasPrefix(string(data), good[:60]) {
					t.Errorf("%v, %.60q", err, data)
				}
				info, _ := os.Stat(kept)
				if info.Mode().Perm() != 0o600 || !info.ModTime().Equal(now) {
					t.Errorf("the copy is %v of %v", info.Mode(), info.ModTime())
				}
				return
			}
			if err == nil || err.Error() != want {
				t.Errorf("%v, want %s", err, want)
			}
			if string(data) != "the last good copy" {
				t.Errorf("the copy was changed: %.60q", data)
			}
		})
	}
}

func TestUpdateNeedsHTTPS(t *testing.T) {
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, good) }))
	defer plain.Close()
	f := &Fetcher{Cache: t.TempDir(), Now: time.Now}
	for _, url := range []string{plain.URL, "file:///etc/passwd", "://"} {
		if _, err := f.Update(context.Background(), url); err == nil {
			t.Errorf("%s was downloaded", url)
		}
	}
	if left, _ := os.ReadDir(f.Cache); len(left) != 0 {
		t.Errorf("files are left: %v", left)
	}
}

// A certificate that nobody vouches for is not taken.
func TestUpdateChecksCertificates(t *testing.T) {
	s := server(t)
	f := &Fetcher{Cache: t.TempDir(), Now: time.Now, Timeout: 5 * time.Second}
	if _, err := f.Update(context.Background(), s.URL+"/good?token=secret"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
}

func TestReplaceLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	if err := replace(dir, []byte("x"), now); err == nil { // a folder stands in its place
		t.Error("a folder was replaced")
	}
	path := dir + "/a/b.json"
	for _, content := range []string{"one", "two"} {
		if err := replace(path, []byte(content), now); err != nil {
			t.Fatal(err)
		}
	}
	left, _ := os.ReadDir(dir + "/a")
	if data, _ := os.ReadFile(path); len(left) != 1 || string(data) != "two" {
		t.Errorf("%v, %q", left, data)
	}
}
