package guards

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// header begins a case in a file of testdata: `# case: what it shows | production=yes approved=no`.
// The place that is asked for is the call of wipe in it.
var header = regexp.MustCompile(`(?m)^(?:#|//) case: ([^|\n]+)\|(.*)$`)

type testCase struct {
	name, code string
	want       map[string]string
}

func readCases(t testing.TB, file string) []testCase {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	src := string(b)
	at := header.FindAllStringSubmatchIndex(src, -1)
	var out []testCase
	for i, m := range at {
		end := len(src)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		c := testCase{name: strings.TrimSpace(src[m[2]:m[3]]), code: src[m[1]:end], want: map[string]string{}}
		for field := range strings.SplitSeq(src[m[4]:m[5]], ";") {
			if k, v, ok := strings.Cut(strings.TrimSpace(field), "="); ok {
				c.want[k] = v
			}
		}
		if len(c.want) == 0 {
			t.Fatalf("%s: %s wants nothing", file, c.name)
		}
		out = append(out, c)
	}
	return out
}

func (r Around) field(name string) string {
	switch name {
	case "production":
		return string(r.Production)
	case "guard":
		return r.ProductionGuard
	case "approved":
		return string(r.Approved)
	case "approval":
		return r.Approval
	case "limited":
		return string(r.RateLimited)
	case "rpm":
		return strconv.FormatFloat(r.RPM, 'g', 6, 64)
	case "function":
		return r.Function
	case "class":
		return r.Class
	case "decorators":
		return strings.Join(r.Decorators, ",")
	case "depth":
		return strconv.Itoa(r.LoopDepth)
	case "bounded":
		return string(r.LoopBounded)
	case "test":
		return strconv.FormatBool(r.InTest)
	case "try":
		return strconv.FormatBool(r.InTry)
	}
	return "no such field: " + name
}

func TestAround(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.*")
	if len(files) == 0 {
		t.Fatal("no cases")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			for _, c := range readCases(t, file) {
				t.Run(c.name, func(t *testing.T) {
					f := parser.Parse("app/main"+filepath.Ext(file), "", text.New(c.code))
					var places []parser.NodeID
					for call := range f.CallsNamed("wipe") {
						places = append(places, call.Node)
					}
					if len(places) != 1 || f.Broken() {
						t.Fatalf("%d places, broken: %v\n%s", len(places), f.Broken(), c.code)
					}
					got := Of(f, nil).At(places[0])
					for k, want := range c.want {
						if g := got.field(k); g != want {
							t.Errorf("%s is %q, want %q\n%s", k, g, want, c.code)
						}
					}
				})
			}
		})
	}
}
