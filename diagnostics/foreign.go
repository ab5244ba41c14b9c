package diagnostics

import (
	"slices"
	"strings"
)

// A suppression comment of another tool names that tool's ids. They map to our rules by the
// weakness (CWE) that both look for, so that a new rule of ours needs no row here.

// weaknesses maps the number of a Bandit test, which ruff's S rules share (B105 is S105), to
// its CWEs. Source: bandit 1.9 documentation, read 2026-11-22.
var weaknesses = map[string][]string{
	"102": {"CWE-78", "CWE-94", "CWE-95"},
	"104": {"CWE-605"},
	"105": {"CWE-259", "CWE-798"}, "106": {"CWE-259", "CWE-798"}, "107": {"CWE-259", "CWE-798"},
	"108": {"CWE-377"},
	"113": {"CWE-400"},
	"201": {"CWE-94", "CWE-489"}, "202": {"CWE-22"},
	"301": {"CWE-502"}, "302": {"CWE-502"}, "303": {"CWE-327", "CWE-328"}, "304": {"CWE-327"}, "305": {"CWE-327"},
	"306": {"CWE-377"}, "307": {"CWE-78", "CWE-94", "CWE-95"}, "308": {"CWE-79", "CWE-80"}, "310": {"CWE-22", "CWE-918"},
	"311": {"CWE-330", "CWE-338"}, "312": {"CWE-319"}, "313": {"CWE-20", "CWE-611"}, "314": {"CWE-20", "CWE-611"},
	"318": {"CWE-20", "CWE-611"}, "319": {"CWE-20", "CWE-611"}, "320": {"CWE-20", "CWE-611"}, "321": {"CWE-319"},
	"323": {"CWE-295"}, "324": {"CWE-327", "CWE-328"},
	"501": {"CWE-295"}, "502": {"CWE-327"}, "503": {"CWE-327"}, "504": {"CWE-327"}, "505": {"CWE-326"},
	"506": {"CWE-20", "CWE-502"}, "507": {"CWE-295"}, "508": {"CWE-319"},
	"601": {"CWE-78"}, "602": {"CWE-78"}, "603": {"CWE-78"}, "604": {"CWE-78"}, "605": {"CWE-78"}, "606": {"CWE-78"},
	"607": {"CWE-78"}, "608": {"CWE-89"}, "609": {"CWE-78"}, "610": {"CWE-89"}, "611": {"CWE-89"},
	"612": {"CWE-94"}, "614": {"CWE-502"}, "615": {"CWE-494"},
	"701": {"CWE-79", "CWE-94"}, "702": {"CWE-79", "CWE-80"}, "703": {"CWE-79", "CWE-80"}, "704": {"CWE-79", "CWE-80"},
}

// banditNames are names that nosec accepts in place of an id, for the tests that are suppressed most.
var banditNames = map[string]string{
	"hardcoded_password_string": "105", "hardcoded_password_funcarg": "106", "hardcoded_password_default": "107",
	"exec_used": "102", "flask_debug_true": "201", "request_with_no_cert_validation": "501", "yaml_load": "506",
	"subprocess_popen_with_shell_equals_true": "602", "subprocess_without_shell_equals_true": "603",
	"start_process_with_a_shell": "605", "hardcoded_sql_expressions": "608", "jinja2_autoescape_false": "701",
}

// sonarWeaknesses maps Sonar's rules on credentials, for NOSONAR(S…). Source: rules.sonarsource.com, read 2026-11-22.
var sonarWeaknesses = map[string][]string{
	"2068": {"CWE-798"}, "6418": {"CWE-798"}, "2077": {"CWE-89"}, "3649": {"CWE-89"}, "2076": {"CWE-78"}, "4721": {"CWE-78"},
	"4790": {"CWE-327", "CWE-328"}, "2245": {"CWE-330", "CWE-338"}, "4830": {"CWE-295"}, "5135": {"CWE-502"}, "1523": {"CWE-94", "CWE-95"},
}

// byWeakness reports whether r looks for one of the CWEs.
func byWeakness(r Rule, cwes []string) bool {
	return foreignFamily(r.Family) && slices.ContainsFunc(cwes, func(c string) bool { return slices.Contains(r.CWE, c) })
}

// foreignFamily tells the families that scanners of other makers look for too; a comment for
// them says nothing about costs or architecture.
func foreignFamily(family string) bool {
	return family == "secrets" || family == "sast" || family == "user"
}

// semgrepNames reports whether a Semgrep id means r: the same id, with or without its path
// (python.lang.my-rule), our own SAST-my-rule, or Semgrep's folders of secrets.
func semgrepNames(id string, r Rule) bool {
	if !foreignFamily(r.Family) {
		return false
	}
	last := id[strings.LastIndexByte(id, '.')+1:]
	own := r.ID[strings.LastIndexByte(r.ID, '.')+1:]
	return strings.EqualFold(last, own) || strings.EqualFold("SAST-"+last, r.ID) || strings.EqualFold("SECRET-"+last, r.ID) ||
		r.Family == "secrets" && strings.Contains("."+id, ".secrets.")
}
