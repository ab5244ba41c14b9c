// Package policy holds the policies of projects: where they are read from, and what they say
// of a file.
package policy
