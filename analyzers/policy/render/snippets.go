package render

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// variant is what a snippet does different from what the intent is about.
type variant struct {
	op      string  // the operation; "": that of the intent
	name    string  // the name; "": that of the intent
	noOp    bool    // the operation cannot be read
	noName  bool    // the name cannot be read
	safe    bool    // what is required is there
	value   float64 // of the quantity of a limit
	unset   bool    // the quantity is not set
	unclear bool    // the quantity, or what is required, cannot be read
	plain   bool    // without interpolation, without a shell
	hidden  bool    // there are settings that cannot be read
}

// statements are SQL by verb; T stands for the table.
var statements = map[string]string{
	"select": "SELECT id FROM T WHERE id = 1", "insert": "INSERT INTO T (id) VALUES (1)", "update": "UPDATE T SET done = 1 WHERE id = 1",
	"delete": "DELETE FROM T WHERE id = 1", "merge": "MERGE INTO T USING (VALUES (1)) AS s (id) ON T.id = s.id WHEN MATCHED THEN DELETE",
	"truncate": "TRUNCATE TABLE T", "drop": "DROP TABLE T", "alter": "ALTER TABLE T ADD COLUMN note TEXT",
	"create": "CREATE TABLE T (id INTEGER)", "grant": "GRANT SELECT ON T TO reader",
}

var tablePlace = regexp.MustCompile(`\bT\b`)

// statement is SQL that does op to a table.
func statement(op, table string) string {
	return tablePlace.ReplaceAllLiteralString(statements[op], table)
}

// python is a snippet of Python that does what the intent is about, but for the variant.
func python(in intent.Intent, v variant) snippet {
	op, name := v.op, v.name
	if op == "" {
		op = firstOp(in)
	}
	if name == "" {
		name = subjectName(in)
	}
	q := func(s string) string { return quote(s) }
	switch in.Subject {
	case intent.SQL:
		c := snippet{imports: []string{"import sqlite3"}, setup: []string{`db = sqlite3.connect("app.db")`}}
		text := statement(op, name)
		if in.Need == intent.Where && !v.safe {
			text, _, _ = strings.Cut(text, " WHERE")
		}
		switch {
		case v.noOp:
			c.params, c.lines = []string{"statement"}, []string{"db.execute(statement)"}
			if slices.Contains(in.When, intent.Interpolated) && !v.plain {
				c.params, c.lines = []string{"statement", "value"}, []string{`db.execute(f"{statement} {value}")`}
			}
		case v.noName:
			c.params = []string{"table"}
			c.lines = []string{"db.execute(f" + q(statement(op, "{table}")) + ")"}
		case v.unclear:
			c.params = []string{"condition"}
			c.lines = []string{"db.execute(f" + q(text+" {condition}") + ")"}
		case slices.Contains(in.When, intent.Interpolated) && !v.plain:
			c.params = []string{"value"}
			if before, _, ok := strings.Cut(text, "= 1"); ok {
				text = before + "= {value}"
			} else {
				text += " {value}"
			}
			c.lines = []string{"db.execute(f" + q(text) + ")"}
		default:
			c.lines = []string{"db.execute(" + q(text) + ")"}
		}
		return c
	case intent.HTTP:
		c := snippet{imports: []string{"import requests"}}
		scheme := "https"
		if in.Need == intent.HTTPS && !v.safe {
			scheme = "http"
		}
		url := q(scheme + "://" + name + "/v1/items")
		if v.noName || v.unclear {
			c.params, url = []string{"url"}, "url"
		}
		call := "requests." + strings.ToLower(op) + "(" + url
		if v.noOp {
			c.params = append(c.params, "method")
			call = "requests.request(method, " + url
		}
		c.lines = []string{call + ", timeout=10)"}
		return c
	case intent.File:
		return pythonFile(op, name, v)
	case intent.Shell:
		c := snippet{imports: []string{"import subprocess"}}
		switch {
		case v.noName:
			c.params, c.lines = []string{"command"}, []string{"subprocess.run([command])"}
			if slices.Contains(in.When, intent.ViaShell) && !v.plain {
				c.lines = []string{"subprocess.run(command, shell=True)"}
			}
		case slices.Contains(in.When, intent.ViaShell) && !v.plain:
			c.lines = []string{"subprocess.run(" + q(name+" build") + ", shell=True)"}
		default:
			c.lines = []string{"subprocess.run([" + q(name) + `, "build"])`}
		}
		return c
	case intent.Env:
		c := snippet{imports: []string{"import os"}}
		key := q(name)
		if v.noName {
			c.params, key = []string{"name"}, "name"
		}
		c.lines = []string{"print(os.environ[" + key + "])"}
		if op == "write" {
			c.lines = []string{"os.environ[" + key + `] = "1"`}
		}
		return c
	case intent.LLM, intent.Model:
		return pythonLLM(in, name, v)
	case intent.Call:
		c := snippet{params: []string{"data"}, lines: []string{name + "(data)"}}
		if i := strings.LastIndexByte(name, '.'); i > 0 {
			c.imports = []string{"import " + name[:i]}
		}
		return c
	}
	return snippet{}
}

