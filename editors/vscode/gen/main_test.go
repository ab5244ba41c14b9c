package main

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/config"
)

func TestManifestIsFresh(t *testing.T) {
	got, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	want, err := generate(got)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("editors/vscode/package.json is stale; run go generate ./editors/vscode/gen")
	}
}

// TestSettingsReachTheServer holds that each default is a value that the server takes, and
// that what names files and addresses can't come from a workspace.
func TestSettingsReachTheServer(t *testing.T) {
	all, err := sections()
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]json.RawMessage{}
	for _, section := range all {
		var properties object
		if err := properties.parse(section.get("properties")); err != nil {
			t.Fatal(err)
		}
		for _, p := range properties {
			declared[strings.TrimPrefix(p.name, "qodacode.")] = p.value
		}
	}
	for _, k := range config.Keys() {
		name := strings.TrimSuffix(k.Name, ".*")
		var s struct {
			Type    any
			Default any
			Scope   string
		}
		if err := json.Unmarshal(declared[name], &s); err != nil {
			if name != "check.fail_on" {
				t.Errorf("%s is no setting of the extension: %v", name, err)
			}
			continue
		}
		if reach := []string{"cost.prices", "policy.paths", "sast.rules"}; (k.Scope == config.User || slices.Contains(reach, name)) != (s.Scope == "machine") {
			t.Errorf("%s has the scope %s", name, s.Scope)
		}
		settings := config.Settings{}
		at := map[string]any(settings)
		path := strings.Split(name, ".")
		for _, p := range path[:len(path)-1] {
			inner := map[string]any{}
			at[p] = inner
			at = inner
		}
		at[path[len(path)-1]] = s.Default
		for _, p := range config.NewLoader("").SetUser(settings) {
			t.Errorf("%s: the server does not take the default: %s", name, p.Message)
		}
	}
}
