package cmd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/analyzers/pricing/fetch"
	"github.com/qodacode/qodacode/config"
)

// newCostPrices is the command below cost that tells where prices come from.
func newCostPrices(env Env) *cobra.Command {
	var update bool
	c := &cobra.Command{
		Use:   "prices",
		Short: "Show where prices come from; --update downloads those that your settings name",
		Long: `Show where prices come from in this folder, the sources that win last.

--update downloads the https URLs of cost.prices in your own settings and keeps a copy of each;
estimates read the copies. Nothing else in qodacode downloads anything. What is no price file, or
does not come, leaves the last copy as it is.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if update {
				return updatePrices(c.Context(), env, &fetch.Fetcher{Cache: priceCache(env), Now: env.Now})
			}
			return listPrices(env)
		},
	}
	c.Flags().BoolVar(&update, "update", false, "download the https URLs of your own settings")
	return c
}

// newPrices are the prices of configurations, as all commands have them.
func newPrices(env Env, log *slog.Logger) *pricing.Sources {
	return &pricing.Sources{Cache: priceCache(env), Log: log, Now: env.Now}
}

// priceCache is where copies of downloaded prices are kept: in the user's folder for caches,
// as os.UserCacheDir has it. "" when there is no such place.
func priceCache(env Env) string {
	home, fallback := env.Getenv("HOME"), ".cache"
	if runtime.GOOS == "darwin" {
		fallback = filepath.Join("Library", "Caches")
	}
	for _, dir := range []string{env.Getenv("XDG_CACHE_HOME"), env.Getenv("LocalAppData"), filepath.Join(home, fallback)} {
		if filepath.IsAbs(dir) {
			return filepath.Join(dir, "qodacode", "prices")
		}
	}
	return ""
}

// folderConfig is the configuration of the working directory, its problems with prices told.
func folderConfig(env Env) *config.Config {
	cfg, problems := config.NewLoader(config.UserFile(env.Getenv)).For(absolute(env.Dir, config.FileName))
	for _, p := range problems {
		fmt.Fprintln(env.Err, (&checkRun{env: env}).describe(p))
	}
	return cfg
}

func listPrices(env Env) error {
	cfg := folderConfig(env)
	sources := newPrices(env, nil) // its warnings stand in the list
	sources.For(cfg)
	fmt.Fprintf(env.Out, "%-10s  %7s  %s\n", "as of", "models", "source (later ones win)")
	for _, o := range sources.Of(cfg).Origins() {
		asOf, models := "-", "-"
		if !o.AsOf.IsZero() {
			asOf, models = o.AsOf.String(), pricing.Tokens(o.Models)
		}
		line := fmt.Sprintf("%-10s  %7s  %s", asOf, models, o.Name)
		if o.Dropped > 0 {
			line += fmt.Sprintf(", %s more without a usable price", pricing.Tokens(o.Dropped))
		}
		if o.Problem != "" {
			line += ": " + o.Problem
		}
		fmt.Fprintln(env.Out, line)
	}
	return nil
}

func updatePrices(ctx context.Context, env Env, f *fetch.Fetcher) error {
	if f.Cache == "" {
		return errors.New("there is no folder to keep copies in: set XDG_CACHE_HOME or HOME")
	}
	downloads, failed := 0, false
	for _, p := range folderConfig(env).Cost.Prices {
		if p.URL == "" {
			continue
		}
		downloads++
		fmt.Fprintf(env.Out, "downloading %s\n", p.Name)
		file, err := f.Update(ctx, p.URL)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			failed = true
			fmt.Fprintf(env.Err, "not updated: %v; what was kept stays\n", err)
		default:
			fmt.Fprintf(env.Out, "models: %s, entries without a usable price: %s, kept in %s\n",
				pricing.Tokens(file.Models()), pricing.Tokens(file.Dropped), pricing.CachePath(f.Cache, p.URL))
		}
	}
	switch {
	case downloads == 0:
		return fmt.Errorf("no URL is configured; add one to cost.prices in your own settings (%s), such as LiteLLM's model_prices_and_context_window.json", config.UserFile(env.Getenv))
	case failed:
		return exit(exitFindings)
	}
	return nil
}
