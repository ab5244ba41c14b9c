package phrase

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestAdv(t *testing.T) {
	data, err := os.ReadFile(os.Getenv("ADV"))
	if err != nil {
		t.Skip()
	}
	for _, say := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		in, err := Parse(say)
		got := in.String()
		if err != nil {
			got = "- " + err.Error()
		}
		fmt.Printf("%-75s %.110s\n", say, got)
	}
}
