package main

import (
	"embed"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
)

//go:embed code/*.tmpl
var templates embed.FS

// Language is one that code is generated in.
type Language struct {
	Name     string
	ID, Ext  string // of LSP; with the dot
	Comment  string // begins a comment
	Template string
}

var (
	Python     = Language{"Python", "python", ".py", "# ", "code/python.tmpl"}
	TypeScript = Language{"TypeScript", "typescript", ".ts", "// ", "code/typescript.tmpl"}
)

// sections are the parts of a generated file after its head, in their frequency.
var sections = []string{"agent", "tool", "schema", "prompt", "loop", "tool", "test"}

// Generate writes a module of agent code with exactly so many lines. The same seed gives the
// same text.
func Generate(l Language, lines int, seed uint64) (string, error) {
	w := &writer{rand: rand.New(rand.NewPCG(seed, 1))}
	t, err := template.New("").Funcs(w.funcs()).ParseFS(templates, l.Template)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	count := 0
	for i := 0; ; i++ {
		name := "head"
		if i > 0 {
			name = sections[(i-1)%len(sections)]
		}
		var part strings.Builder
		if err := t.ExecuteTemplate(&part, name, nil); err != nil {
			return "", err
		}
		n := strings.Count(part.String(), "\n")
		if count+n > lines {
			break
		}
		count += n
		out.WriteString(part.String())
	}
	for ; count < lines; count++ {
		out.WriteString(l.Comment + w.sentence() + "\n")
	}
	return out.String(), nil
}

// The vocabulary of generated code. One model in eight is retired, as in code that was
// written some years ago; the others are not due in 2026.
var (
	verbs     = []string{"search", "fetch", "rank", "merge", "load", "score", "clean", "route", "match", "embed"}
	nouns     = []string{"ticket", "invoice", "order", "contract", "customer", "shipment", "article", "claim", "candidate", "incident"}
	words     = []string{"billing", "refund", "priority", "region", "summary", "language", "topic", "draft", "source", "intent", "urgent", "closed"}
	openAI    = []string{"gpt-6-luna", "gpt-6.1-sol", "gpt-6-luna", "gpt-5.5", "gpt-4", "gpt-6.1-terra", "gpt-6-sol", "gpt-5.4-mini"}
	anthropic = []string{"claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5", "claude-sonnet-5", "claude-3-opus-20240229", "claude-haiku-4-5", "claude-opus-5", "claude-sonnet-5-5"}
)

// writer makes names and sentences up. Names carry a running number, so no two are equal.
type writer struct {
	rand *rand.Rand
	next int
}

func (w *writer) pick(of []string) string { return of[w.rand.IntN(len(of))] }

func (w *writer) name() string {
	w.next++
	return w.pick(nouns) + "_" + w.pick(words) + "_" + strconv.Itoa(w.next)
}

func (w *writer) sentence() string {
	return fmt.Sprintf("Every %s keeps its %s and its %s until the %s is %s.", w.pick(nouns), w.pick(words), w.pick(words), w.pick(nouns), w.pick(words))
}

func (w *writer) funcs() template.FuncMap {
	choose := func(of []string) func() string { return func() string { return w.pick(of) } }
	return template.FuncMap{
		"verb": choose(verbs), "noun": choose(nouns), "word": choose(words),
		"openai": choose(openAI), "anthropic": choose(anthropic),
		"litellm":  func() string { return "anthropic/" + w.pick(anthropic) },
		"name":     w.name,
		"upper":    func() string { return strings.ToUpper(w.name()) },
		"class":    func() string { w.next++; return title(w.pick(verbs)) + title(w.pick(nouns)) + strconv.Itoa(w.next) },
		"title":    func() string { return title(w.pick(words)) },
		"sentence": w.sentence,
		"number":   func() string { return strconv.Itoa(10 + w.rand.IntN(90)) },
	}
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// fakeKey is a string that scanners take for an AWS access key. It is put together here, so
// that none of them stumbles over this repository.
func fakeKey(name string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	h := fnv.New64a()
	h.Write([]byte(name))
	r := rand.New(rand.NewPCG(h.Sum64(), 2))
	key := []byte("AK" + "IA")
	for _, i := range r.Perm(len(alphabet))[:16] {
		key = append(key, alphabet[i])
	}
	return string(key)
}

// writeTree fills dir with files of both languages, of 40 to 600 lines each, in folders of
// twenty. It returns their paths.
func writeTree(dir string, files int) ([]string, error) {
	r := rand.New(rand.NewPCG(uint64(files), 3))
	var paths []string
	for i := range files {
		l := []Language{Python, TypeScript}[i%2]
		src, err := Generate(l, 40+r.IntN(561), uint64(i))
		if err != nil {
			return nil, err
		}
		src += l.Comment + "Rotate this key: " + fakeKey(strconv.Itoa(i)) + "\n"
		path := filepath.Join(dir, fmt.Sprintf("team_%02d", i/20), fmt.Sprintf("module_%03d%s", i, l.Ext))
		if err := writeFile(path, src); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

func writeFile(path, src string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(src), 0o644)
}
