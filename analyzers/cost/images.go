package cost

import (
	"fmt"
	"strings"

	"github.com/qodacode/qodacode/analyzers/estimate"
	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/analyzers/pricing"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

var detailedImages = &rule{file: imageDetail, Rule: diagnostics.Rule{
	ID: "COST-014", Title: "High-detail images in a loop", Family: "cost", Severity: diagnostics.Info, Since: "0.1.0", Languages: languages,
	Doc: `## What it does
Reports images that a loop sends to a model of OpenAI without ` + "`detail`" + `, or with ` + "`detail: \"high\"`" + `, where the difference comes to more than ` + "`cost.min_saving_per_month`" + `.

## Why is this bad?
Without ` + "`detail`" + ` a model looks at a large image in tiles: some 800 tokens each time. With ` + "`\"low\"`" + ` it takes a fixed number, 70 to 85 for most models, which is enough to say what an image shows. Small print, plans and charts need the detail.

## Example
` + "```python" + `
for url in urls:
    image = {"type": "image_url", "image_url": {"url": url}}
    openai.chat.completions.create(model="gpt-6.1-sol", messages=[{"role": "user", "content": [image]}], max_completion_tokens=100)
` + "```" + `
Ask for what the task needs:
` + "```python" + `
for url in urls:
    image = {"type": "image_url", "image_url": {"url": url, "detail": "low"}}
    openai.chat.completions.create(model="gpt-6.1-sol", messages=[{"role": "user", "content": [image]}], max_completion_tokens=100)
` + "```" + `
Where detail is needed, ` + "`# qodacode:ignore COST-014 -- reason`" + ` says so.
`,
}}

// imageDetail reports images in loops, once per place that makes one.
func imageDetail(p *pass) {
	var parts []imagePart
	told := map[parser.NodeID]bool{}
	for _, c := range p.Calls {
		s := c.Site
		if !loops(c) || s.Kind != llm.Request || c.Model == nil || c.Model.Provider != pricing.OpenAI {
			continue
		}
		if parts == nil {
			if parts = imagesOf(p.File); len(parts) == 0 || isTest(p.File) {
				return
			}
		}
		for _, part := range parts {
			if told[part.node] || !p.sends(c, part.node) {
				continue
			}
			told[part.node] = true
			d := diagnostics.Finding{Rule: "COST-014", Span: p.Span(part.node), Related: appendLoop(nil, p.File, s.Loop)}
			closely, glance := estimate.ImageTokens(c.Model.ID)
			if glance >= closely.Expected {
				continue // gpt-4o-mini
			}
			_, times := p.perRun(c)
			detail := "without detail"
			if part.detail != "" {
				detail = fmt.Sprintf("with detail %q", part.detail)
			}
			d.Message = fmt.Sprintf("Images %s in a loop of %s: ≈ %s tokens each, with detail \"low\" %s", detail, inRounds(times), estimate.FormatCount(closely.Expected), estimate.FormatCount(glance))
			if priced(c) && s.Platform == llm.Direct {
				perMonth, ok := p.worthIt((closely.Expected - glance) * times.Expected * c.Model.PriceAt(p.Now).Input / 1e6)
				if !ok {
					continue
				}
				d.Message += "; that " + p.saves(perMonth)
			}
			p.Report(d)
		}
	}
}

// imagePart is a dictionary that is an image in a prompt.
type imagePart struct {
	node   parser.NodeID
	detail string // "", auto, high, original
}

// imagesOf are the images that f writes in OpenAI's formats, but for those with low detail.
func imagesOf(f *parser.File) []imagePart {
	if !strings.Contains(f.Text.String(), "image") {
		return nil
	}
	var out []imagePart
	for i := range f.Nodes {
		n := parser.NodeID(i)
		if f.Kind(n) != parser.KindDict {
			continue
		}
		kind := f.Property(n, "type")
		if kind == parser.NoNode {
			continue
		}
		holder := n
		switch v := f.Eval(kind); v.Str {
		case "input_image":
		case "image_url":
			if holder = f.Unwrap(f.Property(n, "image_url")); f.Kind(holder) != parser.KindDict {
				continue // the program says elsewhere
			}
		default:
			continue
		}
		detail, known := detailOf(f, holder)
		if known && detail != "low" {
			out = append(out, imagePart{n, detail})
		}
	}
	return out
}

// detailOf is what a dictionary says of the detail; false where it does not show.
func detailOf(f *parser.File, n parser.NodeID) (string, bool) {
	for c := range f.Children(n) {
		if k := f.Kind(c); k == parser.KindSpread || k == parser.KindDictSpread || k == parser.KindShorthand && f.Slice(c) == "detail" {
			return "", false
		}
	}
	value := f.Property(n, "detail")
	if value == parser.NoNode {
		return "", true
	}
	v := f.Eval(value)
	return v.Str, v.Kind == parser.String && !v.Default
}

// sends reports whether an image is a part of what a call asks: it stands in the call, in the
// code before it in the same function, or in a function that builds the prompt.
func (p *pass) sends(c *estimate.Call, image parser.NodeID) bool {
	s := c.Site
	if p.Within(image, s.Call.Node) {
		return true
	}
	if c.Prompt.Images == 0 {
		return false
	}
	own, of := p.EnclosingFunc(s.Call.Node), p.EnclosingFunc(image)
	if own == of {
		for _, other := range p.Calls {
			if other.Site.Call != s.Call && p.Within(image, other.Site.Call.Node) {
				return false
			}
		}
		return image < s.Call.Node
	}
	if of == nil || of.Name == "" || own == nil {
		return false
	}
	for _, at := range p.around().callersOf(of) {
		if p.Within(at, own.Node) {
			return true
		}
	}
	return false
}
