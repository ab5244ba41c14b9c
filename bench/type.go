package main

import (
	"fmt"
	"time"

	"github.com/qodacode/qodacode/parser/text"
)

// Typist types into one document.
type Typist struct {
	*Document
	Block
	Language string
	Peer     bool          // the server is not qodacode: it finds other things
	Opened   time.Duration // didOpen → diagnostics
	Pause    time.Duration // before each keystroke
}

// openBlock opens src with a block to type in.
func openBlock(s *Session, src source, peer bool) (*Typist, error) {
	code, block, err := insertBlock(src.Text, src.Language.ID)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", src.Path, err)
	}
	d, first, took, err := s.Open(src.Path, src.Language.ID, code)
	if err != nil {
		return nil, err
	}
	t := &Typist{Document: d, Block: block, Language: src.Language.ID, Peer: peer, Opened: took}
	for _, spot := range spots {
		if err := t.verify(first, spot, false); err != nil {
			return nil, fmt.Errorf("before any edit: %w", err)
		}
	}
	return t, nil
}

// Type makes n keystrokes at a spot, each after the answer to the one before, and returns
// how long each answer took. At least the round is finished, so the text is as before.
func (t *Typist) Type(spot Spot, n int) ([]time.Duration, error) {
	caret := t.places[spot.Place]
	setup := spot.Setup[t.Language]
	if setup != "" {
		if _, err := t.stroke(spot, caret, Step{Insert: setup}); err != nil {
			return nil, err
		}
	}
	caret += len(setup)
	var took []time.Duration
	for len(took) < n {
		for _, step := range spot.steps(t.Language) {
			d, err := t.stroke(spot, caret, step)
			if err != nil {
				return nil, err
			}
			took = append(took, d)
			caret += len(step.Insert) - step.Delete
		}
	}
	if setup != "" {
		if _, err := t.stroke(spot, caret, Step{Delete: len(setup)}); err != nil {
			return nil, err
		}
	}
	return took, nil
}

// stroke sends one step and waits for its diagnostics, which have to be right.
func (t *Typist) stroke(spot Spot, caret int, step Step) (time.Duration, error) {
	time.Sleep(t.Pause)
	sent, err := t.Edit(text.Span{Start: caret - step.Delete, End: caret}, step.Insert)
	if err != nil {
		return 0, err
	}
	p, err := t.Published(t.URI, t.Version)
	if err == nil {
		err = t.verify(p, spot, step.Gone)
	}
	if err != nil {
		return 0, fmt.Errorf("typing %s, at %q: %w", spot.Name, step.Insert, err)
	}
	return p.At.Sub(sent), nil
}

func (t *Typist) verify(p Published, spot Spot, gone bool) error {
	code, mark := spot.Rule, spot.Mark
	if t.Peer {
		code, mark, gone = "", spot.Peer, false
	}
	if mark == "" {
		return nil
	}
	return t.Document.verify(p, code, t.find(t.Text.String(), mark), gone)
}

// Typed are the answers to typing at the spots of valid or of broken text.
type Typed struct {
	BySpot map[string][]time.Duration
	All    []time.Duration
}

// typeAll types n keystrokes, spread over all spots of one kind.
func typeAll(t *Typist, broken bool, n int) (Typed, error) {
	typed := Typed{BySpot: map[string][]time.Duration{}}
	var chosen []Spot
	for _, spot := range spots {
		if spot.Broken == broken {
			chosen = append(chosen, spot)
		}
	}
	for _, spot := range chosen {
		took, err := t.Type(spot, (n+len(chosen)-1)/len(chosen))
		if err != nil {
			return typed, err
		}
		typed.BySpot[spot.Name] = took
		typed.All = append(typed.All, took...)
	}
	return typed, nil
}
