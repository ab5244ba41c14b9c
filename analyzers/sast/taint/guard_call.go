package taint

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/sast/tree"
)

// refineCall notes what a call that returned true or false tells about its arguments.
func (in *interp) refineCall(n tree.ID, holds bool) {
	u := in.unit
	callee := u.kid(n, tree.Callee)
	var args [3]tree.ID
	count := 0
	for c := range u.tree.Children(n) {
		if u.tree.Nodes[c].Role == tree.Arg && count < len(args) {
			args[count] = c
			count++
		}
	}
	if u.tree.Kind(callee) == tree.Ident {
		if !holds {
			return
		}
		switch u.tree.Text(callee) {
		case "isinstance":
			if count == 2 && onlyNumbers(u, args[1]) {
				in.becomes(args[0], nil, 0)
			}
		case "bool":
			if count == 1 {
				in.refine(args[0], holds)
			}
		case "fullmatch", "match":
			if count >= 2 && in.matches(args[0], u.tree.Text(callee)) {
				in.becomes(args[1], nil, 0)
			}
		}
		return
	}
	if u.tree.Kind(callee) != tree.Attr {
		return
	}
	object, method := u.kid(callee, tree.Object), u.tree.Text(u.kid(callee, tree.Name))
	if !holds {
		switch {
		case method == "includes" && count == 1:
			in.excludes(args[0], object)
		case (method == "startswith" || method == "startsWith") && count >= 1:
			switch v := in.quiet(args[0]); {
			case v.konst() == str && v.str == "/":
				in.learn(object, noRoot)
			case v.konst() == str && v.str == "//":
				in.learn(object, notTwice)
			}
		}
		return
	}
	switch method {
	case "isdigit", "isdecimal", "isnumeric", "isalnum", "isalpha", "isidentifier":
		in.becomes(object, nil, 0)
	case "includes", "has", "hasOwnProperty", "__contains__", "contains":
		if count == 1 {
			in.choose(args[0], object)
		}
	case "hasOwn":
		if count == 2 {
			in.choose(args[1], args[0])
		}
	case "isInteger", "isSafeInteger", "isFinite":
		if count == 1 && u.tree.Text(object) == "Number" {
			in.becomes(args[0], nil, 0)
		}
	case "test":
		if count == 1 && in.matches(object, method) {
			in.becomes(args[0], nil, 0)
		}
	case "match", "fullmatch":
		switch {
		case count == 1 && in.matches(object, method):
			in.becomes(args[0], nil, 0)
		case count == 1 && !u.python && in.matches(args[0], "test"):
			in.becomes(object, nil, 0)
		case count >= 2 && in.matches(args[0], method):
			in.becomes(args[1], nil, 0)
		}
	case "is_relative_to":
		in.cleanNormal(object)
	case "startswith", "startsWith":
		if count >= 1 && len(in.deep(in.quiet(args[0]))) == 0 {
			in.cleanNormal(object)
			in.startsWithHost(object, args[0])
		}
	}
}

// startsWithHost is url.startswith("https://host/"): nothing that follows changes where it leads.
func (in *interp) startsWithHost(object, prefix tree.ID) {
	v := in.quiet(prefix)
	if v.konst() != str {
		return
	}
	if v.str == "/" {
		in.learn(object, rooted)
	}
	if leadsHome(v.str) {
		in.cleanPlace(object, urlClass)
	}
}

// leadsHome reports whether an address that begins so leads to a host that the program chose,
// whatever follows.
func leadsHome(prefix string) bool {
	if _, rest, ok := strings.Cut(prefix, "://"); ok {
		host, _, ok := strings.Cut(rest, "/")
		return ok && host != ""
	}
	return len(prefix) > 1 && prefix[0] == '/' && prefix[1] != '/' && prefix[1] != '\\'
}

// onlyNumbers reports whether the second argument of isinstance names types of numbers only.
func onlyNumbers(u *unit, n tree.ID) bool {
	switch u.tree.Kind(n) {
	case tree.Ident:
		switch u.tree.Text(n) {
		case "int", "float", "bool", "complex":
			return true
		}
		return false
	case tree.Tuple:
		for c := range u.tree.Children(n) {
			if !onlyNumbers(u, c) {
				return false
			}
		}
		return true
	}
	return false
}
