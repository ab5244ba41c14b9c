package render

import (
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// scene is the conditions that hold around the code of an example.
type scene struct {
	holds []intent.Condition
	// elsewhere is set when a condition says that it does not run in production.
	elsewhere bool
	// rate is that of its limiter, in requests per minute; "" for 60.
	rate string
	// noEnv is set where the conditions may not read the environment.
	noEnv bool
}

func (s scene) has(c intent.Condition) bool { return slices.Contains(s.holds, c) }

func (s scene) with(c intent.Condition) scene {
	return scene{append(slices.Clone(s.holds), c), s.elsewhere && c != intent.InProduction, s.rate, s.noEnv}
}

func (s scene) without(c intent.Condition) scene {
	holds := slices.DeleteFunc(slices.Clone(s.holds), func(x intent.Condition) bool {
		return x == c || c == intent.InLoop && x == intent.InUnboundedLoop
	})
	return scene{holds, s.elsewhere || c == intent.InProduction, s.rate, s.noEnv}
}

// snippet is code that does one thing, without what is around it.
type snippet struct {
	imports []string
	setup   []string // at the top of the file
	params  []string // of the function around
	lines   []string
}

// python puts a snippet into a scene.
func (s scene) python(c snippet) string {
	imports, body, depth := slices.Clone(c.imports), []string{}, 1
	var decorators []string
	name, params := "handle", slices.Clone(c.params)
	add := func(line string) { body = append(body, strings.Repeat("    ", depth)+line) }
	if s.has(intent.InTests) {
		imports, name = append(imports, "import pytest"), "test_handle"
	}
	if s.has(intent.InTool) {
		imports, decorators = append(imports, "from agents import function_tool"), append(decorators, "@function_tool")
	}
	if s.has(intent.WithRateLimit) {
		imports = append(imports, "from ratelimit import limits, sleep_and_retry")
		rate := s.rate
		if rate == "" {
			rate = "60"
		}
		decorators = append(decorators, "@sleep_and_retry", "@limits(calls="+rate+", period=60)")
	}
	if s.has(intent.InProduction) || s.elsewhere {
		variable := `os.environ["APP_ENV"]`
		if s.noEnv {
			imports, variable = append(imports, "from app import settings"), "settings.APP_ENV"
		} else {
			imports = append(imports, "import os")
		}
		sign := "=="
		if s.elsewhere {
			sign = "!="
		}
		add("if " + variable + " " + sign + ` "production":`)
		depth++
	}
	if s.has(intent.WithApproval) {
		add(`if input("Go ahead? [y/N] ") == "y":`)
		depth++
	}
	switch {
	case s.has(intent.InUnboundedLoop):
		add("while True:")
		depth++
	case s.has(intent.InLoop):
		params = append(params, "items")
		add("for item in items:")
		depth++
	}
	for _, line := range c.lines {
		add(line)
	}
	var b strings.Builder
	slices.Sort(imports)
	writeLines(&b, slices.Compact(imports))
	b.WriteString("\n")
	if len(c.setup) > 0 {
		writeLines(&b, c.setup)
		b.WriteString("\n")
	}
	b.WriteString("\n")
	writeLines(&b, decorators)
	b.WriteString("def " + name + "(" + strings.Join(params, ", ") + "):\n")
	writeLines(&b, body)
	return strings.TrimLeft(b.String(), "\n")
}

// script puts a snippet of TypeScript into a scene that holds neither tests, tools nor limiters.
func (s scene) script(c snippet) string {
	imports, body, depth := slices.Clone(c.imports), []string{}, 1
	params := slices.Clone(c.params)
	add := func(line string) { body = append(body, strings.Repeat("  ", depth)+line) }
	if s.has(intent.InProduction) {
		add(`if (process.env.NODE_ENV === "production") {`)
		depth++
	}
	switch {
	case s.has(intent.InUnboundedLoop):
		add("while (true) {")
		depth++
	case s.has(intent.InLoop):
		params = append(params, "items: string[]")
		add("for (const item of items) {")
		depth++
	}
	for _, line := range c.lines {
		add(line)
	}
	for ; depth > 1; depth-- {
		body = append(body, strings.Repeat("  ", depth-1)+"}")
	}
	var b strings.Builder
	slices.Sort(imports)
	writeLines(&b, slices.Compact(imports))
	b.WriteString("\n")
	if len(c.setup) > 0 {
		writeLines(&b, c.setup)
		b.WriteString("\n")
	}
	b.WriteString("export async function handle(" + strings.Join(params, ", ") + ") {\n")
	writeLines(&b, body)
	b.WriteString("}\n")
	return strings.TrimLeft(b.String(), "\n")
}

func writeLines(b *strings.Builder, lines []string) {
	for _, line := range lines {
		b.WriteString(line + "\n")
	}
}
