package secrets

import (
	_ "embed"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/zricethezav/gitleaks/v8/config"
)

// ownRules are the rules that gitleaks lacks, in its own format, and what we know about
// its rules beyond them.
//
//go:embed rules.toml
var ownRules string

// spec is a rule as gitleaks' format writes it.
type spec struct {
	ID, Description, Path, Regex string
	SecretGroup                  int
	Entropy                      float64
	Keywords                     []string
	Allowlists                   []allowlistSpec

	// Ours.
	Title    string
	Env      string // name of the environment variable that the provider's SDK reads
	Generic  bool   // found by its surroundings rather than by its own shape
	Password bool   // chosen by people: may be made of words
	Like     string // id of the rule of gitleaks whose allowlists apply, too
}

type allowlistSpec struct {
	Condition, RegexTarget    string
	Paths, Regexes, StopWords []string
}

// source is a file of rules.
type source struct {
	Rules     []spec
	Allowlist *allowlistSpec
	Titles    map[string]string // gitleaks' id → Title
	Words     map[string]string // a word of an id → as people write it
	Env       map[string]string // gitleaks' id → Env
	Generic   []string          // gitleaks' ids
	Passwords []string          // gitleaks' ids
}

// rule is a spec whose patterns are compiled when they are first needed: most rules never
// meet their keywords, and compiling all takes longer than starting the server may.
type rule struct {
	*spec
	index      int
	path       func() *regexp.Regexp // nil: any path
	regexp     func() *regexp.Regexp // nil: the path alone decides
	allowlists func() []allowlist
}

func newRule(index int, s *spec) *rule {
	r := &rule{spec: s, index: index, allowlists: lazyAllowlists(s.Allowlists)}
	if s.Path != "" {
		r.path = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(s.Path) })
	}
	if s.Regex != "" {
		r.regexp = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(s.Regex) })
	}
	return r
}

// yields is how gitleaks tells rules whose findings give way to those of others.
func (r *rule) yields() bool { return strings.Contains(r.ID, "generic") }

func (r *rule) hasPathAllowlist() bool {
	return slices.ContainsFunc(r.Allowlists, func(a allowlistSpec) bool { return len(a.Paths) > 0 })
}

// allowlist is gitleaks' own, whose methods decide; it hides how its specification was written.
type allowlist struct {
	*config.Allowlist
	stops *keywords // of StopWords; nil without any
}

func (a allowlist) all() bool    { return a.MatchCondition == config.AllowlistMatchAnd }
func (a allowlist) onLine() bool { return a.RegexTarget == "line" && len(a.Regexes) > 0 }

func lazyAllowlists(specs []allowlistSpec) func() []allowlist {
	return sync.OnceValue(func() []allowlist {
		lists := make([]allowlist, len(specs))
		for i, s := range specs {
			list := &config.Allowlist{RegexTarget: strings.TrimPrefix(s.RegexTarget, "secret")}
			if strings.EqualFold(s.Condition, "and") || s.Condition == "&&" {
				list.MatchCondition = config.AllowlistMatchAnd
			}
			for _, p := range s.Paths {
				list.Paths = append(list.Paths, regexp.MustCompile(p))
			}
			for _, p := range s.Regexes {
				list.Regexes = append(list.Regexes, regexp.MustCompile(p))
			}
			if len(list.Paths)+len(list.Regexes) > 0 {
				if err := list.Validate(); err != nil {
					panic("secrets: allowlist: " + err.Error()) // the data is embedded and tested
				}
			}
			lists[i] = allowlist{Allowlist: list}
			// After Validate, which would make an automaton of 17 MB for them; ours takes one.
			if list.StopWords = lowered(s.StopWords); len(list.StopWords) > 0 {
				lists[i].stops = newKeywords(list.StopWords)
			}
		}
		return lists
	})
}

// lowered is words in lower case, each once.
func lowered(words []string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		out = append(out, strings.ToLower(w))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// stopped reports whether a secret contains a stop word.
func (a allowlist) stopped(secret string) bool {
	return a.stops != nil && len(a.stops.scan(strings.ToLower(secret), nil)) > 0
}

// ruleset is a set of rules with the automaton that finds where they can match.
type ruleset struct {
	rules  []*rule
	global func() []allowlist

	compile  func() // fills what follows, once
	keywords *keywords
	gates    [][]uint16 // literal → the rules that look at a text that has it
	ungated  []uint16   // rules without keywords
	uses     [][]use    // literal → the parts it belongs to
	// rule → where its pattern needs no literal, what tells whether a text is worth reading; else nil
	whole []func() *automaton
}

// use says that a literal belongs to a part of a rule.
type use struct {
	rule uint16
	part *part
}

func newRuleset(specs []spec, global *allowlistSpec) *ruleset {
	set := &ruleset{global: func() []allowlist { return nil }}
	for i := range specs {
		set.rules = append(set.rules, newRule(i, &specs[i]))
	}
	if global != nil {
		set.global = lazyAllowlists([]allowlistSpec{*global})
	}
	set.compile = sync.OnceFunc(set.build)
	return set
}

func (set *ruleset) build() {
	var literals []string
	ids := map[string]uint16{}
	intern := func(literal string) uint16 {
		id, ok := ids[literal]
		if !ok {
			id = uint16(len(literals))
			ids[literal] = id
			literals = append(literals, literal)
			set.gates = append(set.gates, nil)
			set.uses = append(set.uses, nil)
		}
		return id
	}
	set.whole = make([]func() *automaton, len(set.rules))
	for i, r := range set.rules {
		if r.regexp == nil {
			continue
		}
		for _, keyword := range r.Keywords {
			id := intern(strings.ToLower(keyword))
			set.gates[id] = append(set.gates[id], uint16(i))
		}
		if len(r.Keywords) == 0 {
			set.ungated = append(set.ungated, uint16(i))
		}
		re, err := syntax.Parse(r.Regex, syntax.Perl)
		if err != nil {
			panic("secrets: rule " + r.ID + ": " + err.Error()) // the data is embedded and tested
		}
		parts := plan(re)
		if parts == nil {
			set.whole[i] = anywhere(re)
		}
		for p := range parts {
			for _, literal := range parts[p].literals {
				id := intern(literal)
				set.uses[id] = append(set.uses[id], use{uint16(i), &parts[p]})
			}
		}
	}
	set.keywords = newKeywords(literals)
}

// load reads gitleaks' rules and ours.
func load() (gitleaks, own source, err error) {
	if _, err := toml.Decode(config.DefaultConfig, &gitleaks); err != nil {
		return gitleaks, own, fmt.Errorf("gitleaks' rules: %w", err)
	}
	if _, err := toml.Decode(ownRules, &own); err != nil {
		return gitleaks, own, fmt.Errorf("rules.toml: %w", err)
	}
	return gitleaks, own, nil
}
