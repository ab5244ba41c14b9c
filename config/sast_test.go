package config

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser/text"
)

func TestRuleFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	c, problems := Parse(path, text.New("[sast]\nrules = [\"rules\", \"more/own.yml\"]\n"))
	if len(problems) > 0 || len(c.SAST.Rules) != 2 || c.SAST.Rules[1] != (RuleFile{"more/own.yml", filepath.Join(dir, "more", "own.yml"), dir}) {
		t.Errorf("%v %+v", problems, c.SAST.Rules)
	}
	for _, name := range []string{"../above.yml", "/etc/rules.yml", `C:\rules.yml`, ""} {
		c, problems := Parse(path, text.New("[sast]\nrules = ['"+name+"']\n"))
		if len(problems) != 1 || len(c.SAST.Rules) != 0 {
			t.Errorf("%q: %v %+v", name, problems, c.SAST.Rules)
		}
	}
	many := "[sast]\nrules = [" + strings.Repeat("'a',", maxRuleFiles+1) + "]\n"
	if _, problems := Parse(path, text.New(many)); len(problems) != 1 {
		t.Errorf("%d files are taken", maxRuleFiles+1)
	}
}
