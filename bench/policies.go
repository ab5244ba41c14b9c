package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/qodacode/qodacode/config"
)

// enablePolicies lets the policies hold in a folder that come with qodacode.
func enablePolicies(dir string) error {
	src := fmt.Sprintf("[policy]\nenable = [\"%s\"]\n", strings.Join(config.PolicyStarters, "\", \""))
	return os.WriteFile(filepath.Join(dir, config.FileName), []byte(src), 0o644)
}
