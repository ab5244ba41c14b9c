package cmd

import (
	"context"
	"fmt"
	"io"
	"iter"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/policy/endpoint"
	"github.com/qodacode/qodacode/analyzers/policy/generate"
	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/config"
	"github.com/qodacode/qodacode/lsp"
	"github.com/qodacode/qodacode/workspace"
)

func newLSP(env Env) *cobra.Command {
	var tcp string
	c := &cobra.Command{
		Use:   "lsp",
		Short: "Run the language server over standard input and output",
		Long: `Run the language server. Editors start it and speak the Language Server Protocol with it
over standard input and output. --tcp serves a debugger's connection instead, on the
loopback interface only.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			log := logger(env)
			prices := newPrices(env, log)
			prices.Patience = pricePatience
			engine := analyzers.New(analyzers.Options{Now: env.Now, Log: log, Threads: min(4, runtime.GOMAXPROCS(0)), Prices: prices.For})
			go engine.Warm() // beside the client's initialize
			debug.SetGCPercent(gcPercent)
			policies, sandbox := newPolicies(env)
			defer sandbox.Close()
			opts := lsp.Options{
				Engine:     engine,
				Version:    Version(),
				Log:        log,
				Now:        env.Now,
				UserConfig: config.UserFile(env.Getenv),
				Files:      projectFiles,
				Rules:      &sast.Sources{Log: log},
				Policies:   policies,
				Endpoint: func(cfg *config.Config) (*endpoint.Client, error) {
					return generate.Endpoint(cfg.Policy.Endpoint, env.Getenv)
				},
			}
			if tcp != "" {
				return lsp.Listen(c.Context(), tcp, opts)
			}
			if code := lsp.Serve(c.Context(), stdio{env.In, env.Out}, opts); code != exitOK {
				return exit(code)
			}
			return nil
		},
	}
	c.Flags().StringVar(&tcp, "tcp", "", "serve TCP connections to this loopback `address`, such as 127.0.0.1:7998, for debugging")
	// Several clients pass --stdio to every server; it names what is the default here.
	c.Flags().Bool("stdio", true, "speak over standard input and output (the default)")
	_ = c.Flags().MarkHidden("stdio")
	c.Flags().Int("clientProcessId", 0, "process of the editor (passed by some clients; initialize has it too)")
	_ = c.Flags().MarkHidden("clientProcessId")
	return c
}

// pricePatience is how long the first document waits for price files of several megabytes.
const pricePatience = 100 * time.Millisecond

// gcPercent trades a little time for memory: the server stays open all day beside an editor
// that needs the memory more, and its heap is small.
const gcPercent = 50

// projectFiles are the files of a folder that a check reads.
func projectFiles(ctx context.Context, folder string) iter.Seq[string] {
	return workspace.Files(ctx, folder, nil)
}

// stdio joins the two standard streams. Close ends the reader where it can be closed.
type stdio struct {
	io.Reader
	io.Writer
}

func (s stdio) Close() error {
	if c, ok := s.Reader.(io.Closer); ok {
		if err := c.Close(); err != nil {
			return fmt.Errorf("standard input: %w", err)
		}
	}
	return nil
}
