package rego

import (
	"bytes"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"

	"github.com/qodacode/qodacode/analyzers/policy/facts"
)

// Input is a document of facts as policies see it.
type Input struct {
	value  ast.Value
	places map[string]facts.Range // of facts, by id; made when it is first asked for
}

// NewInput reads a document.
func NewInput(document []byte) (*Input, error) {
	var v any
	if err := util.NewJSONDecoder(bytes.NewReader(document)).Decode(&v); err != nil {
		return nil, fmt.Errorf("the facts are no JSON: %w", err)
	}
	if _, ok := v.(map[string]any); !ok {
		return nil, fmt.Errorf("the facts are no JSON object")
	}
	value, err := ast.InterfaceToValue(v)
	if err != nil {
		return nil, fmt.Errorf("the facts cannot be read: %w", err)
	}
	return &Input{value: value}, nil
}

// place is the range of the fact with an id.
func (in *Input) place(id string) (facts.Range, bool) {
	if in.places == nil {
		in.places = map[string]facts.Range{}
		in.collect(in.value, 0)
	}
	r, ok := in.places[id]
	return r, ok
}

func (in *Input) collect(v ast.Value, depth int) {
	if depth > 8 { // the document is not deeper
		return
	}
	switch v := v.(type) {
	case *ast.Array:
		v.Foreach(func(t *ast.Term) { in.collect(t.Value, depth+1) })
	case ast.Object:
		if id, ok := textAt(v, "id"); ok {
			if r := v.Get(rangeTerm); r != nil {
				if place, err := rangeOf(r.Value); err == nil {
					if _, ok := in.places[id]; !ok {
						in.places[id] = place
					}
				}
			}
		}
		v.Foreach(func(_, t *ast.Term) { in.collect(t.Value, depth+1) })
	}
}

var (
	rangeTerm, startTerm, endTerm = ast.StringTerm("range"), ast.StringTerm("start"), ast.StringTerm("end")
	lineTerm, characterTerm       = ast.StringTerm("line"), ast.StringTerm("character")
)

// textAt is the text at a key of an object.
func textAt(o ast.Object, key string) (string, bool) {
	t := o.Get(ast.StringTerm(key))
	if t == nil {
		return "", false
	}
	s, ok := t.Value.(ast.String)
	return string(s), ok
}

const rangeForm = `a range is {"start": {"line": 0, "character": 0}, "end": {…}}, as range of any fact`

// rangeOf reads a range.
func rangeOf(v ast.Value) (facts.Range, error) {
	o, ok := v.(ast.Object)
	if !ok {
		return facts.Range{}, fmt.Errorf("it is no object; %s", rangeForm)
	}
	start, err := positionOf(o.Get(startTerm))
	if err != nil {
		return facts.Range{}, err
	}
	end, err := positionOf(o.Get(endTerm))
	if err != nil {
		return facts.Range{}, err
	}
	if end.Line < start.Line || end.Line == start.Line && end.Character < start.Character {
		return facts.Range{}, fmt.Errorf("its end is before its start")
	}
	return facts.Range{Start: start, End: end}, nil
}

// maxPosition is more than any file has of lines or characters.
const maxPosition = 1 << 24

func positionOf(t *ast.Term) (facts.Position, error) {
	if t == nil {
		return facts.Position{}, fmt.Errorf("its start or end is missing; %s", rangeForm)
	}
	o, ok := t.Value.(ast.Object)
	if !ok {
		return facts.Position{}, fmt.Errorf("its start or end is no object; %s", rangeForm)
	}
	number := func(key *ast.Term) (int, bool) {
		t := o.Get(key)
		if t == nil {
			return 0, false
		}
		n, ok := t.Value.(ast.Number)
		if !ok {
			return 0, false
		}
		i, ok := n.Int()
		return i, ok && 0 <= i && i < maxPosition
	}
	line, ok := number(lineTerm)
	character, ok2 := number(characterTerm)
	if !ok || !ok2 {
		return facts.Position{}, fmt.Errorf("line and character must be whole numbers from 0; %s", rangeForm)
	}
	return facts.Position{Line: line, Character: character}, nil
}
