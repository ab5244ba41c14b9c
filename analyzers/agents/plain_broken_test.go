package agents

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestBrokenCode, for the frameworks below, reads what somebody is typing: each archive cut off at many places, and with
// characters missing. Nothing may panic or go on for ever.
func TestBrokenCode(t *testing.T) {
	for _, dir := range []string{"aisdk", "mastra", "llamaindex", "autogpt", "plain"} {
		archives, _ := filepath.Glob("testdata/" + dir + "/*.txtar")
		for _, name := range archives {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(raw)
			for i, f := range archive.Files {
				for cut := 0; cut < len(f.Data) && f.Name != "graph"; cut += 61 {
					files := append([]txtar.File(nil), archive.Files...)
					files[i].Data = f.Data[:cut]
					Extract(load(files))
					files[i].Data = []byte(string(f.Data[:cut]) + strings.TrimLeft(string(f.Data[cut:]), "(){}[],.:= \n")[min(3, len(strings.TrimLeft(string(f.Data[cut:]), "(){}[],.:= \n"))):])
					Extract(load(files))
				}
			}
		}
	}
}
