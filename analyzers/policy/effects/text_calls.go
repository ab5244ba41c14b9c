package effects

import (
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// sameText lists the methods whose result is their object, as far as it matters here.
var sameText = set("strip trim toString encode decode resolve absolute expanduser as_posix dedent trimEnd trimStart rstrip lstrip lower toLowerCase valueOf human_repr " +
	"bindparams columns execution_options")

// firstText lists the functions whose result is their first argument, as far as it matters here.
var firstText = set("str String unicode bytes textwrap.dedent inspect.cleandoc os.path.abspath os.path.realpath os.path.normpath os.path.expandvars os.fspath os.fsencode " +
	"sqlalchemy.text sqlalchemy.sql.text sqlalchemy.sql.expression.text sqlalchemy.DDL psycopg.sql.SQL psycopg2.sql.SQL psycopg.sql.Identifier psycopg2.sql.Identifier encodeURI httpx.URL yarl.URL furl.furl path.normalize " +
	"url.pathToFileURL url.fileURLToPath aiohttp.URL sqlmodel.text drizzle-orm.sql.raw Prisma.raw @prisma/client.Prisma.raw Prisma.sql @prisma/client.Prisma.sql shlex.quote " +
	"neo4j.Query pg-copy-streams.from pg-copy-streams.to io.StringIO Bun.file vscode.Uri.file Deno.realPath Deno.realPathSync fs.realpathSync os.path.realpath py.path.local pydantic.HttpUrl pydantic.AnyUrl String.raw anyio.Path aiopath.AsyncPath upath.UPath")

// joinsPath lists the functions that join parts of a path.
var joinsPath = set("os.path.join posixpath.join ntpath.join path.join path.resolve path.posix.join path.posix.resolve path.win32.join pathlib.Path pathlib.PurePath pathlib.PosixPath pathlib.PurePosixPath pathlib.WindowsPath " +
	"Deno.path.join @std/path.join std/path.join upath.join pathe.join pathe.resolve anyio.Path")

// folders are functions that tell a folder.
var folders = map[string]string{
	"os.getcwd": ".", "pathlib.Path.cwd": ".", "process.cwd": ".", "Deno.cwd": ".",
	"pathlib.Path.home": "~", "os.homedir": "~",
	"tempfile.gettempdir": "/tmp", "os.tmpdir": "/tmp",
	"tempfile.mkdtemp": "/tmp/" + hole, "tempfile.mkstemp": "/tmp/" + hole, "tempfile.SpooledTemporaryFile": "/tmp/" + hole, "tempfile.mktemp": "/tmp/" + hole, "tempfile.TemporaryDirectory": "/tmp/" + hole, "tempfile.NamedTemporaryFile": "/tmp/" + hole,
}

// homes are variables of the environment that hold the home folder.
var homes = set("os.environ.HOME os.environ.USERPROFILE process.env.HOME process.env.USERPROFILE Bun.env.HOME")

// callText is the text that a call gives.
func (v *view) callText(n parser.NodeID, depth int) texts {
	c := v.CallAt(n)
	if c == nil {
		return unknownText
	}
	arg := func(i int) texts {
		if i < len(c.Args) && c.Args[i].Spread == 0 {
			return v.textAt(c.Args[i].Value, depth-1)
		}
		return unknownText
	}
	if template := v.Field(n, parser.FieldArguments); v.Kind(template) == parser.KindTemplate { // sql`…`
		return v.literal(template, depth)
	}
	object := parser.NoNode
	if callee := v.Unwrap(c.Callee); v.Kind(callee) == parser.KindAttribute {
		object = v.Field(callee, parser.FieldObject)
	}
	if object >= 0 {
		switch c.Name {
		case "format":
			if !v.Language.IsScript() {
				if t, ok := v.format(c, object, depth); ok {
					return t
				}
			}
		case "join":
			if t, ok := v.joinText(c, object, depth); ok {
				return t
			}
		case "joinpath":
			t := v.textAt(object, depth-1)
			for i := range c.Args {
				t = joinPath(t, arg(i))
			}
			return t
		case "with_name", "with_suffix", "with_stem":
			return v.textAt(object, depth-1).each(func(s string) string { return s + hole })
		case "concat":
			t := v.textAt(object, depth-1)
			for i := range c.Args {
				t = t.then(arg(i))
			}
			return t
		}
		if sameText[c.Name] {
			if t := v.textAt(object, depth-1); !t.nothing() || t.param {
				return t
			}
		}
	}
	q := v.spell(c.Callee)
	switch {
	case firstText[q] && len(c.Args) > 0:
		return arg(0)
	case folders[q] != "":
		if n, ok := v.Argument(c, "dir", -1); ok { // mkstemp(dir=…)
			if t := v.textAt(n.Value, depth-1); v.Kind(v.Unwrap(n.Value)) != parser.KindNone {
				return joinPath(t, unknownText)
			}
		}
		return texts{values: []string{folders[q]}}
	case joinsPath[q] && len(c.Args) > 0:
		t := arg(0)
		for i := 1; i < len(c.Args); i++ {
			t = joinPath(t, arg(i))
		}
		return t
	case (q == "os.getenv" || q == "os.environ.get" || q == "Deno.env.get") && homes["os.environ."+arg(0).one()]:
		return constant("~")
	case q == "pathlib.Path":
		return constant(".")
	case q == "os.path.expanduser":
		return arg(0)
	case (q == "os.path.dirname" || q == "path.dirname") && len(c.Args) > 0:
		return arg(0).each(parent)
	case q == "urllib.parse.urljoin" && len(c.Args) > 1:
		return joinURL(arg(0), arg(1))
	case (q == "URL" || q == "url.URL") && len(c.Args) > 0:
		if len(c.Args) > 1 {
			return joinURL(arg(1), arg(0))
		}
		return arg(0)
	}
	if fn := v.FuncOf(c.Callee); fn != nil {
		t := v.resultText(fn, depth-1)
		t.param = false
		for i := range c.Args { // what is given may decide the result
			t.param = t.param || !t.known() && v.ofParameter(c.Args[i].Value)
		}
		return t
	}
	out := unknownText
	for i := range c.Args { // safe_path(base, name)
		out.param = out.param || v.ofParameter(c.Args[i].Value)
	}
	out.param = out.param || v.ofParameter(object)
	return out
}

// resultText is what a function of the file returns.
func (v *view) resultText(fn *parser.Func, depth int) texts {
	t, ok := v.results[fn.Node]
	if !ok {
		v.results[fn.Node] = unknownText // functions may call each other
		t = v.returnedText(fn, depth)
		v.results[fn.Node] = t
	}
	return t
}

func (v *view) returnedText(fn *parser.Func, depth int) texts {
	if k := v.Kind(fn.Body); k != parser.KindBlock && fn.Body != parser.NoNode {
		return v.textAt(fn.Body, depth)
	}
	var out texts
	for n := fn.Body; v.Within(n, fn.Body); n++ {
		switch v.Kind(n) {
		case parser.KindFunction, parser.KindLambda, parser.KindMethod, parser.KindClass:
			n = parser.NodeID(v.Nodes[n].Next) - 1
		case parser.KindReturn:
			t := v.textAt(v.FirstChild(n), depth)
			if out.values == nil {
				out = t
			} else {
				out = out.or(t)
			}
		}
	}
	if out.values == nil {
		return unknownText
	}
	return out
}

// joinText is sep.join([…]) in Python and […].join(sep) in JavaScript.
func (v *view) joinText(c *parser.Call, object parser.NodeID, depth int) (texts, bool) {
	list, sep := parser.NoNode, constant(",")
	if v.Language.IsScript() {
		if list = v.listOf(object); len(c.Args) > 0 {
			sep = v.textAt(c.Args[0].Value, depth-1)
		}
	} else if len(c.Args) == 1 {
		if list, sep = v.listOf(c.Args[0].Value), v.textAt(object, depth-1); list < 0 && sep.known() && sep.values[0] != "" && len(sep.values[0]) < 8 {
			return texts{values: []string{hole}, joined: true, param: v.ofParameter(c.Args[0].Value)}, true
		}
	}
	if list < 0 {
		return texts{}, false
	}
	out, first := constant(""), true
	for e := range v.Children(list) {
		if !first {
			out = out.then(sep)
		}
		first = false
		if v.Kind(e) == parser.KindSpread {
			out = out.then(unknownText)
			continue
		}
		t := v.textAt(e, depth-1)
		t.joined = t.joined || t.open()
		out = out.then(t)
	}
	return out, true
}

// listOf is the list literal that n stands for, or NoNode.
func (v *view) listOf(n parser.NodeID) parser.NodeID {
	for range maxDepth {
		switch n = v.Unwrap(n); v.Kind(n) {
		case parser.KindList, parser.KindTuple:
			return n
		case parser.KindIdentifier:
			defs := v.DefsOf(n)
			if len(defs) != 1 || defs[0].Kind != parser.AssignDef {
				return parser.NoNode
			}
			n = defs[0].Value
		case parser.KindAttribute:
			class := v.ClassAround(n)
			if class == nil || !v.IsSelf(v.Field(n, parser.FieldObject)) {
				return parser.NoNode
			}
			defs := v.Members(class, v.Slice(v.AttributeName(n)))
			if len(defs) != 1 || defs[0].Kind != parser.AssignDef {
				return parser.NoNode
			}
			n = defs[0].Value
		default:
			return parser.NoNode
		}
	}
	return parser.NoNode
}

// format is "…{}…{name}…".format(…).
func (v *view) format(c *parser.Call, object parser.NodeID, depth int) (texts, bool) {
	pattern := v.textAt(object, depth-1)
	if pattern.nothing() {
		return texts{}, false
	}
	s := pattern.one()
	out, auto := constant(""), 0
	for {
		before, rest, found := strings.Cut(s, "{")
		out = out.then(texts{values: []string{strings.ReplaceAll(before, "}}", "}")}})
		if !found {
			break
		}
		if strings.HasPrefix(rest, "{") {
			out, s = out.then(constant("{")), rest[1:]
			continue
		}
		field, after, found := strings.Cut(rest, "}")
		if !found {
			break
		}
		s = after
		name := field[:len(field)-len(strings.TrimLeft(field, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"))]
		slot := unknownText
		position := -1
		switch {
		case name == "":
			position, auto = auto, auto+1
		case name[0] >= '0' && name[0] <= '9' && len(name) == 1:
			position = int(name[0] - '0')
		}
		if a, ok := v.Argument(c, name, position); ok && a.Spread == 0 && (position < 0 || a.Name == "") {
			slot = v.textAt(a.Value, depth-1)
		}
		slot.joined = slot.joined || slot.open()
		out = out.then(slot)
	}
	out.joined = out.joined || pattern.joined
	return out, true
}

// percent is "…%s…" % (…).
func (v *view) percent(left, right parser.NodeID, depth int) texts {
	pattern := v.textAt(left, depth-1)
	if pattern.nothing() {
		return texts{values: []string{hole}, param: v.ofParameter(right)}
	}
	var args []parser.NodeID
	right = v.Unwrap(right)
	switch v.Kind(right) {
	case parser.KindTuple, parser.KindList:
		for c := range v.Children(right) {
			args = append(args, c)
		}
	case parser.KindDict:
	default:
		args = []parser.NodeID{right}
	}
	s, out := pattern.one(), constant("")
	for {
		before, rest, found := strings.Cut(s, "%")
		out = out.then(texts{values: []string{before}})
		if !found || rest == "" {
			break
		}
		if rest[0] == '%' {
			out, s = out.then(constant("%")), rest[1:]
			continue
		}
		end := strings.IndexAny(rest, "sdrifxga")
		slot := unknownText
		switch {
		case rest[0] == '(':
			name, after, ok := strings.Cut(rest[1:], ")")
			if end = strings.IndexAny(after, "sdrifxga"); ok && end >= 0 {
				if value := v.Property(right, name); value != parser.NoNode {
					slot = v.textAt(value, depth-1)
				}
				end += len(name) + 2
			}
		case len(args) > 0:
			slot, args = v.textAt(args[0], depth-1), args[1:]
		}
		if end < 0 {
			out = out.then(texts{values: []string{"%" + rest}})
			break
		}
		slot.joined = slot.joined || slot.open()
		out, s = out.then(slot), rest[end+1:]
	}
	out.joined = out.joined || pattern.joined
	return out
}

// set is the words of a list.
func set(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}
