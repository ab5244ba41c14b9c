package codeactions

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// importModule makes a Python module usable at use, and answers what it is called there. It
// takes an import that is there already, or adds one to the file's imports.
//
// member is the one name of the module that is wanted: from os import environ serves as
// well, and then the answer is that name's alone. It is not ok when the file uses the
// module's name for something else.
func (d *draft) importModule(module, member string, use parser.NodeID) (name string, ok bool) {
	for i := range d.Imports {
		imp := &d.Imports[i]
		if imp.Module != module || imp.TypeOnly || imp.Dynamic || !d.visible(imp, use) {
			continue
		}
		switch imp.Name {
		case "":
			return imp.Alias + "." + member, true
		case member:
			return imp.Alias, true
		}
	}
	for i := range d.Defs {
		if d.Defs[i].Name == module && d.Defs[i].Kind != parser.ImportDef {
			return "", false
		}
	}
	if sectionOf(module) == standardSection {
		d.insertImport(module, use)
	} else {
		d.newPythonImport(wanted{module: module, use: use})
	}
	return module + "." + member, true
}

// visible reports whether what imp binds can be used at use: its scope is around use, and it
// runs before it.
func (d *draft) visible(imp *parser.Import, use parser.NodeID) bool {
	for s := d.ScopeAt(use); s >= 0; s = d.Scopes[s].Parent {
		if s != imp.Scope {
			continue
		}
		return imp.Node < use || d.EnclosingFunc(use) != nil && d.Parent(imp.Node) == 0 && imp.Scope == 0
	}
	return false
}

// insertImport adds `import module` where the file's style has it: sorted among the plain
// imports of the first group if that is the standard library's, else as a group of its own;
// in a file without imports, behind the docstring.
func (d *draft) insertImport(module string, use parser.NodeID) {
	eol, line := d.Text.EOL(), "import "+module
	before, group := d.importBlock()
	if len(group) == 0 || d.EnclosingFunc(use) == nil && group[0] > use {
		if above := d.Text.LineOf(before) - 1; above >= 0 && strings.TrimSpace(d.Text.Slice(d.Text.Line(above))) != "" {
			line = eol + line
		}
		d.insert(before, line+eol+eol)
		if next := d.Text.Slice(d.Text.Line(d.Text.LineOf(before))); strings.HasPrefix(next, "def ") || strings.HasPrefix(next, "class ") ||
			strings.HasPrefix(next, "async ") || strings.HasPrefix(next, "@") {
			d.insert(before, eol)
		}
		return
	}
	if !d.isStandard(group[0]) {
		d.insert(d.lineStart(group[0]), line+eol+eol)
		return
	}
	at := group[0]
	for _, statement := range group {
		if d.Kind(statement) != parser.KindImport {
			break
		}
		if d.firstModule(statement) > module {
			d.insert(d.lineStart(statement), line+eol)
			return
		}
		at = statement
	}
	if d.Kind(at) != parser.KindImport { // the group has from-imports only: they come last
		d.insert(d.lineStart(at), line+eol)
		return
	}
	d.insertAfterLine(at, line)
}

// importBlock is where a first import may stand, behind the docstring and the imports from
// __future__, and the first group of other imports at the top level.
func (d *draft) importBlock() (before int, group []parser.NodeID) {
	before = -1
	for n := range d.Children(0) {
		isImport := d.Kind(n) == parser.KindImport || d.Kind(n) == parser.KindImportFrom
		docstring := d.Kind(n) == parser.KindExpressionStatement && d.Kind(d.FirstChild(n)) == parser.KindString
		switch {
		case before < 0 && (docstring || d.KindName(n) == "future_import_statement"):
			continue
		case before < 0:
			before = d.lineStart(n)
		}
		if len(group) > 0 && (!isImport || d.gap(group[len(group)-1], n)) {
			break
		}
		if isImport {
			group = append(group, n)
		}
	}
	if before < 0 {
		before = d.Text.Len()
	}
	return before, group
}

// gap reports whether an empty line stands between two statements.
func (d *draft) gap(a, b parser.NodeID) bool {
	for line := d.Text.LineOf(d.Span(a).End) + 1; line < d.Text.LineOf(d.Span(b).Start); line++ {
		if strings.TrimSpace(d.Text.Slice(d.Text.Line(line))) == "" {
			return true
		}
	}
	return false
}

// lineStart is where a line may be put in front of the one that n begins on.
func (d *draft) lineStart(n parser.NodeID) int {
	start := d.Text.FullLine(d.Text.LineOf(d.Span(n).Start)).Start
	if start == 0 && strings.HasPrefix(d.Text.String(), "\ufeff") {
		return len("\ufeff") // a byte order mark stays first
	}
	return start
}

// insertAfterLine puts a line behind the one that n ends on.
func (d *draft) insertAfterLine(n parser.NodeID, line string) {
	last := d.Text.LineOf(d.Span(n).End)
	at := d.Text.FullLine(last)
	if last+1 == d.Text.Lines() { // the last line has no end
		d.insert(at.End, d.Text.EOL()+line)
		return
	}
	d.insert(at.End, line+d.Text.EOL())
}

// firstModule is a in import a, b and in from a import b.
func (d *draft) firstModule(statement parser.NodeID) string {
	for i := range d.Imports {
		if d.Imports[i].Node == statement {
			return d.Imports[i].Module
		}
	}
	return ""
}

// isStandard reports whether an import statement takes from Python's standard library.
func (d *draft) isStandard(statement parser.NodeID) bool {
	root, _, _ := strings.Cut(d.firstModule(statement), ".")
	_, found := slices.BinarySearch(standardLibrary, root)
	return found
}

// standardLibrary are the modules of Python 3.13 that programs import, sorted.
var standardLibrary = strings.Fields(`abc argparse array ast asyncio atexit base64 bisect builtins bz2 calendar cmath cmd
code codecs collections colorsys concurrent configparser contextlib contextvars copy copyreg csv ctypes curses dataclasses
datetime decimal difflib dis doctest email enum errno fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt
getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib importlib inspect io ipaddress itertools json
keyword linecache locale logging lzma mailbox marshal math mimetypes mmap multiprocessing netrc numbers operator optparse os
pathlib pdb pickle pkgutil platform plistlib poplib pprint profile pstats pty pwd py_compile queue quopri random re readline
reprlib resource runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3
ssl stat statistics string stringprep struct subprocess symtable sys sysconfig syslog tarfile tempfile termios textwrap
threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle types typing unicodedata
unittest urllib uuid venv warnings wave weakref webbrowser winreg wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo`)
