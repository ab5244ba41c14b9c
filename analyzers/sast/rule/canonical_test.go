package rule

import (
	"fmt"
	"testing"
)

func TestCanonical(t *testing.T) {
	for source, want := range map[string]string{
		"$DB.$RUN($X, ...)":    "$M0.$M1($M2, ...) [$DB $RUN $X]",
		"f($...ARGS, $A, $A)":  "f($...M0, $M1, $M1) [$...ARGS $A]",
		"$_ + $_X + $Foo + $f": "$_ + $M0 + $Foo + $f [$_X]",
		"`${$X}` + \"=~/a$/\"": "`${$M0}` + \"=~/a$/\" [$X]",
	} {
		text, names := canonical(source)
		if got := fmt.Sprint(text, " ", names); got != want {
			t.Errorf("%s: %s, want %s", source, got, want)
		}
	}
}
