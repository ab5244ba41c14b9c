package config

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/qodacode/qodacode/parser/text"
)

var update = flag.Bool("update", false, "write docs/configuration.md")

func TestDocs(t *testing.T) {
	const page = "../docs/configuration.md"
	if *update {
		if err := os.MkdirAll("../docs", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(page, []byte(Markdown()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil || string(got) != Markdown() {
		t.Fatalf("docs/configuration.md is stale; run go generate ./config (%v)", err)
	}
}

func TestKeys(t *testing.T) {
	names := map[string]bool{}
	for _, k := range Keys() {
		if names[k.Name] || k.Doc == "" || k.Type == "" || k.Scope == "" || strings.Count(strings.TrimSuffix(k.Name, ".*"), ".") > 1 || !strings.Contains(k.Name, ".") {
			t.Errorf("%s: named twice or not documented", k.Name)
		}
		names[k.Name] = true
		if k.Default == "" {
			continue
		}
		// The default that is documented is the one that is used, and it is valid.
		var v map[string]any
		if _, err := toml.Decode("v = "+k.Default, &v); err != nil {
			t.Errorf("%s: the default is no TOML: %v", k.Name, err)
		} else if k.preset != nil && k.preset != v["v"] {
			t.Errorf("%s: documented default %v, used %v", k.Name, v["v"], k.preset)
		}
		if _, problems := parse("", text.New(k.Name+" = "+k.Default), table, true); problems != nil {
			t.Errorf("%s: the default is refused: %q", k.Name, show(problems))
		}
		if len(k.Values) > 0 && !slices.Contains(k.Values, v["v"].(string)) {
			t.Errorf("%s: the default is not among the values", k.Name)
		}
	}
}

// TestExample holds that the project's own file is valid as it is and with its examples switched on.
func TestExample(t *testing.T) {
	src, err := os.ReadFile("../" + FileName)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{string(src), strings.ReplaceAll(string(src), "\n#:", "\n")} {
		if _, problems := Parse(FileName, text.New(s)); problems != nil {
			t.Errorf("problems %q in\n%s", show(problems), s)
		}
	}
}
