package facts

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func TestSame(t *testing.T) {
	for _, f := range seeds(t) {
		first, _ := OfCode(context.Background(), f.Name, string(f.Data))
		second, _ := OfCode(context.Background(), f.Name, string(f.Data))
		x, _ := json.Marshal(first)
		y, _ := json.Marshal(second)
		if string(x) != string(y) {
			t.Errorf("%s: two documents of one text differ", f.Name)
		}
		ids := map[string]bool{}
		for _, c := range first.Calls {
			if ids[c.ID] {
				t.Errorf("%s: id %s twice", f.Name, c.ID)
			}
			ids[c.ID] = true
		}
		for _, e := range first.LLMCalls {
			if e.Call != "" && !ids[e.Call] {
				t.Errorf("%s: %s leads to no call", f.Name, e.Call)
			}
		}
	}
}

// seeds are the files of the archives.
func seeds(t testing.TB) (all []txtar.File) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if parser.LanguageOf(f.Name, "").IsCode() {
				all = append(all, f)
			}
		}
	}
	return all
}

// broken checks that code of any kind gives a document that fits the schema, soon.
func broken(t testing.TB, path, code string) {
	start := time.Now()
	d, err := OfCode(context.Background(), path, code)
	if err != nil {
		t.Fatal(err)
	}
	valid(t, d)
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %v: %q", took, code)
	}
}

func FuzzBuild(f *testing.F) {
	for _, file := range seeds(f) {
		f.Add(string(file.Data), strings.HasSuffix(file.Name, ".py"))
	}
	f.Add("@tool\ndef \xff(:\n", true)
	f.Fuzz(func(t *testing.T, code string, python bool) {
		path := "a.ts"
		if python {
			path = "a.py"
		}
		if len(code) <= 20_000 {
			broken(t, path, code)
		}
	})
}

// TestBrokenCode cuts, doubles and mixes the files of the archives.
func TestBrokenCode(t *testing.T) {
	const junk = "()[]{}\"'\n:,\xff\x00`$"
	rounds := 150
	if n, err := strconv.Atoi(os.Getenv("QODACODE_ROUNDS")); err == nil {
		rounds = n
	}
	random := rand.New(rand.NewPCG(1, uint64(rounds)))
	files := seeds(t)
	for range rounds {
		file := files[random.IntN(len(files))]
		code := string(file.Data)
		for range 1 + random.IntN(4) {
			if len(code) < 4 {
				break
			}
			i := random.IntN(len(code))
			j := i + random.IntN(min(len(code)-i, 200))
			switch random.IntN(5) {
			case 0:
				code = code[:i] + code[j:]
			case 1:
				code = code[:j] + code[i:j] + code[j:]
			case 2:
				other := string(files[random.IntN(len(files))].Data)
				k := random.IntN(len(other))
				code = code[:i] + other[k:min(len(other), k+300)] + code[j:]
			case 3:
				code = code[:i] + junk[random.IntN(len(junk)):][:1] + code[i:]
			case 4:
				code = code[:i]
			}
		}
		broken(t, file.Name, code)
	}
}

func TestPositionsInLongLines(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	parts := []string{"a", "é", "𝛑", "\xff", "\x80", "€", "ab\n", "\r\n", strings.Repeat("x", 300)}
	for range 60 {
		var b strings.Builder
		for range 40 {
			part := parts[random.IntN(len(parts))]
			if strings.Contains(part, "\n") && random.IntN(4) > 0 {
				continue
			}
			b.WriteString(part)
		}
		src := text.New(b.String())
		p := positions{text: src}
		for range 200 {
			offset := random.IntN(src.Len()+4) - 2
			want := src.Position(offset, text.UTF16)
			if got := p.at(offset); got.Line != want.Line || got.Character != want.Column {
				t.Fatalf("offset %d of %q: got %v, want %v", offset, b.String(), got, want)
			}
		}
	}
}
