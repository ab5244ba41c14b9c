package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
	"github.com/qodacode/qodacode/workspace"
)

func newDoctor(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Show what qodacode is, what it reads here, and what is wrong with it",
		Long:  "Show what qodacode is, which configuration it reads in this folder, and whether its parts work. Its output holds no code and no secrets: paste it into a bug report.",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return doctor(c.Context(), env) },
	}
}

// probe is a text in which the parser, the table of SDKs and the prices must meet to find something.
const probe = "import os\nfrom openai import OpenAI\n\nOpenAI().chat.completions.create(model=\"gpt-4-turbo\", messages=[])\n"

func doctor(ctx context.Context, env Env) error {
	healthy := true
	row := func(name, format string, args ...any) {
		fmt.Fprintf(env.Out, "%-14s %s\n", name, fmt.Sprintf(format, args...))
	}
	bad := func(name, format string, args ...any) {
		healthy = false
		row(name, "PROBLEM: "+format, args...)
	}
	row("qodacode", "%s, %s %s/%s, %d processors", Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0))
	if self, err := os.Executable(); err == nil {
		row("binary", "%s", self)
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" || s.Key == "CGO_ENABLED" {
				row(s.Key, "%s", s.Value)
			}
		}
	}
	row("folder", "%s", env.Dir)
	doctorConfig(env, row, bad)
	doctorEngine(ctx, env, row, bad)
	doctorPolicies(ctx, env, row, bad)
	files, started := 0, env.Now()
	for range workspace.Files(ctx, env.Dir, nil) {
		files++
	}
	row("project", "%d files to read below this folder (listed in %v)", files, env.Now().Sub(started).Round(time.Millisecond))
	if !healthy {
		return exit(exitFindings)
	}
	row("verdict", "all is well")
	return nil
}

type line func(name, format string, args ...any)

func doctorConfig(env Env, row, bad line) {
	if user := config.UserFile(env.Getenv); user != "" {
		state := "absent, which is fine"
		if _, err := os.Stat(user); err == nil {
			state = "read"
		} else if !errors.Is(err, os.ErrNotExist) {
			state = err.Error()
		}
		row("user config", "%s (%s)", user, state)
	}
	cfg, problems := config.NewLoader(config.UserFile(env.Getenv)).For(absolute(env.Dir, "x"))
	if cfg.Path == "" {
		row("config", "no %s here or above: defaults", config.FileName)
	} else {
		row("config", "%s", cfg.Path)
	}
	for _, p := range problems {
		bad("config", "%s", (&checkRun{env: env}).describe(p))
	}
}

func doctorEngine(ctx context.Context, env Env, row, bad line) {
	engine := analyzers.New(analyzers.Options{Now: env.Now, Log: logger(env)})
	row("rules", "%d", len(engine.Rules().Rules()))
	row("prices", "as of %s", pricing.Builtin().AsOf)
	started := env.Now()
	a, err := engine.Analyze(ctx, parser.Parse("probe.py", "", text.New(probe)), analyzers.Around{Config: config.Default()}, nil)
	switch {
	case err != nil:
		bad("engine", "%v", err)
	case len(a.Findings) == 0:
		bad("engine", "finds nothing in a text that has a retired model; please report it")
	default:
		row("engine", "works (%v for a first file)", env.Now().Sub(started).Round(time.Millisecond))
	}
}

// doctorPolicies starts the process in which policies run.
func doctorPolicies(ctx context.Context, env Env, row, bad line) {
	host, sandbox := newPolicies(env)
	defer sandbox.Close()
	started := env.Now()
	const probe = "package probe\n\ndeny contains {\"msg\": c.id} if some c in input.calls\n"
	if out, err := sandbox.Format(ctx, "probe.rego", probe); err != nil || out != probe {
		bad("policies", "the process in which they run does not answer (%v)", err)
		return
	}
	held := 0
	if set, err := policiesHere(env, host); err == nil && set != nil {
		if loaded, err := set.Load(ctx); err == nil {
			held = len(loaded.Policies)
		}
	}
	row("policies", "%d hold in this folder; their process answers after %v", held, env.Now().Sub(started).Round(time.Millisecond))
}
