package main

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// object is a JSON object that keeps the order of its members.
type object []member

type member struct {
	name  string
	value json.RawMessage
}

func (o *object) parse(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return fmt.Errorf("expected an object (%w)", err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		m := member{name: name.(string)}
		if err := d.Decode(&m.value); err != nil {
			return err
		}
		*o = append(*o, m)
	}
	return nil
}

func (o object) get(name string) json.RawMessage {
	for _, m := range o {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

// set gives a member that exists a value.
func (o object) set(name string, value any) error {
	for i := range o {
		if o[i].name == name {
			encoded, err := encode(value)
			o[i].value = encoded
			return err
		}
	}
	return fmt.Errorf("there is no %q", name)
}

// replaceTail keeps the first element of a member that is a list and replaces the others.
func (o object) replaceTail(name string, tail []object) error {
	var list []json.RawMessage
	if err := json.Unmarshal(o.get(name), &list); err != nil || len(list) == 0 {
		return fmt.Errorf("%s is not a list with an element (%w)", name, err)
	}
	list = list[:1]
	for _, t := range tail {
		encoded, err := encode(t)
		if err != nil {
			return err
		}
		list = append(list, encoded)
	}
	return o.set(name, list)
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := encode(m.name)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(m.value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// pretty is the object as npm writes it.
func (o object) pretty() ([]byte, error) {
	flat, err := encode(o)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, flat, "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// encode does not escape <, > and &, which are common in texts for people.
func encode(value any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(value)
	return bytes.TrimSpace(b.Bytes()), err
}
