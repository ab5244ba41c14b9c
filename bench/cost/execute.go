package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/bench/cost/fake"
)

// patience is how long a program may run.
const patience = 3 * time.Minute

// patienceAdverse is how many requests an adverse model answers.
const patienceAdverse = 60

// compile makes JavaScript of the programs in TypeScript, checked by its compiler.
func compile(ctx context.Context, folder string, sdks kits) error {
	files, err := filepath.Glob(filepath.Join(folder, "*", "main.ts"))
	if err != nil || len(files) == 0 {
		return err
	}
	if err := os.Symlink(filepath.Join(sdks.npm, "node_modules"), filepath.Join(folder, "node_modules")); err != nil {
		return err
	}
	config := `{"compilerOptions": {"strict": true, "rootDir": ".", "skipLibCheck": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022", "types": ["node"]}, "include": ["*/*.ts"]}`
	for name, text := range map[string]string{"tsconfig.json": config, "package.json": `{"type": "module"}`} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	if out, err := command(ctx, folder, filepath.Join(sdks.npm, "node_modules", ".bin", "tsc"), "--pretty", "false").CombinedOutput(); err != nil {
		return fmt.Errorf("tsc: %w\n%s", err, out)
	}
	return nil
}

// execute runs all programs, once per seed.
func execute(ctx context.Context, programs []*program, sdks kits, o options) error {
	byRun := map[string]*fake.Script{}
	type job struct {
		*program
		seed int
		run  string
	}
	var jobs []job
	for _, p := range programs {
		if o.adverse && p.estimated.worst == nil {
			continue
		}
		p.runs = make([]result, o.seeds)
		for seed := range o.seeds {
			s := fake.Script{Rules: p.script.Rules, Seed: uint64(seed) + 1, Adverse: o.adverse}
			if err := s.Compile(); err != nil {
				return err
			}
			run := fmt.Sprintf("%s-%d", p.name, seed)
			byRun[run] = &s
			jobs = append(jobs, job{p, seed, run})
		}
	}
	endpoint := &fake.Endpoint{Prices: pricing.Builtin(), Now: time.Now(), Model: func(run string) fake.Model {
		if s := byRun[run]; s != nil {
			return s
		}
		return &fake.Script{}
	}}
	if o.adverse {
		endpoint.Limit = patienceAdverse
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: endpoint}
	go server.Serve(listener)
	defer server.Close()

	var wait sync.WaitGroup
	places := make(chan struct{}, o.parallel)
	for _, j := range jobs {
		wait.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			output, err := j.start(ctx, sdks, "http://"+listener.Addr().String()+"/"+j.run)
			j.runs[j.seed] = resultOf(endpoint.Run(j.run), output, err)
		})
	}
	wait.Wait()
	return ctx.Err()
}

// start runs a program with an endpoint, and returns what it printed.
func (p *program) start(ctx context.Context, sdks kits, url string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var c *exec.Cmd
	switch {
	case p.main == "main.ts":
		c = command(ctx, p.folder, "node", "main.js")
	case strings.HasPrefix(p.name, "crew_"):
		c = command(ctx, p.folder, filepath.Join(sdks.crewai, "bin", "python"), "main.py")
	default:
		c = command(ctx, p.folder, filepath.Join(sdks.python, "bin", "python"), "main.py")
	}
	c.Args = append(c.Args, p.script.Args...)
	c.Stdin = strings.NewReader(p.script.Stdin)
	c.Env = append(os.Environ(),
		"OPENAI_API_KEY=none", "OPENAI_BASE_URL="+url+"/v1", "OPENAI_API_BASE="+url+"/v1",
		"ANTHROPIC_API_KEY=none", "ANTHROPIC_BASE_URL="+anthropicURL(p, url), "ANTHROPIC_API_URL="+url,
		"NO_PROXY=*", "no_proxy=*", "PYTHONDONTWRITEBYTECODE=1", "PYTHONWARNINGS=ignore",
		// What the SDKs would report to their makers stays here.
		"OPENAI_AGENTS_DISABLE_TRACING=1", "LANGSMITH_TRACING=false", "LITELLM_LOCAL_MODEL_COST_MAP=True",
		"CREWAI_DISABLE_TELEMETRY=true", "CREWAI_TRACING_ENABLED=false", "OTEL_SDK_DISABLED=true", "CREWAI_STORAGE_DIR="+filepath.Base(p.folder), "TOKENIZERS_PARALLELISM=false",
	)
	out, err := c.CombinedOutput()
	return string(out), err
}

// anthropicURL is where the SDK finds Anthropic: the AI SDK's provider wants the version in it.
func anthropicURL(p *program, url string) string {
	if strings.HasPrefix(p.name, "ai_") {
		return url + "/v1"
	}
	return url
}
