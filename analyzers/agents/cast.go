package agents

import (
	"slices"
	"strconv"
	"strings"
)

// cast gives the objects of one graph their names: one per object, however it is reached.
type cast struct {
	*builder
	c      *constructs
	byID   map[objectKey]string
	byName map[string]objectKey
}

func newCast(b *builder, c *constructs) *cast {
	return &cast{b, c, map[objectKey]string{}, map[string]objectKey{}}
}

// plain are names that tell nothing, which factories give to what they return.
var plain = map[string]bool{"agent": true, "task": true, "crew": true, "team": true, "result": true, "res": true, "obj": true, "a": true, "t": true}

// name is the name of o: preferred when it is not empty, else what the code calls it, else
// fallback. fresh is false when o already had one.
func (s *cast) name(o object, preferred, fallback string) (name string, fresh bool) {
	id, key := o.id(), o.key()
	if have, ok := s.byID[key]; ok {
		return have, false
	}
	own := id.bound()
	var local string
	if id == o.Ref && len(o.funcs) > 0 && plain[own] { // a local variable of a factory
		own, local = "", own
	}
	candidates := []string{preferred, own}
	if o.item.Valid() { // the variable holds others, too
		candidates = []string{preferred, fallback, own}
	}
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
		if n := candidates[0] + "-" + strconv.Itoa(i); s.byName[n] == (objectKey{}) {
			name = n
		}
	}
	s.byID[key], s.byName[name] = name, key
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
