package jsonc

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	src := `// settings
{
  "a": {"b": "x\ny", "list": [1, true, null, "z",],}, /* twice */
  "a": {"b": "last"},
}`
	v, ok := Parse(src)
	if !ok || v.Kind != Object || len(v.Members) != 2 {
		t.Fatalf("%v %+v", ok, v)
	}
	if got := v.Path("a", "b"); got.Text != "last" || src[got.Span.Start:got.Span.End] != `"last"` || src[got.Inside().Start:got.Inside().End] != "last" {
		t.Errorf("%+v", got)
	}
	first := v.Members[0].Value
	if first.Get("b").Text != "x\ny" || !first.Get("list").Elems[1].True() || first.Get("none").Kind != Missing {
		t.Errorf("%+v", first)
	}
}

func TestBroken(t *testing.T) {
	for _, src := range []string{"", "{", `{"a"`, `{"a":`, `{"a" 1}`, `{"a": 1 "b": 2}`, `["x`, `{"a": nope}`, "/*", `{a: 1}`, strings.Repeat("[", 100000), `{"a":1} x`} {
		if v, ok := Parse(src); ok {
			t.Errorf("%.20q is fine: %+v", src, v)
		}
	}
	if v, ok := Parse("\ufeff{\"a\": 1, \"b\": "); ok || v.Get("a").Text != "1" || v.Get("a").Span.Start != 9 {
		t.Errorf("what was read before the end is lost: %+v", v)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`{"a": [1, "\u0041", {"b": null}], "c": -1.5e3}`)
	f.Add("{\"a\\")
	f.Fuzz(func(t *testing.T, src string) {
		v, ok := Parse(src)
		if v.Span.End > len(src) {
			t.Errorf("%v lies outside", v.Span)
		}
		if json.Valid([]byte(src)) && !ok {
			t.Errorf("%q is JSON", src)
		}
	})
}
