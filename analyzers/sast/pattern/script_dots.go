package pattern

import "strings"

// loop rewrites the header of for (...), which stands for any.
func (r *scriptRewriter) loop(at, end int) int {
	open := at + len(r.src[at:end]) - len(strings.TrimLeft(r.src[at:end], " "))
	if open >= end || r.src[open] != '(' {
		return at
	}
	inner := strings.TrimLeft(r.src[open+1:end], " ")
	if !strings.HasPrefix(inner, "...") {
		return at
	}
	rest := strings.TrimLeft(inner[3:], " ")
	if !strings.HasPrefix(rest, ")") {
		return at
	}
	close := end - len(rest)
	r.put("("+ellipsis+" of "+ellipsis+")", at, close+1)
	r.set(')', "")
	return close + 1
}

// dots rewrites ... to a name. Where it is a statement without an end, it gets one.
func (r *scriptRewriter) dots(at, end int) int {
	behind := at + 3
	if behind < end && (isNameByte(r.src[behind]) || strings.IndexByte("$([{\"'`", r.src[behind]) >= 0) && r.last != '.' {
		r.out.WriteString("...") // a spread
		r.set(',', "")
		return behind
	}
	code := ellipsis
	if r.last != '.' && r.word != "function" && r.word != "class" && r.statementFollows(behind, end) {
		code += ";"
	}
	r.put(code, at, behind)
	r.set('a', ellipsis)
	if code != ellipsis {
		r.set(';', "")
	}
	return behind
}

// statementFollows reports whether a statement or a member of a class begins behind an ellipsis.
func (r *scriptRewriter) statementFollows(at, end int) bool {
	rest := strings.TrimLeft(r.src[at:end], " \t\r\n")
	if rest == "" {
		return false
	}
	c := rest[0]
	newLine := strings.Contains(r.src[at:end-len(rest)], "\n")
	if strings.HasPrefix(rest, "<...") || newLine && strings.IndexByte("/!+-~<", c) >= 0 {
		return true
	}
	if isNameByte(c) {
		word := rest
		for i := range len(rest) {
			if !isNameByte(rest[i]) {
				word = rest[:i]
				break
			}
		}
		return word != "of" && word != "in" && word != "instanceof" && word != "as"
	}
	return strings.IndexByte("$({[\"'`@#", c) >= 0 || strings.HasPrefix(rest, "...")
}

// longestType is how long ($X: T) may be.
const longestType = 1000

// typed rewrites ($X: T) where it is an operand: to the parameter of a function that is called typeCall.
func (r *scriptRewriter) typed(at, end int) (int, bool) {
	if r.word != "" && !operandWords[r.word] || r.last == ')' || r.last == ']' {
		return 0, false
	}
	window := r.src[:min(end, at+longestType)]
	if !strings.HasPrefix(strings.TrimLeft(window[at+1:], " \n\t"), "$") {
		return 0, false
	}
	close := closing(window, at)
	if close < 0 {
		return 0, false
	}
	inner := strings.TrimSpace(r.src[at+1 : close])
	name := metaName(strings.TrimPrefix(inner, "$"))
	if !strings.HasPrefix(inner, "$") || name == "" || r.arrowFollows(close+1) {
		return 0, false
	}
	kind, ok := strings.CutPrefix(strings.TrimSpace(inner[1+len(name):]), ":")
	if !ok || strings.ContainsAny(kind, ",=") {
		return 0, false
	}
	r.put(typeCall+"(("+mark+name+": ", at, at+1)
	from := at + 1 + strings.Index(r.src[at+1:close], ":") + 1
	r.code(from, close)
	r.put(") => 0)", close, close+1)
	r.set(')', "")
	return close + 1, true
}

// arrowFollows reports whether what the parenthesis before an offset closes were parameters.
func (r *scriptRewriter) arrowFollows(at int) bool {
	rest := strings.TrimLeft(r.src[at:], " \n\t")
	return strings.HasPrefix(rest, "=>") || strings.HasPrefix(rest, "{")
}
