package pricing

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qodacode/qodacode/config"
)

func priceJSON(id string, input float64) string {
	return fmt.Sprintf(`{%q: {"input_cost_per_token": %v, "output_cost_per_token": 1e-5}}`, id, input/1e6)
}

// writeAt writes a file with a time of its own, so that a change is seen.
func writeAt(t *testing.T, path, src string, second int64) {
	t.Helper()
	if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, time.Time{}, time.Unix(second, 0)); err != nil {
		t.Fatal(err)
	}
}

func inputOf(t *Table, id string) float64 {
	if m, ok := t.Lookup(id); ok {
		return m.Input
	}
	return 0
}

func TestSourceKeepsTheLastGoodPrices(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "prices.json")
	var log bytes.Buffer
	s := newSource([]config.PriceFile{{Name: "./prices.json", Path: path, Within: dir}}, "", slog.New(slog.NewTextHandler(&log, nil)))
	if s.Table() != Builtin() {
		t.Error("before Load the built-in table holds")
	}
	for i, step := range []struct {
		src   string // "-": no file
		want  float64
		warns string // "": nothing new is logged
	}{
		{"-", 0, "no such file or directory; the other prices are used"},
		{"-", 0, ""},
		{priceJSON("mine", 2), 2, ""},
		{priceJSON("mine", 3), 3, ""},
		{`{"mine": {"input_cost`, 3, "cut off at byte 8; the last good ones are used, as of 1970-01-01"},
		{`{"mine": {"input_cost`, 3, ""},
		{"<html>", 3, "not a JSON object"},
		{`{"mine": {"input_cost_per_token": "free", "output_cost_per_token": -1}}`, 3, "no model"},
		{"-", 3, "no such file"},
		{priceJSON("mine", 4), 4, ""},
		{strings.Repeat(" ", MaxFileSize) + "{}", 4, "larger than 16 MB"},
	} {
		if step.src == "-" {
			_ = os.Remove(path)
		} else {
			writeAt(t, path, step.src, int64(1000+i))
		}
		log.Reset()
		s.Load()
		s.Load()
		if got := inputOf(s.Table(), "mine"); got != step.want {
			t.Errorf("step %d: %v, want %v", i, got, step.want)
		}
		if n := strings.Count(log.String(), "\n"); n != min(1, len(step.warns)) || !strings.Contains(log.String(), step.warns) {
			t.Errorf("step %d: logged %q, want %q once", i, log.String(), step.warns)
		}
	}
}

// A project's file can't reach out of its folder, and nothing but a regular file is opened.
func TestSourceStaysInside(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	writeAt(t, filepath.Join(outside, "p.json"), priceJSON("mine", 2), 1)
	writeAt(t, filepath.Join(dir, "p.json"), priceJSON("mine", 3), 1)
	for name, target := range map[string]string{"out.json": filepath.Join(outside, "p.json"), "up.json": "../" + filepath.Base(outside) + "/p.json", "in.json": "p.json", "folder": outside} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	for name, want := range map[string]float64{"p.json": 3, "in.json": 3, "out.json": 0, "up.json": 0, "folder/p.json": 0, ".": 0, "absent": 0} {
		s := newSource([]config.PriceFile{{Name: name, Path: filepath.Join(dir, filepath.FromSlash(name)), Within: dir}}, "", nil)
		s.Load()
		if got := inputOf(s.Table(), "mine"); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	s := newSource([]config.PriceFile{{Name: "mine", Path: filepath.Join(dir, "out.json")}}, "", nil)
	if s.Load(); inputOf(s.Table(), "mine") != 2 {
		t.Error("a user's own file may lie anywhere")
	}
}

// A file that takes long keeps nobody waiting longer than they want.
func TestPatience(t *testing.T) {
	dir := t.TempDir()
	writeAt(t, filepath.Join(dir, "p.json"), priceJSON("mine", 2), 1)
	cfg := config.Default()
	cfg.Cost.Prices = []config.PriceFile{{Name: "p.json", Path: filepath.Join(dir, "p.json")}}
	sources := &Sources{Now: time.Now, Patience: 30 * time.Millisecond}
	src := sources.Of(cfg)
	src.mu.Lock() // as if the file were being read
	for range 3 {
		started := time.Now()
		if sources.For(cfg) != Builtin() {
			t.Error("not the built-in table")
		}
		if took := time.Since(started); took > 5*time.Second {
			t.Errorf("waited %v", took)
		}
	}
	src.mu.Unlock()
	<-src.loaded
	if got := inputOf(sources.For(cfg), "mine"); got != 2 {
		t.Errorf("read: %v", got)
	}
}

func TestSources(t *testing.T) {
	cache := t.TempDir()
	const url = "https://example.com/prices.json"
	var log bytes.Buffer
	now := time.Unix(10_000, 0)
	sources := &Sources{Cache: cache, Log: slog.New(slog.NewTextHandler(&log, nil)), Now: func() time.Time { return now }}
	cfg := config.Default()
	if sources.For(cfg) != Builtin() {
		t.Error("without files the built-in table")
	}
	cfg.Cost.Prices = []config.PriceFile{{Name: url, URL: url}}
	if sources.For(cfg); !strings.Contains(log.String(), "there is no copy yet; run `qodacode cost prices --update`") {
		t.Errorf("logged %q", log.String())
	}
	writeAt(t, CachePath(cache, url), priceJSON("mine", 5), 86400*3)
	if got := inputOf(sources.For(cfg), "mine"); got != 0 {
		t.Errorf("looked again at once: %v", got)
	}
	now = now.Add(recheck + time.Second)
	for range 200 { // the file is read beside
		if inputOf(sources.For(cfg), "mine") == 5 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if got := inputOf(sources.For(cfg), "mine"); got != 5 {
		t.Errorf("after a while: %v", got)
	}
	origins := sources.Of(cfg).Origins()
	if len(origins) != 3 || origins[0].Models < 1350 || origins[1].Models != 71 || origins[2] != (Origin{Name: url, URL: url, AsOf: DateOf(time.Unix(86400*3, 0)), Models: 1}) {
		t.Errorf("origins %+v", origins)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				sources.For(cfg).Lookup("mine")
				sources.Of(cfg).Load()
			}
		})
	}
	wg.Wait()
}