func pythonFile(op, name string, v variant) snippet {
	path, c := quote(name), snippet{}
	if v.noName {
		path, c.params = "path", []string{"path"}
	}
	switch op {
	case "read":
		c.lines = []string{"with open(" + path + ") as f:", "    print(f.read())"}
	case "write", "append":
		c.lines = []string{"with open(" + path + ", " + quote(op[:1]) + ") as f:", `    f.write("done")`}
	case "list":
		c.imports, c.lines = []string{"import os"}, []string{"print(os.listdir(" + path + "))"}
	case "chmod":
		c.imports, c.lines = []string{"import os"}, []string{"os.chmod(" + path + ", 0o644)"}
	case "exec":
		c.imports, c.lines = []string{"import runpy"}, []string{"runpy.run_path(" + path + ")"}
	default:
		c.imports, c.lines = []string{"import os"}, []string{"os.remove(" + path + ")"}
	}
	return c
}

// pythonLLM is a request to a language model.
func pythonLLM(in intent.Intent, name string, v variant) snippet {
	provider, model := "openai", `"gpt-4o-mini"`
	c := snippet{}
	var client, args []string
	if in.Subject == intent.LLM && len(in.Names) > 0 && !v.noName {
		provider = name
	}
	if in.Subject == intent.Model {
		model = quote(name)
		if v.noName {
			model, c.params = "model", []string{"model"}
		}
	}
	set := func(value string) {
		if v.unclear {
			c.params, value = append(c.params, "most"), "most"
		}
		switch {
		case in.Need == intent.MaxTokens, in.Limit.Quantity == intent.Tokens:
			args = append(args, "max_tokens="+value)
		case in.Need == intent.Timeout, in.Limit.Quantity == intent.Seconds:
			client = append(client, "timeout="+value)
		case in.Need == intent.Retries, in.Limit.Quantity == intent.RetryCount:
			client = append(client, "max_retries="+value)
		case in.Limit.Quantity == intent.Temperature:
			args = append(args, "temperature="+value)
		}
	}
	switch {
	case in.Mode == intent.Limited && !v.unset:
		set(number(v.value))
	case in.Mode == intent.Require && v.safe:
		set("30")
	}
	// Settings that cannot be read: of the call, or of a client that somebody else made.
	onClient := in.Need == intent.Timeout || in.Need == intent.Retries || in.Limit.Quantity == intent.Seconds
	made := v.hidden && onClient
	kind := provider // what the code is written with
	switch {
	case made && (in.Need == intent.Retries || provider != "openai" && provider != "anthropic"):
		c.params, kind = append(c.params, "options"), "litellm"
	case made:
		c.params, args = append(c.params, "client"), append(args, client...)
	case v.hidden:
		c.params, args = append(c.params, "options"), append(args, "**options")
	}
	if in.Limit.Quantity == intent.USDPerCall {
		if v.value > 1 {
			model = `"o1-pro"` // dear
		}
		if v.unclear {
			model, c.params = "model", []string{"model"}
		} else {
			args = append(args, "max_tokens="+number(v.value))
		}
	}
	extra := ""
	for _, a := range args {
		extra += ", " + a
	}
	claude := `"claude-sonnet-4-5"`
	if in.Limit.Quantity == intent.USDPerCall && v.value > 1 {
		claude = `"claude-opus-4-1"`
	}
	messages := `messages=[{"role": "user", "content": "Hello"}]`
	switch kind {
	case "anthropic":
		if !strings.Contains(extra, "max_tokens") && in.Need != intent.MaxTokens && in.Limit.Quantity != intent.Tokens {
			extra += ", max_tokens=500"
		}
		c.make(made, "from anthropic import Anthropic", "client = Anthropic("+strings.Join(client, ", ")+")")
		c.lines = []string{`client.messages.create(model=` + claude + `, ` + messages + extra + ")"}
	case "google":
		c.make(made, "from google import genai", "client = genai.Client()")
		c.lines = []string{`client.models.generate_content(model="gemini-2.5-flash", contents="Hello")`}
	case "openai":
		if v.noName && in.Subject == intent.LLM {
			client = append([]string{`base_url="https://llm.example.com/v1"`}, client...)
		}
		c.make(made, "from openai import OpenAI", "client = OpenAI("+strings.Join(client, ", ")+")")
		c.lines = []string{"client.chat.completions.create(model=" + model + ", " + messages + extra + ")"}
	default:
		for _, setting := range client {
			extra += ", " + strings.Replace(setting, "max_retries", "num_retries", 1)
		}
		if made {
			extra += ", **options"
		}
		if v.noName {
			provider = "openai"
		}
		c.imports = append(c.imports, "import litellm")
		c.lines = []string{"litellm.completion(model=" + quote(provider+"/"+modelOf(provider)) + ", " + messages + extra + ")"}
	}
	return c
}

