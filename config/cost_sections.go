package config

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Limits of what a stranger's project may ask for.
const (
	maxPriceFiles = 8
	maxCostPaths  = 100
	maxModelID    = 256 // bytes
)

// costSections are the rows of [cost] whose values are more than a number or a word.
var costSections = []Key{
	{
		Name: "cost.unknown_model", Type: "silent, show or assume:ID", Default: quote("silent"), Scope: Workspace, preset: "silent",
		Doc: "What is done about calls whose model or price is not known. `silent`: nothing is shown beside them. `show`: that it is not known. " +
			"`assume:gpt-6-luna`: they are reckoned with the price of that model, and every figure says so.",
		set: func(c *Config, _ string, value any) error {
			v, ok := value.(string)
			if !ok {
				return wrongType("silent, show or assume:ID", value)
			}
			if id, ok := strings.CutPrefix(v, "assume:"); ok {
				if _, err := modelID(id); err != nil {
					return fmt.Errorf("write assume: with the id of a model: %w", err)
				}
			} else if v != "silent" && v != "show" {
				return errors.New("expected silent, show or assume:ID, got " + quote(v))
			}
			c.Cost.UnknownModel = v
			return nil
		},
	},
	{
		Name: "cost.prices", Type: "list of files and URLs", Default: "[]", Scope: Workspace,
		Doc: "Price files in the format of LiteLLM's `model_prices_and_context_window.json`. Their prices win over the built-in ones, later files " +
			"over earlier ones, and the project's over your own. A project names files in its own folder. Your own settings may name any file and " +
			"https URLs, of which `qodacode cost prices --update` keeps a copy; nothing else downloads them.",
		set: func(c *Config, _ string, value any) error {
			names, err := stringList(value)
			if err != nil {
				return err
			}
			if len(names) > maxPriceFiles {
				return fmt.Errorf("%d files; %d are read at most", len(names), maxPriceFiles)
			}
			files := make([]PriceFile, len(names))
			for i, name := range names {
				if files[i], err = c.from.priceFile(name); err != nil {
					return err
				}
			}
			c.Cost.Prices = append(slices.Clip(c.Cost.Prices), files...)
			return nil
		},
	},
	{
		Name: "cost.models.*", Type: "section with alias (model id) and discount (" + numberFrom(0, maxDiscount) + ")", Scope: Workspace, section: true,
		Doc: "What a model id that the code uses stands for: `[cost.models.\"internal/chat\"]` with `alias = \"gpt-6.1-terra\"`, the id of the model that answers, " +
			"and `discount = 0.2`, the share of every price that you do not pay.",
		set: func(c *Config, name string, value any) error {
			var m CostModel
			err := readSection(value, map[string]func(any) error{
				"alias":    func(v any) (err error) { m.Alias, err = modelID(v); return err },
				"discount": func(v any) (err error) { m.Discount, err = decimalOf(v, 0, maxDiscount); return err },
			})
			if err != nil {
				return err
			}
			if c.Cost.Models == nil {
				c.Cost.Models = map[string]CostModel{}
			}
			c.Cost.Models[name] = m
			return nil
		},
	},
	{
		Name: "cost.paths", Type: "sections with match (glob), runs_per_month (whole number; 0: as elsewhere) and batchable (boolean)", Scope: Workspace, section: true, listed: true,
		Doc: "How the files that a glob names are run; the first section that matches counts: `[[cost.paths]]` with `match = \"jobs/**\"`, `runs_per_month = 30`, and " +
			"`batchable = true` where nobody waits for the answers. Globs as in `check.exclude`. " + fmt.Sprintf("Up to %d sections count.", maxCostPaths),
		set: func(c *Config, _ string, value any) error {
			p := CostPath{from: c.from}
			matched := false
			err := readSection(value, map[string]func(any) error{
				"match": func(v any) (err error) {
					pattern, ok := v.(string)
					if !ok {
						return wrongType("a glob", v)
					}
					matched = true
					p.match, err = compileGlob(pattern)
					return err
				},
				"runs_per_month": func(v any) (err error) { p.RunsPerMonth, err = whole(v, 0, 1<<40); return err },
				"batchable": func(v any) (err error) {
					b, ok := v.(bool)
					if !ok {
						return wrongType("true or false", v)
					}
					p.Batchable = b
					return nil
				},
			})
			switch {
			case err != nil:
				return err
			case !matched:
				return errors.New("it has no match: write the glob of the files that it speaks of")
			}
			if len(c.Cost.Paths) > 0 && c.Cost.Paths[0].from != c.from {
				c.Cost.Paths = nil // the list of who wins, not a mixture
			}
			if len(c.Cost.Paths) < maxCostPaths {
				c.Cost.Paths = append(slices.Clip(c.Cost.Paths), p)
			}
			return nil
		},
	},
}

// maxDiscount keeps what is paid above nothing: $0.00 would look like a price that is not known.
const maxDiscount = 0.99

func modelID(value any) (string, error) {
	id, ok := value.(string)
	switch {
	case !ok:
		return "", wrongType("the id of a model", value)
	case id == "" || len(id) > maxModelID || strings.TrimSpace(id) != id:
		return "", errors.New("expected the id of a model, got " + quote(id))
	}
	return id, nil
}

// readSection hands the keys of a section to those who read them, in the order of their names.
func readSection(value any, known map[string]func(any) error) error {
	section, ok := value.(map[string]any)
	names := slices.Sorted(maps.Keys(known))
	if !ok {
		return wrongType("a section with "+strings.Join(names, ", "), value)
	}
	for _, name := range slices.Sorted(maps.Keys(section)) {
		read := known[name]
		if read == nil {
			return fieldError{name, errors.New("unknown key; " + Suggest(name, names, "known here: "+strings.Join(names, ", ")))}
		}
		if err := read(section[name]); err != nil {
			return fieldError{name, err}
		}
	}
	return nil
}

// priceFile finds out what a name in cost.prices means, given who wrote it.
func (o origin) priceFile(name string) (f PriceFile, err error) {
	f.Name = name
	switch {
	case !strings.Contains(name, "://"):
		f.Path, f.Within, err = o.file(name)
		return f, err
	case !o.byUser:
		return f, errors.New("a URL can only be set in user settings; a workspace file must not choose where to connect to")
	}
	u, err := url.Parse(name)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return f, errors.New("expected an https URL without a user and a password") // it may hold a secret
	}
	f.URL, u.RawQuery, u.Fragment = name, "", ""
	f.Name = u.String()
	return f, nil
}
