package effects

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// file is what a call does to a file; nil where the row turns out not to fit.
func (v *view) file(c *invocation, r *fileRow) *File {
	e := &File{Op: r.op}
	t := unknownText
	if r.path == nil {
		t = v.text(v.object(c))
	} else {
		n, spread := v.arg(c, r.path)
		switch {
		case n == parser.NoNode && (r.optional && !spread || r.mode != nil && !spread):
			return nil
		case n == parser.NoNode && r.path.pos < 0: // mkdtemp(dir=…)
			t = texts{values: []string{"/tmp/" + hole}}
		case n == parser.NoNode && c.name == "extractall":
			t = constant(".")
		case n != parser.NoNode:
			if v.Kind(v.Unwrap(n)) == parser.KindNumber || v.isBuffer(n) {
				return nil
			}
			if list := v.listOf(n); list >= 0 {
				t = texts{}
				for el := range v.Children(list) {
					t = t.or(v.text(el))
				}
				if t.values == nil {
					t = unknownText
				}
			} else {
				t = v.text(n)
			}
			if r.path.pos < 0 {
				t = joinPath(t, unknownText)
			}
		}
	}
	if r.below != nil {
		if n, _ := v.option(c, r.below.names); n != parser.NoNode {
			t = joinPath(v.text(n), t)
		}
	}
	for _, s := range t.values {
		if isURL(s) || strings.HasPrefix(s, "s3://") || strings.HasPrefix(s, "gs://") {
			return nil // pandas.read_csv("https://…")
		}
	}
	if r.needs && t.nothing() {
		return nil
	}
	if r.path == nil && c.name != "open" {
		if n, _ := v.arg(c, &argument{"pattern", 0}); n != parser.NoNode && e.Op == "list" {
			t = joinPath(t, v.text(n))
		}
	}
	if c.name == "mkdtemp" && r.path.pos == 0 { // the name gets an end of its own
		t = t.then(unknownText)
	}
	if r.op == "" {
		e.Op = v.openMode(c, r)
	}
	e.fill(t)
	return e
}

// openMode is what a mode of open allows.
func (v *view) openMode(c *invocation, r *fileRow) string {
	n, spread := v.arg(c, r.mode)
	switch {
	case n == parser.NoNode && spread:
		return "other"
	case n == parser.NoNode && r.fallback != "":
		return modeOp(r.fallback)
	}
	if flags := v.Slice(n); strings.Contains(flags, "O_") {
		switch {
		case strings.Contains(flags, "O_APPEND"):
			return "append"
		case strings.Contains(flags, "O_WRONLY"), strings.Contains(flags, "O_RDWR"), strings.Contains(flags, "O_CREAT"), strings.Contains(flags, "O_TRUNC"):
			return "write"
		}
		return "read"
	}
	t := v.text(n)
	op := ""
	for _, mode := range t.values {
		if strings.Contains(mode, hole) {
			return "other"
		}
		if one := modeOp(mode); op == "" || one == "write" {
			op = one
		} else if op == "read" {
			op = one
		}
	}
	return op
}

func modeOp(mode string) string {
	switch {
	case strings.ContainsAny(mode, "wx"), strings.Contains(mode, "+") && !strings.Contains(mode, "a"):
		return "write"
	case strings.Contains(mode, "a"):
		return "append"
	}
	return "read"
}

// isBuffer reports whether what should be a path is a buffer in memory, or an open file.
func (v *view) isBuffer(n parser.NodeID) bool {
	switch q := v.spell(n); {
	case q == "io.StringIO", q == "io.BytesIO", q == "StringIO.StringIO", strings.HasSuffix(q, ".BytesIO"), q == "open", q == "process.stdin.fd", q == "sys.stdout", q == "sys.stderr":
		return true
	}
	return false
}

// fileNames are methods that hardly anything but a path has.
var fileNames = map[string]*fileRow{
	"read_text": {op: "read"}, "read_bytes": {op: "read"}, "write_text": {op: "write"}, "write_bytes": {op: "write"},
	"iterdir": {op: "list"}, "rglob": {op: "list"}, "unlink": {op: "delete"}, "rmdir": {op: "delete"}, "touch": {op: "write"}, "mkdir": {op: "write"},
	"glob":   {op: "list"},
	"open":   {mode: &argument{"mode", 0}, fallback: "r"},
	"to_csv": {op: "write", path: &argument{"path_or_buf path", 0}, optional: true}, "to_excel": {op: "write", path: &argument{"excel_writer", 0}, optional: true},
	"to_parquet": {op: "write", path: &argument{"path", 0}, optional: true}, "to_pickle": {op: "write", path: &argument{"path", 0}, optional: true},
	"savefig": {op: "write", path: &argument{"fname", 0}, optional: true},
}

// ofPaths are those of them that a path of any making has.
var ofPaths = set("write_text write_bytes read_text read_bytes iterdir rglob")

// keywordsOf are the keywords that the methods of a path take; a call with others is something else.
var keywordsOf = set("encoding errors newline data missing_ok parents exist_ok mode buffering pattern case_sensitive")

// pathWords are parts of names of values that are paths.
var pathWords = []string{"path", "file", "dir", "folder", "root", "parent"}

// guessFile is the effect of a method that paths have, of a value that nothing is known of.
func (v *view) guessFile(c *invocation, q string) *File {
	r := fileNames[c.name]
	object := v.object(c)
	if r == nil || object == parser.NoNode || v.Language.IsScript() {
		return nil
	}
	if r.path != nil { // of a data frame
		if e := v.file(c, r); e != nil && (e.Known != None || v.imports(set("pandas matplotlib seaborn geopandas"))) {
			return e
		}
		return nil
	}
	word := strings.ToLower(v.word(object))
	pathlike := slices.ContainsFunc(pathWords, func(w string) bool { return strings.HasSuffix(word, w) })
	if !strings.HasPrefix(q, "~") && !pathlike && !ofPaths[c.name] && v.text(object).nothing() {
		return nil // of a library, and no path of it
	}
	if strings.HasPrefix(q, "importlib") {
		return nil
	}
	for i := range c.Args {
		if a := &c.Args[i]; a.Spread != 0 || a.Name != "" && !keywordsOf[a.Name] {
			return nil
		}
	}
	switch c.name {
	case "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob":
		if len(c.Args) > 1 && c.Args[1].Name == "" {
			return nil // importlib.resources.read_text(package, resource)
		}
		if strings.HasPrefix(c.name, "read_") && len(c.Args) > 0 && c.Args[0].Name == "" && !v.text(c.Args[0].Value).known() {
			return nil // fs.read_text(path)
		}
	default: // names that other things have, too
		t := v.text(object)
		if !v.imports(set("pathlib")) || !pathlike && t.nothing() {
			return nil
		}
		if c.name == "open" && (len(c.Args) == 0 || c.Args[0].Name == "" && !v.text(c.Args[0].Value).known()) {
			return nil
		}
	}
	return v.file(c, r)
}
