package cmd

import (
	"os"
	"testing"

	"github.com/qodacode/qodacode/analyzers/policy/sandbox"
)

// TestMain makes the test binary a worker for policies when one of the tests starts it as such.
func TestMain(m *testing.M) {
	sandbox.ServeTests()
	os.Exit(m.Run())
}
