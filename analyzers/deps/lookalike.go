package deps

import (
	"slices"
	"strings"
	"unicode"
)

// minLength is how long a name is at least for its likeness to another to say something:
// short words are like many others.
const minLength = 6

// lookalike is the well-known name that an unknown one is likely meant to be, "" for none. A
// name that is known is never one, whatever it is like.
func (r Registry) lookalike(name string) string {
	k := r.knowledge()
	name = r.Normal(name)
	if k.known[name] || len(name) > 80 {
		return ""
	}
	if w, ok := k.invented[name]; ok {
		return w.right
	}
	if r == NPM && strings.HasPrefix(name, "@types/") {
		return "" // named after a package that may be any
	}
	if plain := straighten(name); plain != name && len(plain) >= minLength && k.popular[plain] {
		return plain
	}
	if len(name) < minLength || !isASCII(name) {
		return ""
	}
	if best := k.nearest(name); best != "" {
		return best
	}
	return k.rearranged(r, name)
}

// confusable are characters that look like others; see Unicode TR39.
var confusable = strings.NewReplacer(
	"а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "у", "y", "х", "x", "і", "i", "ј", "j", "ѕ", "s", "ԁ", "d", "һ", "h", "к", "k", "м", "m", "т", "t", "н", "h", "в", "b",
	"α", "a", "ο", "o", "ρ", "p", "ν", "v", "ι", "i", "κ", "k", "τ", "t", "υ", "u",
	"ı", "i", "ɡ", "g", "ł", "l", "０", "0", "１", "1")

func straighten(name string) string { return confusable.Replace(name) }

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool { return c > unicode.MaxASCII })
}

