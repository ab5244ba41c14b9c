package intent

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func valid() Intent {
	return Intent{Version: 1, Mode: Forbid, Subject: SQL, Operations: []string{"delete"}, Names: []string{"users"}, When: []Condition{InProduction}, Unless: []Condition{WithApproval}}
}

func TestValidate(t *testing.T) {
	if err := valid().Validate(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Intent)
		want   string
	}{
		"version":             {func(in *Intent) { in.Version = 2 }, "version is 2"},
		"subject":             {func(in *Intent) { in.Subject = "weather" }, `subject "weather"`},
		"mode":                {func(in *Intent) { in.Mode = Limited; in.Limit = Limit{Tokens, 5} }, `mode "limit"`},
		"operation":           {func(in *Intent) { in.Operations = []string{"POST"} }, `operation "POST"`},
		"operation twice":     {func(in *Intent) { in.Operations = []string{"delete", "delete"} }, "twice"},
		"operations of shell": {func(in *Intent) { in.Subject, in.When, in.Unless = Shell, nil, nil }, "no operations"},
		"too many names":      {func(in *Intent) { in.Names = make([]string, 101) }, "at most 100"},
		"long name":           {func(in *Intent) { in.Names = []string{strings.Repeat("x", 201)} }, "too long"},
		"control characters":  {func(in *Intent) { in.Names = []string{"a\nb"} }, "cannot be seen"},
		"hidden characters":   {func(in *Intent) { in.Names = []string{"a\u202eb"} }, "cannot be seen"},
		"empty name":          {func(in *Intent) { in.Names = []string{""} }, "empty"},
		"everything":          {func(in *Intent) { in.Names = []string{"**"} }, "everything"},
		"only without names":  {func(in *Intent) { in.Mode, in.Names = Only, nil }, "tables that are allowed"},
		"calls without names": {func(in *Intent) { *in = Intent{Version: 1, Mode: Forbid, Subject: Call} }, "needs names"},
		"host":                {func(in *Intent) { *in = Intent{Version: 1, Mode: Only, Subject: HTTP, Names: []string{"a b"}} }, "no host"},
		"when":                {func(in *Intent) { in.When = []Condition{WithApproval} }, `"approval" cannot stand in when`},
		"unless":              {func(in *Intent) { in.Unless = []Condition{InLoop} }, `"loop" cannot stand in unless`},
		"when and unless":     {func(in *Intent) { in.Unless = []Condition{InProduction} }, "in when and in unless"},
		"need of forbid":      {func(in *Intent) { in.Need = Where }, "need is for mode require"},
		"need":                {func(in *Intent) { in.Mode, in.Need = Require, Timeout }, `need "timeout"`},
		"where of drop":       {func(in *Intent) { in.Mode, in.Need, in.Operations = Require, Where, []string{"drop"} }, "no WHERE"},
		"approval twice":      {func(in *Intent) { in.Mode, in.Need = Require, Approval }, "take approval out"},
		"limit of forbid":     {func(in *Intent) { in.Limit.Max = 3 }, "limit is for mode limit"},
		"quantity":            {func(in *Intent) { *in = limited(Steps, 3) }, `quantity "max_steps"`},
		"no bound":            {func(in *Intent) { *in = limited(Tokens, 0) }, "more than 0"},
		"negative bound":      {func(in *Intent) { *in = limited(Tokens, -1) }, "more than 0"},
		"no number":           {func(in *Intent) { *in = limited(Tokens, math.NaN()) }, "more than 0"},
		"no end":              {func(in *Intent) { *in = limited(Tokens, math.Inf(1)) }, "more than 0"},
		"severity":            {func(in *Intent) { in.Severity = "fatal" }, "severity"},
	} {
		in := valid()
		c.change(&in)
		if err := in.Validate(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, not %q", name, err, c.want)
		}
	}
}

func limited(q Quantity, max float64) Intent {
	return Intent{Version: 1, Mode: Limited, Subject: LLM, Limit: Limit{q, max}}
}

