package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	o := options{}
	flag.IntVar(&o.seeds, "seeds", 8, "runs of each program")
	flag.IntVar(&o.parallel, "parallel", 3, "programs that run at once")
	flag.StringVar(&o.only, "only", "", "programs whose name contains this")
	flag.StringVar(&o.write, "write", "", "put the tables into this file, between its marks")
	flag.BoolVar(&o.adverse, "adverse", false, "models that cost as much as they may; only programs with a worst case, of which only that is told")
	flag.BoolVar(&o.detail, "detail", false, "print what each run did")
	flag.Parse()
	if err := measure(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench/cost:", err)
		os.Exit(1)
	}
}

type options struct {
	seeds, parallel int
	only, write     string
	detail, adverse bool
}

func measure(ctx context.Context, o options) error {
	root, err := repository(ctx)
	if err != nil {
		return err
	}
	sdks, err := install(ctx, root)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "qodacode-cost-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	programs, err := load(filepath.Join(root, "bench", "cost", "programs"), filepath.Join(work, "programs"), o.only)
	if err != nil {
		return err
	}
	binary := filepath.Join(work, "qodacode")
	if out, err := command(ctx, root, "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %v\n%s", err, out)
	}
	for _, p := range programs {
		if err := p.estimate(ctx, binary); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	if err := compile(ctx, filepath.Join(work, "programs"), sdks); err != nil {
		return err
	}
	if err := execute(ctx, programs, sdks, o); err != nil {
		return err
	}
	if o.adverse {
		return adverse(os.Stdout, programs)
	}
	r := summarize(programs)
	r.print(os.Stdout, o.detail)
	if o.write != "" {
		if err := r.into(o.write); err != nil {
			return err
		}
	}
	return r.verdict()
}

func command(ctx context.Context, folder, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = folder
	return c
}

func repository(ctx context.Context) (string, error) {
	out, err := command(ctx, "", "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("run it in the repository: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// kits are the folders that hold the SDKs.
type kits struct{ python, crewai, npm string }

func install(ctx context.Context, root string) (kits, error) {
	c := command(ctx, root, filepath.Join(root, "bench", "cost", "install.sh"))
	c.Stderr = os.Stderr
	out, err := c.Output()
	folders := strings.Fields(string(out))
	if err != nil || len(folders) != 2 {
		return kits{}, fmt.Errorf("install.sh: %v %q", err, out)
	}
	return kits{filepath.Join(folders[0], "python"), folders[1], filepath.Join(folders[0], "npm")}, nil
}
