package rego

import "fmt"

// Step is a piece of work on one policy.
type Step struct {
	Work   string `json:"work"` // parse, compile, eval, test, format
	Path   string `json:"path"`
	Policy string `json:"policy"` // id of a policy or name of a test; ""
	Key    string `json:"key"`    // of the content that is worked on
}

// Gate is asked before each step of work, which may never end. With an error, the step is left
// out, and the error is told as the problem of its policy. nil lets everything pass.
type Gate func(Step) error

func (g Gate) ask(s Step) error {
	if g == nil {
		return nil
	}
	return g(s)
}

// protect calls f, and makes a problem of a panic of OPA.
func protect(path string, f func() []Problem) (problems []Problem) {
	defer func() {
		if p := recover(); p != nil {
			problems = []Problem{{Path: path, Severity: Error, Code: "compile", Message: clip(fmt.Sprintf("OPA failed on this policy: %v. Write it differently.", p), maxMessage)}}
		}
	}()
	return f()
}
