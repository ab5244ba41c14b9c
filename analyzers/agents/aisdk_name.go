package agents

import "strings"

// genericNames name functions that say nothing of the agent that they run.
var genericNames = map[string]bool{"": true, "main": true, "POST": true, "GET": true, "PUT": true, "handler": true, "run": true, "execute": true, "start": true, "default": true, "fetch": true, "action": true, "loader": true}

// genericResults name variables that say nothing of the agent whose answer they hold.
var genericResults = map[string]bool{"": true, "result": true, "results": true, "response": true, "res": true, "resp": true, "r": true, "completion": true, "stream": true, "output": true, "message": true, "msg": true, "reply": true, "answer": true, "text": true, "data": true}

// name is what an agent goes by: its variable, or the function around the call, or the call.
func (s *aisdk) name(a Ref) string {
	if n, ok := s.names[a]; ok {
		return n
	}
	n := ""
	if aisdkCalls[s.class[a]].agent {
		if n = given(a); genericNames[n] {
			n = s.textOption(a, "id")
		}
		if n == "" {
			n = s.class[a]
		}
	} else {
		n = s.functionAround(a)
		others := 0
		for _, other := range s.agents {
			if other.File == a.File && s.class[other] == s.class[a] && other.File.EnclosingFunc(other.Node) == a.File.EnclosingFunc(a.Node) {
				others++
			}
		}
		if v := given(a); v != "" && !genericResults[v] && (n == "" || others > 1) {
			n = v
		}
		if n == "" {
			n = s.class[a]
		}
	}
	s.names[a] = n
	return n
}

// functionAround is the name of the innermost function around a call that tells something,
// or of the innermost one that has a name.
func (s *aisdk) functionAround(a Ref) string {
	named := ""
	for n := a.Node; ; {
		fn := a.File.EnclosingFunc(n)
		if fn == nil {
			return named
		}
		n = fn.Node
		for _, name := range []string{strings.Trim(fn.Name, `"'`), given(a.at(n))} {
			if !genericNames[name] {
				return name
			}
			if named == "" {
				named = name
			}
		}
		for up := range a.File.Ancestors(n) { // tool({ execute: … })
			if c := a.File.CallAt(up); c != nil && aisdkTools[c.Name] {
				if name := given(a.at(up)); !genericNames[name] {
					return name
				}
			}
		}
	}
}
