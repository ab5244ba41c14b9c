//go:build pins

// This file is never built. It keeps in go.mod, at the versions the project has settled on,
// the libraries of families that are still to come.
package main

import (
)
