// Command qodacode reads the code of AI agents and tells whether it is safe, sound, what it
// costs and whether it is allowed: as a language server, on the command line and in CI.
package main

import (
	"os"

	"github.com/qodacode/qodacode/cmd"
)

func main() { os.Exit(cmd.Main(os.Args[1:], cmd.System())) }
