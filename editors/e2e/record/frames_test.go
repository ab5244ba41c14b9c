package main

import (
	"reflect"
	"testing"
)

type lines []string

func (l *lines) write(x line) {
	if x.Garbage != "" {
		*l = append(*l, "garbage "+x.Garbage)
		return
	}
	*l = append(*l, string(x.Message))
}

func TestFrames(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want lines
	}{
		"two messages":   {"Content-Length: 2\r\n\r\n{}Content-Length: 4\r\n\r\n\"é\"", lines{"{}", `"é"`}},
		"a content type": {"Content-Type: x\r\ncontent-length:2\r\n\r\n[]", lines{"[]"}},
		"half a message": {"Content-Length: 9\r\n\r\n{}", nil},
		"a stray line":   {"hello\r\n\r\nContent-Length: 2\r\n\r\n{}", lines{"garbage hello", "{}"}},
		"before a header": {"hello\nContent-Length: 2\r\n\r\n{}",
			lines{"garbage hello\nContent-Length: 2"}},
		"no JSON": {"Content-Length: 2\r\n\r\n{[", lines{"garbage {["}},
	} {
		t.Run(name, func(t *testing.T) {
			var whole, bytewise lines
			_, _ = (&frames{log: &whole}).Write([]byte(c.in))
			f := &frames{log: &bytewise}
			for i := range len(c.in) {
				_, _ = f.Write([]byte{c.in[i]})
			}
			if !reflect.DeepEqual(whole, c.want) || !reflect.DeepEqual(bytewise, c.want) {
				t.Errorf("got %q at once and %q byte by byte, want %q", whole, bytewise, c.want)
			}
		})
	}
}
