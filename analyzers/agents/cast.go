package agents

import (
	"slices"
	"strings"
)

// cast gives the objects of one graph their names: one per object, however it is reached.
type cast struct {
	*builder
	c      *constructs
	byID   map[Ref]string
	byName map[string]Ref
}

func newCast(b *builder, c *constructs) *cast {
	return &cast{b, c, map[Ref]string{}, map[string]Ref{}}
}

// plain are names that tell nothing, which factories give to what they return.
var plain = map[string]bool{"agent": true, "task": true, "crew": true, "team": true, "result": true, "res": true, "obj": true, "a": true, "t": true}

// name is the name of o: preferred when it is not empty, else what the code calls it, else
// fallback. fresh is false when o already had one.
func (s *cast) name(o object, preferred, fallback string) (name string, fresh bool) {
	id := o.id()
	if have, ok := s.byID[id]; ok {
		return have, false
	}
	own := id.bound()
	var local string
	if id == o.Ref && len(o.funcs) > 0 && plain[own] { // a local variable of a factory
		own, local = "", own
	}
	candidates := []string{preferred, own}
	for i := len(o.names) - 1; i >= 0; i-- {
		if o.names[i] != local {
			candidates = append(candidates, o.names[i])
		}
	}
	if id != o.Ref { // the function makes others, too
		candidates = append(candidates, fallback)
	}
	candidates = append(append(candidates, o.funcs...), fallback, local, strings.ToLower(o.class))
	candidates = slices.DeleteFunc(candidates, func(n string) bool { return n == "" })
	for _, n := range candidates {
		if _, taken := s.byName[n]; !taken {
			name = n
			break
		}
	}
	for i := 2; name == ""; i++ {
		if n := candidates[0] + "-" + digits(i); s.byName[n] == (Ref{}) {
			name = n
		}
	}
	s.byID[id], s.byName[name] = name, id
	return name, true
}

// aliases are all other names by which o goes.
func (o object) aliases(name string, more ...string) []string {
	var out []string
	names := slices.Concat([]string{o.id().bound()}, o.names, more)
	if o.id() == o.Ref { // else others go by the function's name, too
		names = append(names, o.funcs...)
	}
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" && n != name && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
