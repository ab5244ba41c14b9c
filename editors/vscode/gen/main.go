// Command gen writes the server's settings into the extension's package.json, from the table
// of keys of qodacode.toml.
package main

import (
	"fmt"
	"os"
)

//go:generate go run .

const manifest = "../package.json"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run() error {
	old, err := os.ReadFile(manifest)
	if err != nil {
		return err
	}
	fresh, err := generate(old)
	if err != nil {
		return err
	}
	return os.WriteFile(manifest, fresh, 0o644)
}

// generate is a package.json whose contributes.configuration has its first section as it was,
// and behind it those of the server.
func generate(packageJSON []byte) ([]byte, error) {
	var whole, contributes object
	if err := whole.parse(packageJSON); err != nil {
		return nil, err
	}
	if err := contributes.parse(whole.get("contributes")); err != nil {
		return nil, fmt.Errorf("contributes: %w", err)
	}
	sections, err := sections()
	if err != nil {
		return nil, err
	}
	if err := contributes.replaceTail("configuration", sections); err != nil {
		return nil, err
	}
	if err := whole.set("contributes", contributes); err != nil {
		return nil, err
	}
	return whole.pretty()
}