// modelOf is a model that a provider has.
func modelOf(provider string) string {
	if m := map[string]string{"openai": "gpt-4o-mini", "anthropic": "claude-sonnet-4-5", "mistral": "mistral-large-latest", "google": "gemini-2.5-flash",
		"deepseek": "deepseek-chat", "cohere": "command-r"}[provider]; m != "" {
		return m
	}
	return "model"
}

// make adds a client, unless it was made elsewhere.
func (c *snippet) make(elsewhere bool, module, client string) {
	if !elsewhere {
		c.imports, c.setup = append(c.imports, module), []string{client}
	}
}

// typescript is a snippet of TypeScript that breaks the policy; ok is false where there is none.
func typescript(in intent.Intent) (c snippet, ok bool) {
	op, name := firstOp(in), subjectName(in)
	if in.Mode == intent.Only {
		name = otherName(in)
	}
	q := quote
	switch in.Subject {
	case intent.SQL:
		text := statement(op, name)
		if in.Need == intent.Where {
			text, _, _ = strings.Cut(text, " WHERE")
		}
		if slices.Contains(in.When, intent.Interpolated) {
			return c, false
		}
		return snippet{imports: []string{`import { Pool } from "pg";`}, setup: []string{"const pool = new Pool();"}, lines: []string{"await pool.query(" + q(text) + ");"}}, true
	case intent.HTTP:
		scheme := "https"
		if in.Need == intent.HTTPS {
			scheme = "http"
		}
		return snippet{lines: []string{"await fetch(" + q(scheme+"://"+name+"/v1/items") + ", { method: " + q(op) + " });"}}, true
	case intent.File:
		call := map[string]string{"read": "readFileSync(%s)", "write": "writeFileSync(%s, \"done\")", "append": "appendFileSync(%s, \"done\")",
			"delete": "unlinkSync(%s)", "list": "readdirSync(%s)", "chmod": "chmodSync(%s, 0o644)"}[op]
		if call == "" {
			return c, false
		}
		return snippet{imports: []string{`import fs from "node:fs";`}, lines: []string{"fs." + fmt.Sprintf(call, q(name)) + ";"}}, true
	case intent.Shell:
		if slices.Contains(in.When, intent.ViaShell) {
			return snippet{imports: []string{`import { execSync } from "node:child_process";`}, lines: []string{"execSync(" + q(name+" build") + ");"}}, true
		}
		return snippet{imports: []string{`import { execFileSync } from "node:child_process";`}, lines: []string{"execFileSync(" + q(name) + `, ["build"]);`}}, true
	case intent.Env:
		if op == "write" {
			return snippet{lines: []string{"process.env[" + q(name) + `] = "1";`}}, true
		}
		return snippet{lines: []string{"console.log(process.env[" + q(name) + "]);"}}, true
	case intent.Model, intent.LLM:
		if in.Subject == intent.LLM && (len(in.Names) > 0 || in.Mode == intent.Limited && in.Limit.Quantity != intent.PerMinute && in.Limit.Quantity != intent.Tokens) {
			return c, false
		}
		model := "gpt-4o-mini"
		if in.Subject == intent.Model {
			model = name
		}
		return snippet{imports: []string{`import OpenAI from "openai";`}, setup: []string{"const client = new OpenAI();"},
			lines: []string{"await client.chat.completions.create({ model: " + q(model) + `, messages: [{ role: "user", content: "Hello" }] });`}}, true
	}
	return c, false
}
