package phrase

import (
	"strings"
	"sync"
)

// kind is the part that words play in a sentence.
type kind int

const (
	filler      kind = iota // carries no meaning here: articles, auxiliary verbs
	negation                // no, never: grammatical
	concord                 // Spanish words that repeat a negation: nunca, ningún
	banVerb                 // forbid, avoid
	onlyWord                // only
	demand                  // require, need
	soft                    // must, make sure: a demand unless another mode is said
	allow                   // allow, may: nothing to check, but it may repeat only or no
	most                    // at most, limit, under
	restrict                // restrict to: only, with names
	exceed                  // more than, exceed: a limit when it is forbidden
	least                   // at least
	without                 // without
	except                  // unless, except
	before                  // before: the same with an approval, else nothing
	outside                 // outside
	when                    // in, when, with, if
	relative                // that, which
	subjectWord             // value: a subject
	weak                    // value: a subject, unless another is named: requests, commands
	opWord                  // value: a verb of ops
	cond                    // value: a condition
	need                    // value: a need
	unapproved              // without approval, as one word
	person                  // a human: who approves
	unit                    // value: of a number
	quantity                // value: what a number bounds: cost, rate
	introduces              // a name follows: table, tool; value: its subject, singular or plural
	nameWord                // value: a name; extra: its subject
	and                     // and
	or                      // or
	refuse                  // value: why it cannot be a policy
)

// vague is the reason of words that leave open what is meant.
const vague = "it does not say what exactly"

// readOnly is the reason of words that stand for a ban on the rest.
const readOnly = "say what must not be done, as in \"No database writes\" or \"Sin escrituras en la base de datos\""

// row is words of one meaning.
type row struct {
	kind  kind
	value string
	// words are alternatives between |. ~ before a verb stands for its forms; after / its other stem.
	words string
}

// entry is a way to say something.
type entry struct {
	words []string
	kind  kind
	value string
}

// language is a lexicon.
type language struct {
	name    string
	spanish bool
	first   map[string][]entry // by first word
	has     map[string]bool    // all words
}

func build(name string, spanish bool, tables ...[]row) *language {
	l := &language{name: name, spanish: spanish, first: map[string][]entry{}, has: map[string]bool{}}
	seen := map[string]bool{}
	article := "a "
	if spanish {
		article = "un "
	}
	for _, table := range tables {
		for _, r := range table {
			alternatives := strings.Split(r.words, "|")
			if r.kind == need { // "a limit of steps" before "a limit of"
				for _, a := range alternatives[:len(alternatives):len(alternatives)] {
					alternatives = append(alternatives, article+a)
				}
			}
			for _, alternative := range alternatives {
				for _, words := range l.forms(strings.Fields(plain(alternative))) {
					if text := strings.Join(words, " "); !seen[text] {
						seen[text] = true
						for _, w := range words {
							l.has[w] = true
						}
						l.first[words[0]] = append(l.first[words[0]], entry{words, r.kind, r.value})
					}
				}
			}
		}
	}
	return l
}

// forms are the forms of the words that begin with ~.
func (l *language) forms(words []string) [][]string {
	all := [][]string{nil}
	for _, w := range words {
		options := []string{w}
		if verb, ok := strings.CutPrefix(w, "~"); ok {
			base, stem, _ := strings.Cut(verb, "/")
			if l.spanish {
				options = spanishForms(base, stem)
			} else {
				options = englishForms(base, stem)
			}
		}
		var next [][]string
		for _, before := range all {
			for _, o := range options {
				next = append(next, append(before[:len(before):len(before)], o))
			}
		}
		all = next
	}
	return all
}

// englishForms are the forms of a regular verb; stem is that before -ed and -ing: dropp.
func englishForms(base, stem string) []string {
	third := base + "s"
	if strings.HasSuffix(base, "sh") || strings.HasSuffix(base, "ss") || strings.HasSuffix(base, "ch") {
		third = base + "es"
	}
	if stem == "" {
		stem = strings.TrimSuffix(base, "e")
	}
	return []string{base, third, stem + "ed", stem + "ing"}
}

// spanishForms are the forms of a verb in -ar, -er or -ir, without accents; stem is that of
// the present where it changes: utilic, requier.
func spanishForms(base, stem string) []string {
	root, class := base[:len(base)-2], base[len(base)-2:]
	endings := map[string][]string{
		"ar": {"a", "as", "an", "amos", "ando", "ado", "ada", "ados", "adas", "emos"},
		"er": {"e", "es", "en", "emos", "iendo", "ido", "ida", "idos", "idas", "amos", "ed"},
		"ir": {"e", "es", "en", "imos", "iendo", "ido", "ida", "idos", "idas", "amos", "i", "id"},
	}[class]
	changed := map[string][]string{"ar": {"e", "es", "en", "o"}, "er": {"a", "as", "an", "o", "e", "en"}, "ir": {"a", "as", "an", "o", "e", "en"}}[class]
	all := []string{base, base + "se", base + "lo", base + "los", base + "la", base + "las"}
	for _, e := range endings {
		all = append(all, root+e)
	}
	if stem == "" {
		stem = root
	}
	for _, e := range changed {
		all = append(all, stem+e)
	}
	return all
}

var languages = sync.OnceValue(func() []*language {
	return []*language{build("en", false, english, common), build("es", true, spanish, common)}
})
