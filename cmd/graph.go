package cmd

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers/agents"
	"github.com/qodacode/qodacode/analyzers/agents/picture"
	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/config"
)

type graphFlags struct {
	format string
	output string
	config string
}

// pictures are the formats of qodacode graph.
var pictures = []struct {
	name  string
	write func(*picture.Document, io.Writer) error
}{
	{"text", (*picture.Document).Text},
	{"json", (*picture.Document).JSON},
	{"dot", (*picture.Document).DOT},
	{"mermaid", (*picture.Document).Mermaid},
	{"svg", (*picture.Document).SVG},
	{"png", (*picture.Document).PNG},
	{"html", (*picture.Document).HTML},
}

func newGraph(env Env) *cobra.Command {
	var flags graphFlags
	c := &cobra.Command{
		Use:   "graph [PATH...]",
		Short: "Show the agent graphs of a project: who calls whom, and who ends which loop",
		Long: `Show the agent graphs that the code of files and folders builds, of this folder when none is
named: agents, tools, routers, who leads to whom, and who ends which loop. The code is read, not
run. What it leaves open is listed.

  qodacode graph --format html --output graph.html   a page to look around in`,
		RunE: func(c *cobra.Command, args []string) error { return runGraph(c.Context(), env, flags, args) },
	}
	f := c.Flags()
	f.StringVar(&flags.format, "format", "", pictureNames()+" (default text, or by the ending of --output)")
	f.StringVarP(&flags.output, "output", "o", "", "write to this `file`")
	f.StringVar(&flags.config, "config", "", "use this configuration `file` instead of each file's nearest qodacode.toml")
	return c
}

func pictureNames() string {
	var names []string
	for _, p := range pictures {
		names = append(names, p.name)
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

func runGraph(ctx context.Context, env Env, flags graphFlags, args []string) error {
	write, err := flags.writer()
	if err != nil {
		return err
	}
	configs, err := newConfigs(env, flags.config)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"."}
	}
	document := &picture.Document{Version: 1, Graphs: []picture.Graph{}}
	seen := map[string]bool{}
	for _, arg := range args {
		project, err := readAround(ctx, absolute(env.Dir, arg), arg, false, configs)
		if err != nil {
			return err
		}
		found := project.picture(env, configs)
		for _, g := range found.Graphs {
			if key := fmt.Sprintf("%s:%d %s", g.Path, g.Line, g.ID); !seen[key] { // arguments may overlap
				seen[key] = true
				document.Graphs = append(document.Graphs, g)
			}
		}
	}
	if flags.output == "" {
		return write(document, env.Out)
	}
	var b bytes.Buffer
	if err := write(document, &b); err != nil {
		return err
	}
	if err := os.WriteFile(absolute(env.Dir, flags.output), b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("the picture cannot be written: %w", err)
	}
	return nil
}

func (f *graphFlags) writer() (func(*picture.Document, io.Writer) error, error) {
	name := f.format
	if name == "" {
		name = "text"
		for ending, format := range map[string]string{".mmd": "mermaid", ".gv": "dot"} {
			if strings.EqualFold(filepath.Ext(f.output), ending) {
				name = format
			}
		}
		for _, p := range pictures {
			if strings.EqualFold(filepath.Ext(f.output), "."+p.name) {
				name = p.name
			}
		}
	}
	for _, p := range pictures {
		if p.name == name {
			return p.write, nil
		}
	}
	return nil, fmt.Errorf("--format is %q; use %s", f.format, pictureNames())
}

// picture is the graphs of a folder, or those that the file builds that was asked for, with what
// their nodes cost. Paths are as the reader names them.
func (p *readProject) picture(env Env, configs *folderConfigs) *picture.Document {
	reading := p.reading()
	of := func(path string) *config.Config {
		return configs.config(filepath.Join(p.root, filepath.FromSlash(path)))
	}
	costs := estimate.NewProject(reading, estimate.Env{Prices: newPrices(env, logger(env)).For(of(config.FileName)), Now: env.Now()}, of)
	graphs := reading.Graphs
	if p.isFile {
		graphs = slices.DeleteFunc(slices.Clone(graphs), func(g *agents.Graph) bool { return g.Place.Path != p.named })
	}
	d := picture.New(graphs, func(path string) string { return relativeTo(env.Dir, filepath.Join(p.root, filepath.FromSlash(path))) })
	d.AddCosts(graphs, cost.OfNode(costs))
	return d
}