// nearest finds the well-known name that one slip of the fingers or of the memory makes name
// of. Each candidate is made and looked up, so that it takes no search.
func (k *knowledge) nearest(name string) string {
	best := ""
	try := func(candidate string) bool {
		if len(candidate) >= minLength && k.popular[candidate] && candidate != name {
			best = candidate
		}
		return best != ""
	}
	// A letter too many: at a repetition, or anywhere in a longer name.
	for i := range len(name) {
		repeated := i > 0 && name[i] == name[i-1]
		if (repeated || len(name) > minLength+1 && isLetter(name[i]) && inside(name, i)) && try(name[:i]+name[i+1:]) {
			return best
		}
	}
	for i := range len(name) - 1 { // two letters swapped
		if name[i] != name[i+1] && isLetter(name[i]) && isLetter(name[i+1]) && try(name[:i]+string(name[i+1])+string(name[i])+name[i+2:]) {
			return best
		}
	}
	for i := 0; i <= len(name); i++ { // a letter left out
		for c := byte('a'); c <= 'z'; c++ {
			doubled := i > 0 && name[i-1] == c || i < len(name) && name[i] == c
			if (doubled || i > 0 && i < len(name) && len(name) >= minLength && isLetter(name[i-1])) && try(name[:i]+string(c)+name[i:]) {
				return best
			}
		}
	}
	for i := range len(name) { // a letter that is beside the right one, or sounds or looks like it
		letters := looks[name[i]]
		if len(name) >= slipLength {
			letters += slips[name[i]]
		}
		if len(name) >= guessLength {
			letters += guesses[name[i]]
		}
		for _, c := range []byte(letters) {
			if try(name[:i] + string(c) + name[i+1:]) {
				return best
			}
		}
	}
	for _, pair := range [][2]string{{"rn", "m"}, {"vv", "w"}, {"cl", "d"}, {"ph", "f"}, {"ck", "k"}, {"ie", "ei"}, {"ei", "ie"}} {
		for at := 0; ; at++ {
			i := strings.Index(name[at:], pair[0])
			if i < 0 {
				break
			}
			at += i
			if try(name[:at] + pair[1] + name[at+len(pair[0]):]) {
				return best
			}
		}
	}
	return ""
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

// inside reports whether a letter has others on both sides: a letter at the edge of a word
// makes another word more often than a misspelling (httpx, boto3).
func inside(name string, i int) bool {
	return i > 0 && i < len(name)-1 && isLetter(name[i-1]) && isLetter(name[i+1])
}

// looks are, by letter, those that it looks like.
var looks = map[byte]string{'0': "o", 'o': "0", '1': "li", 'l': "i1", 'i': "l1", '5': "s", '3': "e", 'm': "n", 'n': "m"}

// slips are those that it is typed in place of: neighbours on the keyboard.
var slips = map[byte]string{
	'a': "sqz", 'b': "vn", 'c': "xv", 'd': "sf", 'e': "wr", 'f': "dg", 'g': "fh", 'h': "gj", 'i': "uo", 'j': "hk", 'k': "jl", 'l': "k",
	'n': "b", 'o': "ip", 'p': "o", 'q': "wa", 'r': "et", 's': "ad", 't': "ry", 'u': "yi", 'v': "cb", 'w': "qe", 'x': "zc", 'y': "tu", 'z': "x",
}

// guesses are those that it is remembered in place of, which says something in longer names:
// vowels, and what sounds alike.
var guesses = map[byte]string{
	'a': "eio", 'e': "aio", 'i': "eay", 'o': "aue", 'u': "oa", 'y': "i", 'c': "ks", 'k': "c", 's': "zc", 'z': "s", 'v': "w", 'w': "v", 't': "d", 'd': "t", 'b': "p", 'p': "b",
}

// How long a name is at least for a slip and for a guess to count: stylis is not stylus, and
// astrapy not astropy.
const (
	slipLength  = 8
	guessLength = 9
)

// rearranged finds a well-known name that has the same words: in another order, joined or
// parted elsewhere, with another version, with python or js beside it.
func (k *knowledge) rearranged(r Registry, name string) string {
	for _, shape := range shapes(name) {
		// Many packages of npm have moved from a name to a scope: babel-cli, @babel/cli.
		if target := k.shapes[shape]; target != "" && target != name && strings.HasPrefix(target, "@") == strings.HasPrefix(name, "@") {
			return target
		}
	}
	// Another version than the one that belongs to the name: beautifulsoup5. A version where none
	// belongs is often a package of somebody who went on with an abandoned one (httpcore2).
	if base := strings.TrimRight(name, "0123456789"); base != name && len(base) >= slipLength && base[len(base)-1] != '-' {
		for _, version := range []string{"2", "3", "4"} {
			if target := base + version; target != name && k.popular[target] {
				return target
			}
		}
	}
	bare := name
	for _, affix := range [...][]string{PyPI: {"python-", "py-", "-python", "-py", "python3-", "-python3"}, NPM: {"node-", "-node", "js-", "-js", ".js", "-npm", "npm-"}}[r] {
		if trimmed := strings.TrimSuffix(strings.TrimPrefix(name, affix), affix); trimmed != name {
			bare = trimmed
			break
		}
	}
	// python-github may well be a package of its own; only what people name so by mistake,
	// a name that is a package's whole and no common word, counts.
	if bare != name && len(bare) >= minLength && k.popular[bare] && strings.ContainsAny(bare, "-/.") {
		return bare
	}
	return ""
}

// shapesOf are the shapes of names that more than one name has not.
func shapesOf(popular map[string]bool) map[string]string {
	out, twice := map[string]string{}, map[string]bool{}
	for name := range popular {
		if len(name) < minLength || strings.HasPrefix(name, "@types/") {
			continue
		}
		for _, shape := range shapes(name) {
			if other := out[shape]; other != "" && other != name {
				twice[shape] = true
			}
			out[shape] = name
		}
	}
	for shape := range twice {
		delete(out, shape)
	}
	return out
}

// shapes are texts that two names with the same words have in common: the words without
// separators, and in alphabetical order.
func shapes(name string) []string {
	words := strings.FieldsFunc(name, func(c rune) bool { return c == '-' || c == '_' || c == '.' || c == '/' || c == '@' })
	out := []string{"=" + strings.Join(words, "")}
	if len(words) > 1 {
		slices.Sort(words)
		out = append(out, "~"+strings.Join(words, " "))
	}
	return out
}
