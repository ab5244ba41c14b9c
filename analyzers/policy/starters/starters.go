// Package starters is the policies that come with qodacode, off until a project enables them.
package starters

// Starter is one policy.
type Starter struct {
	Name       string // no_prod_db_deletes
	Title      string // of its metadata
	Severity   string // error, warning, info: of its metadata's custom.severity
	Doc        string // Markdown, in the sections of every rule's page (see docs/rules): what it does, why, a before and an after, parameters
	Source     string
	Test       string
	Parameters []Parameter
}

// Parameter is what a starter reads from data.params.NAME.
type Parameter struct {
	Name    string // allowed_hosts
	Doc     string
	Default any
}

// All are all starters, by name.
func All() []Starter { return nil }
