package facts

import (
	"reflect"
	"strings"
)

const (
	masked = "***"
	// tailOf is how much of a secret at the end of a text that was cut is taken for one.
	tailOf = 4
)

// hide masks the secrets in s, and the beginning of one at its end, where s may have been cut.
func (b *builder) hide(s string) string {
	for _, secret := range b.secret {
		s = strings.ReplaceAll(s, secret, masked)
		end := strings.TrimSuffix(s, "…")
		for n := min(len(secret)-1, len(end)); n >= tailOf; n-- {
			if strings.HasSuffix(end, secret[:n]) {
				s = end[:len(end)-n] + masked
				break
			}
		}
	}
	return s
}

// mask hides secrets in all texts of a document, whoever made them.
func (b *builder) mask(d *Document) {
	if len(b.secret) > 0 {
		b.maskValue(reflect.ValueOf(d).Elem())
	}
}

func (b *builder) maskValue(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			b.maskValue(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			b.maskValue(v.Index(i))
		}
	case reflect.String:
		if s := v.String(); len(s) >= tailOf {
			if h := b.hide(s); h != s {
				v.SetString(h)
			}
		}
	}
}
