package secrets

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/zricethezav/gitleaks/v8/config"
)

// TestNothingOfGitleaksIsLost fails when a new version of gitleaks says something in its
// rules that we don't read, such as rules that require others.
func TestNothingOfGitleaksIsLost(t *testing.T) {
	var theirs source
	meta, err := toml.Decode(config.DefaultConfig, &theirs)
	if err != nil {
		t.Fatal(err)
	}
	known := []string{"title", "minVersion", "allowlist.description", "rules.tags", "rules.allowlists.description"}
	for _, key := range meta.Undecoded() {
		if !slices.Contains(known, key.String()) {
			t.Errorf("%s is not read", key)
		}
	}
}

func TestOwnRulesAreSound(t *testing.T) {
	var ours source
	meta, err := toml.Decode(ownRules, &ours)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range meta.Undecoded() {
		t.Errorf("rules.toml: unknown key %s", key)
	}
	theirs, _, err := load()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, r := range theirs.Rules {
		ids[r.ID] = true
	}
	var mentioned []string
	for _, table := range []map[string]string{ours.Titles, ours.Env} {
		for id := range table {
			mentioned = append(mentioned, id)
		}
	}
	for _, id := range slices.Concat(mentioned, ours.Generic, ours.Passwords) {
		if !ids[id] {
			t.Errorf("rules.toml: gitleaks has no rule %s", id)
		}
	}
	envName := regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)
	for _, r := range ours.Rules {
		if ids[r.ID] {
			t.Errorf("%s: gitleaks has such a rule", r.ID)
		}
		ids[r.ID] = true
		if r.Title == "" || r.Description == "" || len(r.Keywords) == 0 || r.Env != "" && !envName.MatchString(r.Env) {
			t.Errorf("%s: incomplete", r.ID)
		}
		if r.Like != "" && !ids[r.Like] {
			t.Errorf("%s: gitleaks has no rule %s", r.ID, r.Like)
		}
		for _, keyword := range r.Keywords {
			if keyword != strings.ToLower(keyword) {
				t.Errorf("%s: keyword %s is not in lower case", r.ID, keyword)
			}
		}
	}
	// Compiling everything panics where an embedded pattern is wrong.
	set := allRules().set
	set.compile()
	set.global()
	for _, r := range set.rules {
		r.allowlists()
		if r.regexp != nil {
			r.regexp()
		}
		if r.path != nil {
			r.path()
		}
	}
}
