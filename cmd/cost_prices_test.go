package cmd

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/qodacode/qodacode/analyzers/pricing/fetch"
)

// homeEnv is an environment with a home folder of its own, and what commands print.
func homeEnv(t *testing.T, dir string) (env Env, out, errs *bytes.Buffer) {
	t.Helper()
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	home := t.TempDir()
	return Env{In: strings.NewReader(""), Out: out, Err: errs, Dir: dir, Now: func() time.Time { return today }, Getenv: func(name string) string {
		return map[string]string{"HOME": home}[name]
	}}, out, errs
}

// userSettings writes the user's own configuration.
func userSettings(t *testing.T, env Env, src string) {
	t.Helper()
	path := filepath.Join(env.Getenv("HOME"), ".config", "qodacode", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestCostPrices(t *testing.T) {
	served := `{"mine": {"input_cost_per_token": 2e-6, "output_cost_per_token": 1e-5}, "image": {"mode": "image_generation"}}`
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, served) }))
	defer server.Close()
	dir := write(t, map[string]string{"qodacode.toml": "[cost]\nprices = ['own.json', 'absent.json']\n",
		"own.json": `{"gpt-4o": {"input_cost_per_token": 1e-6, "output_cost_per_token": 1e-5}}`})
	env, out, errs := homeEnv(t, dir)
	userSettings(t, env, "cost.prices = ['"+server.URL+"/prices.json?token=secret']")

	list := func() string {
		out.Reset()
		errs.Reset()
		if code := Main([]string{"cost", "prices"}, env); code != exitOK {
			t.Errorf("exit %d: %s", code, errs)
		}
		return out.String()
	}
	if got := list(); !strings.Contains(got, "/prices.json: there is no copy yet; run `qodacode cost prices --update`") || strings.Contains(got, "secret") {
		t.Errorf("before the download:\n%s", got)
	}
	update := func() error {
		out.Reset()
		errs.Reset()
		return updatePrices(context.Background(), env, &fetch.Fetcher{Cache: priceCache(env), Now: env.Now, Transport: server.Client().Transport})
	}
	if err := update(); err != nil || !strings.Contains(out.String(), "models: 1, entries without a usable price: 1, kept in "+priceCache(env)) {
		t.Errorf("update: %v\n%s%s", err, out, errs)
	}
	served = "<html>moved</html>"
	if err := update(); err != exit(exitFindings) || errs.String() != "not updated: what came is no price file: it is not a JSON object of models; what was kept stays\n" {
		t.Errorf("bad update: %v\n%s%s", err, out, errs)
	}
	got := list()
	for _, want := range []string{"2026-08-31    1,", "2026-11-22       71  providers' price pages (built in)\n", "2026-11-22        1  " + server.URL + "/prices.json, 1 more without a usable price\n", "  1  own.json\n", "-                 -  absent.json: no such file or directory\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "secret") || errs.Len() > 0 {
		t.Errorf("%s%s", got, errs)
	}
}

// Nothing is downloaded that the user's own settings do not name.
func TestCostPricesUpdateWithoutURL(t *testing.T) {
	dir := write(t, map[string]string{"qodacode.toml": "[cost]\nprices = ['https://example.com/p.json']\n"})
	env, out, errs := homeEnv(t, dir)
	if code := Main([]string{"cost", "prices", "--update"}, env); code != exitUsage || out.Len() > 0 || !strings.Contains(errs.String(), "no URL is configured") ||
		!strings.Contains(errs.String(), "qodacode.toml:2:10: cost.prices: a URL can only be set in user settings") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

// The same prices hold on the command line and in what the engine finds.
func TestCostUsesThePricesOfTheProject(t *testing.T) {
	dir := write(t, map[string]string{
		"qodacode.toml": "[cost]\nprices = ['own.json']\n",
		"own.json":      `{"house-model": {"input_cost_per_token": 1e-6, "output_cost_per_token": 1e-5, "max_input_tokens": 1000, "max_output_tokens": 1000}}`,
		"a.py":          "from openai import OpenAI\n\nOpenAI().chat.completions.create(model=\"house-model\", messages=[])\n",
	})
	if out, errs, code := run(t, dir, "check"); code != exitOK || !strings.Contains(out, "a request to house-model is expected to cost ≈ $0.0050") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if out, errs, code := run(t, dir, "cost", "--format", "json"); code != exitOK || !strings.Contains(out, `"house-model"`) || strings.Contains(out, `"expected":0}`) {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}
