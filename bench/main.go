package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Options are what the command line asks for.
type Options struct {
	Server string // the binary; "" builds it
	Files  string // a glob; "" for generated files
	Lines  []int  // of the generated ones
	Tree   string // for check; "" for a generated one
	Peer   bool   // measure ruff as well, where there is one
	Only   []string
	Format string
	Detail bool
	Edits  int // per file, of valid and of broken text
	Starts int
	Open   int // files, for the memory that they take
	Soak   int // edits, for the memory that they leave behind
	Procs  int // threads of check
	Runs   int // of check
	// TreeFiles are the generated files of check.
	TreeFiles int
	Timeout   time.Duration
	Pause     time.Duration // before each keystroke
	Policies  bool          // those that come with qodacode hold
}

// Bench is one run of the program.
type Bench struct {
	Options
	dir       string // scratch, and the servers' workspace
	server    Server
	sources   []source
	generated bool
	report    *Report
	progress  func(format string, args ...any)
}

// source is a file to open.
type source struct {
	Name, Path string
	Language   Language
	Text       string
	Lines      int
}

func main() {
	err := run(os.Args[1:], os.Stdout, os.Stderr)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(1)
	}
}

func run(args []string, out, progress io.Writer) error {
	o, err := parseOptions(args, progress)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "qodacode-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return err
	}
	if o.Policies {
		if err := enablePolicies(dir); err != nil {
			return err
		}
	}
	b := &Bench{Options: o, dir: dir, generated: o.Files == "", progress: func(format string, args ...any) {
		fmt.Fprintf(progress, format+"\n", args...)
	}}
	b.report = &Report{Command: strings.Join(append([]string{"go run ./bench"}, args...), " "), Machine: machine()}
	if b.server, err = b.qodacode(); err != nil {
		return err
	}
	if b.sources, err = b.files(); err != nil {
		return err
	}
	for _, part := range parts {
		if len(o.Only) > 0 && !slices.Contains(o.Only, part.name) {
			continue
		}
		b.progress("%s …", part.name)
		if err := part.measure(b); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return b.report.Print(out, o.Format, o.Detail)
}

// parts are what can be measured, in order.
var parts = []struct {
	name    string
	measure func(*Bench) error
}{
	{"start", (*Bench).measureStart},
	{"type", (*Bench).measureTyping},
	{"ask", (*Bench).measureRequests},
	{"check", (*Bench).measureCheck},
	{"rules", (*Bench).measureRules},
	{"memory", (*Bench).measureMemory},
	{"soak", (*Bench).measureSoak},
}

func parseOptions(args []string, usage io.Writer) (Options, error) {
	var o Options
	var lines, only string
	var names []string
	for _, p := range parts {
		names = append(names, p.name)
	}
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(usage)
	f.StringVar(&o.Server, "server", "", "`binary` of qodacode (default: built from this module)")
	f.StringVar(&o.Files, "files", "", "real files to type in, a `glob` (default: generated ones)")
	f.StringVar(&lines, "lines", "200,1000,2000,10000", "`lengths` of the generated files")
	f.StringVar(&o.Tree, "tree", "", "`folder` to check (default: a generated one)")
	f.BoolVar(&o.Peer, "peer", true, "measure ruff server and semgrep too, where they are installed")
	f.StringVar(&only, "only", "", "`parts` to measure, of "+strings.Join(names, ","))
	f.StringVar(&o.Format, "format", "text", "text, markdown or json")
	f.BoolVar(&o.Detail, "detail", false, "a row for each place where is typed")
	f.IntVar(&o.Edits, "edits", 600, "keystrokes in each file, of valid and of broken text each")
	f.IntVar(&o.Starts, "starts", 20, "how often the server is started")
	f.IntVar(&o.Open, "open", 200, "how many files are opened for their memory")
	f.IntVar(&o.Soak, "soak", 10000, "how many keystrokes are made for the memory that they leave")
	f.IntVar(&o.Procs, "procs", 4, "threads of check")
	f.IntVar(&o.Runs, "runs", 7, "how often check runs")
	f.IntVar(&o.TreeFiles, "tree-files", 400, "how many generated files are checked")
	f.DurationVar(&o.Timeout, "timeout", 10*time.Second, "how long an answer may take")
	f.DurationVar(&o.Pause, "pause", 0, "how long the typist thinks before each keystroke")
	f.BoolVar(&o.Policies, "policies", false, "let the policies hold that come with qodacode; with a --pause they run between keystrokes")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		return o, fmt.Errorf("what is %q? All is given by flags; --help lists them", f.Arg(0))
	}
	if !slices.Contains([]string{"text", "markdown", "json"}, o.Format) {
		return o, fmt.Errorf("--format %s is unknown; take text, markdown or json", o.Format)
	}
	for n := range strings.SplitSeq(lines, ",") {
		count, err := strconv.Atoi(n)
		if err != nil || count < 100 {
			return o, fmt.Errorf("--lines %s: give numbers from 100, with commas between", lines)
		}
		o.Lines = append(o.Lines, count)
	}
	if only != "" {
		o.Only = strings.Split(only, ",")
		for _, name := range o.Only {
			if !slices.Contains(names, name) {
				return o, fmt.Errorf("--only %s is unknown; take some of %s", name, strings.Join(names, ","))
			}
		}
	}
	if min(o.Edits, o.Starts, o.Open, o.Soak, o.Procs, o.Runs, o.TreeFiles) < 1 {
		return o, errors.New("--edits, --starts, --open, --soak, --procs, --runs and --tree-files are numbers from 1")
	}
	return o, nil
}

// qodacode is the server to measure, built from the module unless it is given.
func (b *Bench) qodacode() (Server, error) {
	binary := b.Server
	if binary == "" {
		b.progress("build …")
		binary = filepath.Join(b.dir, "qodacode")
		if runtime.GOOS == "windows" {
			binary += ".exe"
		}
		out, err := exec.Command("go", "build", "-o", binary, "github.com/qodacode/qodacode").CombinedOutput()
		if err != nil {
			return Server{}, fmt.Errorf("go build failed; run bench in qodacode's module or give it a --server: %w\n%s", err, out)
		}
	}
	binary, err := filepath.Abs(binary)
	return Server{Name: "qodacode", Command: []string{binary, "lsp"}}, err
}

// with runs f in a session of its own and stops it.
func (b *Bench) with(server Server, f func(*Session) error) error {
	s, err := server.Start(b.dir, b.Timeout)
	if err != nil {
		return err
	}
	if err := f(s); err != nil {
		return errors.Join(err, s.Kill())
	}
	if err := s.Stop(); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}
