package main

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// frames cuts what is written to it into the messages of the language server protocol's base
// protocol and logs them. It accepts exactly what the protocol allows: a server that lets a
// stray line slip onto its standard output shows up as garbage.
type frames struct {
	from string
	log  interface{ write(line) }
	buf  []byte
}

var headerEnd = []byte("\r\n\r\n")

func (f *frames) Write(p []byte) (int, error) {
	f.buf = append(f.buf, p...)
	for {
		head, rest, whole := bytes.Cut(f.buf, headerEnd)
		if !whole {
			return len(p), nil
		}
		size, ok := contentLength(head)
		if !ok {
			f.log.write(line{From: f.from, Garbage: string(head)})
			f.buf = rest
			continue
		}
		if len(rest) < size {
			return len(p), nil
		}
		if body := rest[:size]; json.Valid(body) {
			f.log.write(line{From: f.from, Message: json.RawMessage(body)})
		} else {
			f.log.write(line{From: f.from, Garbage: string(body)})
		}
		f.buf = rest[size:]
	}
}

func contentLength(head []byte) (size int, ok bool) {
	for field := range bytes.SplitSeq(head, []byte("\r\n")) {
		name, value, found := bytes.Cut(field, []byte(":"))
		switch {
		case !found:
			return 0, false
		case bytes.EqualFold(name, []byte("Content-Length")):
			n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
			if err != nil || n < 0 {
				return 0, false
			}
			size, ok = n, true
		case !bytes.EqualFold(name, []byte("Content-Type")):
			return 0, false
		}
	}
	return size, ok
}
