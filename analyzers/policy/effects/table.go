package effects

import (
	"strings"
	"sync"
)

// row is what some functions of a library do to the world. To teach another library, add a row
// and a case in testdata.
type row struct {
	// heads are what the functions belong to: modules, classes, functions whose result has
	// them. root..Name is Name in any module of a distribution; "" stands for what the
	// language has by itself.
	heads string
	// through are members that lead from the heads to more of the same: cursor, connect.
	through string
	// any reports that any members may stand between head and function: client.db.users.insertOne.
	any   bool
	names string

	sql   *sqlRow
	http  *httpRow
	file  *fileRow
	shell *shellRow
}

// argument is where an argument stands: keywords that it may have, and its position, -1 for none.
type argument struct {
	names string
	pos   int
}

// compiled is a row in the form that calls are compared with.
type compiled struct {
	*row
	heads, through map[string]bool
	loose          [][2]string // root and last segment
}

type index map[string][]*compiled

var tables = [2]func() index{
	sync.OnceValue(func() index { return newIndex(sqlPython, ormPython, httpPython, filePython, shellPython) }),
	sync.OnceValue(func() index { return newIndex(sqlScript, ormScript, httpScript, fileScript, shellScript) }),
}

func newIndex(lists ...[]row) index {
	x := index{}
	for _, rows := range lists {
		for i := range rows {
			r := &rows[i]
			c := &compiled{row: r, heads: map[string]bool{}, through: set(r.through)}
			for _, h := range strings.Fields(r.heads) {
				if root, name, ok := strings.Cut(h, ".."); ok {
					c.loose = append(c.loose, [2]string{root, name})
				} else {
					c.heads[h] = true
				}
			}
			for _, name := range strings.Fields(r.names) {
				x[name] = append(x[name], c)
			}
		}
	}
	return x
}

// libraries are the distributions that a row is about.
var libraries = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, table := range tables {
		for _, rows := range table() {
			for _, r := range rows {
				for h := range r.heads {
					out[rootOf(h)] = true
				}
				for _, l := range r.loose {
					out[rootOf(l[0])] = true
				}
			}
		}
	}
	return out
})

// known reports whether a name is one of a library that a row is about, or below it.
func known(q string) bool { return strings.ContainsAny(q, "./") && libraries()[rootOf(q)] }

// rootOf is the first segment of a name, @scope/name of a scoped one.
func rootOf(q string) string {
	skip := 0
	if strings.HasPrefix(q, "@") {
		skip = strings.IndexByte(q, '/') + 1
	}
	if i := strings.IndexAny(q[skip:], "./"); i >= 0 {
		return q[:skip+i]
	}
	return q
}

// matches reports whether q, whose last segment is one of the row's names, is a function of it.
func (c *compiled) matches(q string) bool {
	dot := strings.LastIndexByte(q, '.')
	if dot < 0 {
		return len(c.heads) == 0 && c.loose == nil
	}
	for h := q[:dot]; h != ""; {
		if c.heads[h] {
			return true
		}
		dot := strings.LastIndexByte(h, '.')
		if dot > 0 {
			for _, l := range c.loose {
				if h[dot+1:] == l[1] && strings.HasPrefix(h, l[0]) && len(h) > len(l[0]) && (h[len(l[0])] == '.' || h[len(l[0])] == '/') {
					return true
				}
			}
		}
		if dot < 0 || !c.any && !c.through[h[dot+1:]] {
			return false
		}
		h = h[:dot]
	}
	return false
}

// imports reports whether the file imports one of some distributions.
func (v *view) imports(roots map[string]bool) bool {
	for i := range v.Imports {
		m := strings.TrimPrefix(strings.TrimPrefix(v.Imports[i].Module, "node:"), "npm:")
		if roots[m] {
			return true
		}
		cut := strings.IndexAny(m, "./")
		if strings.HasPrefix(m, "@") {
			if i := strings.IndexByte(m, '/'); i > 0 {
				if cut = strings.IndexAny(m[i+1:], "/"); cut >= 0 {
					cut += i + 1
				}
			}
		}
		if cut > 0 && roots[m[:cut]] {
			return true
		}
	}
	return false
}
