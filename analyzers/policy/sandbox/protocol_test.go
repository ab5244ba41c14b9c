package sandbox

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
)

func TestMessages(t *testing.T) {
	var buf bytes.Buffer
	for _, body := range []string{"", "{}", strings.Repeat("x", 1000)} {
		if err := writeMessage(&buf, request{ID: 7, Op: opEval}, []byte(body), maxRequest); err != nil {
			t.Fatal(err)
		}
		var r request
		got, err := readMessage(&buf, &r, maxRequest)
		if err != nil || string(got) != body || r.ID != 7 || r.Op != opEval {
			t.Errorf("%q, %+v, %v", got, r, err)
		}
	}
	if _, err := readMessage(&buf, &request{}, maxRequest); err != io.EOF {
		t.Errorf("%v", err)
	}
	if err := writeMessage(&buf, request{}, make([]byte, 100), 50); err == nil || buf.Len() > 0 {
		t.Errorf("%v, %d bytes are written", err, buf.Len())
	}
}

// FuzzMessage: whatever comes from the other side, it is read or refused within its bound.
func FuzzMessage(f *testing.F) {
	var buf bytes.Buffer
	_ = writeMessage(&buf, reply{ID: 1, Hello: 1}, []byte("x"), 1000)
	f.Add(buf.Bytes())
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{0, 0, 0, 2, 0, 0, 0, 0, '{'})
	f.Fuzz(func(t *testing.T, b []byte) {
		var r reply
		body, err := readMessage(bytes.NewReader(b), &r, 1000)
		if err == nil && (len(body) > 1000 || uint64(len(body)) != uint64(binary.BigEndian.Uint32(b[4:]))) {
			t.Errorf("%d bytes", len(body))
		}
	})
}