func TestCanonical(t *testing.T) {
	a := Intent{Version: 1, Mode: Forbid, Subject: HTTP, Operations: []string{"post", "GET", "POST"}, Names: []string{"https://API.example.com/v1?x=1", "*.B.com", "api.example.com"}}
	b := Intent{Version: 1, Mode: Forbid, Subject: HTTP, Operations: []string{"GET", "POST"}, Names: []string{"*.b.com", "api.example.com"}, When: []Condition{}, Unless: []Condition{}}
	if got := a.Canonical(); !reflect.DeepEqual(got, b) {
		t.Errorf("%#v", got)
	}
	for _, c := range []struct{ subject, name, want string }{
		{"http", "http://[::1]:8080/x", "::1"}, {"http", "localhost:3000", "localhost"}, {"file", "./data/", "data/"}, {"file", `C:\temp`, "C:/temp"},
		{"call", "eval()", "eval"}, {"sql", "Users", "users"}, {"env", "Home", "Home"},
	} {
		in := Intent{Version: 1, Mode: Forbid, Subject: Subject(c.subject), Names: []string{c.name}}
		if got := in.Canonical().Names[0]; got != c.want {
			t.Errorf("%s %s: %s", c.subject, c.name, got)
		}
	}
	rules, _ := RulesOf(Env)
	if in := (Intent{Version: 1, Mode: Forbid, Subject: Env, Operations: rules.Operations}).Canonical(); len(in.Operations) != 0 {
		t.Errorf("all operations are not none: %v", in.Operations)
	}
}

func TestDecode(t *testing.T) {
	text, _ := json.Marshal(valid().Canonical())
	in, err := Decode(text)
	if err != nil || in.String() != "forbid sql(delete) {users} when production unless approval" {
		t.Fatal(in, err)
	}
	for name, c := range map[string]struct{ text, want string }{
		"no JSON":        {"{", "not in its form"},
		"more":           {string(text) + "{}", "behind the intent"},
		"unknown field":  {strings.Replace(string(text), `"mode"`, `"extra":1,"mode"`, 1), "extra"},
		"missing field":  {strings.Replace(string(text), `"severity":""`, `"need":""`, 1), "severity is missing"},
		"missing bound":  {strings.Replace(string(text), `,"max":0`, "", 1), "limit.max is missing"},
		"null":           {strings.Replace(string(text), `"names":["users"]`, `"names":null`, 1), "names is missing"},
		"other case":     {strings.Replace(string(text), `"mode"`, `"Mode"`, 1), "mode is missing"},
		"wrong type":     {strings.Replace(string(text), `"version":1`, `"version":"1"`, 1), "not in its form"},
		"invalid":        {strings.Replace(string(text), `"forbid"`, `"only"`, 1), ""},
		"too long":       {strings.Repeat(" ", maxJSON) + string(text), "bytes"},
		"list":           {"[" + string(text) + "]", "not in its form"},
		"null as intent": {"null", "missing"},
	} {
		_, err := Decode([]byte(c.text))
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, not %q", name, err, c.want)
		}
	}
}

// TestSchema holds the schema to the strict form: all properties required, no others, and the
// fields of the type.
func TestSchema(t *testing.T) {
	data, err := json.Marshal(Schema())
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties           map[string]json.RawMessage
		Required             []string
		AdditionalProperties *bool
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	var fields []string
	for f := range reflect.TypeFor[Intent]().Fields() {
		fields = append(fields, f.Tag.Get("json"))
	}
	slices.Sort(fields)
	if !slices.Equal(fields, schema.Required) || len(schema.Properties) != len(fields) || schema.AdditionalProperties == nil || *schema.AdditionalProperties {
		t.Errorf("the schema is not that of the type: %s", data)
	}
}

func TestRulesNameOnlyWhatThereIs(t *testing.T) {
	for _, s := range Subjects() {
		rules, ok := RulesOf(s)
		if !ok || rules.Doc == "" || len(rules.Modes) == 0 {
			t.Errorf("%s has no rules", s)
		}
		for _, c := range slices.Concat(rules.When, rules.Unless) {
			if !slices.Contains(Conditions(), c) {
				t.Errorf("%s: the condition %s is not in Conditions", s, c)
			}
		}
		if slices.Contains(rules.Modes, Require) != (len(rules.Needs) > 0) || slices.Contains(rules.Modes, Limited) != (len(rules.Limits) > 0) {
			t.Errorf("%s: its modes do not go with what it may need and what limits it", s)
		}
		for _, n := range rules.Needs {
			if !slices.Contains(Needs(), n) {
				t.Errorf("%s: the need %s is not in Needs", s, n)
			}
		}
		for _, q := range rules.Limits {
			if !slices.Contains(Quantities(), q) {
				t.Errorf("%s: the quantity %s is not in Quantities", s, q)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	text, _ := json.Marshal(valid())
	f.Add(text)
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := Decode(data)
		if err != nil {
			return
		}
		if in.Validate() != nil || !reflect.DeepEqual(in, in.Canonical()) {
			t.Errorf("%s gives %#v, which is not valid or not canonical", data, in)
		}
	})
}
