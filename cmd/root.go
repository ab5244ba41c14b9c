// Package cmd is the command line: a file per command, which parses flags, asks the engine
// and prints.
package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// Exit codes of all commands.
const (
	exitOK       = 0
	exitFindings = 1
	exitUsage    = 2 // wrong usage or configuration
)

// Env is what a command has of the world; tests make their own.
type Env struct {
	In          io.Reader
	Out, Err    io.Writer
	Dir         string // working directory, absolute
	Getenv      func(string) string
	Now         func() time.Time
	OutTerminal bool // Out is a terminal
	ErrTerminal bool
	Width       int // columns of the terminal; 0: unknown
}

// System is the environment of the process.
func System() Env {
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	env := Env{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Dir: dir, Getenv: os.Getenv, Now: time.Now,
		OutTerminal: term.IsTerminal(int(os.Stdout.Fd())), ErrTerminal: term.IsTerminal(int(os.Stderr.Fd()))}
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		env.Width = width
	}
	return env
}

// exit is an error that only carries an exit code; what there is to say has been said.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// Main runs the command that args name and returns the exit code.
func Main(args []string, env Env) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	root := newRoot(env)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var code exit
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(env.Err, "interrupted")
		return 130 // 128 + SIGINT, as shells have it
	}
	fmt.Fprintf(env.Err, "qodacode: %s\n", err)
	return exitUsage
}

func newRoot(env Env) *cobra.Command {
	root := &cobra.Command{
		Use:   "qodacode",
		Short: "Reads the code of AI agents: is it safe, is it sound, what does it cost, is it allowed?",
		Long: `qodacode reads Python and TypeScript agent code as you type and answers where the code stands:
is it safe, is it sound, what does it cost, is it allowed?

Start with:  qodacode check           findings of the project in this folder
             qodacode lsp             the language server; your editor starts it
             qodacode rules COST-009  what a rule does, why, and how to fix it`,
		Version:       Version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(env.In)
	root.SetOut(env.Out)
	root.SetErr(env.Err)
	root.SetVersionTemplate("qodacode {{.Version}}\n")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w; `%s --help` lists the flags", err, c.CommandPath())
	})
	root.AddCommand(newCheck(env), newGraph(env), newCost(env), newLSP(env), newRules(env), newPolicy(env), newDoctor(env))
	return root
}

// Version is the version of the module, or of the commit, that the binary was built from.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return development
	}
	return info.Main.Version
}

// development is the version of builds from a working copy.
const development = "0.1.0-dev"

// logger writes what concerns the operator to stderr.
func logger(env Env) *slog.Logger {
	return slog.New(slog.NewTextHandler(env.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
