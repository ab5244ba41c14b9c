package tree

import (
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

func BenchmarkBuild(b *testing.B) {
	unit := `class Order(Base):
    """A few lines of ordinary code."""

    def total(self, items, *, rate: float = 0.2, **options) -> float:
        result = sum(item.price * item.count for item in items if item.count > 0)
        if options.get("round") and not self.exact:
            result = round(result, 2)
        for name, value in sorted(options.items()):
            log.info(f"{name}: {value!r}", extra={"order": self.id, "total": result})
        try:
            return result * (1 + rate)
        except (TypeError, ValueError) as e:
            raise OrderError("no total", items[0:10]) from e

`
	f := parser.Parse("x.py", "", text.New(strings.Repeat(unit, 1000/14)))
	b.ReportAllocs()
	for b.Loop() {
		build(f)
	}
}
