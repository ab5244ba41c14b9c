package rego

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
)

// Format is the source in the form of opa fmt. The error is what does not parse.
func Format(path, source string, gate Gate) (string, error) {
	m := Module{Path: path, Source: source}
	if _, problems := parseModule(m, gate); hasErrors(problems) {
		return "", fmt.Errorf("%s:%s", path, problems[0].Message)
	}
	options := ParserOptions()
	out, err := format.SourceWithOpts(path, []byte(source), format.Opts{RegoVersion: ast.RegoV1, ParserOptions: &options})
	if err != nil {
		return "", err
	}
	return string(out), nil
}
