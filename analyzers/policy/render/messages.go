package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qodacode/qodacode/analyzers/policy/intent"
)

// Title is one line for an intent.
func Title(in intent.Intent) string {
	about := subject(in) + circumstances(in)
	switch in.Mode {
	case intent.Only:
		n := nounsOf[in.Subject]
		text := "Only the " + n.set + " " + join(in.Names, "and")
		if len(in.Names) == 1 {
			text = "Only the " + n.param + " " + in.Names[0]
		}
		if in.Subject == intent.File {
			in.Mode, in.Names = intent.Forbid, nil
			text = capital(subject(in)) + " only in " + strings.TrimPrefix(strings.TrimPrefix(text, "Only the paths "), "Only the path ")
		} else if len(in.Operations) > 0 {
			in.Names = nil
			text += " for " + subject(in)
		}
		return clip(text+circumstances(in), 120)
	case intent.Require:
		return clip(capital(needWords[in.Need])+" for "+about, 120)
	case intent.Limited:
		switch {
		case in.Limit.Quantity == intent.Temperature:
			return clip("A temperature of at most "+amount(in.Limit)+" for "+about, 120)
		case in.Subject == intent.Run:
			return clip("At most "+amount(in.Limit)+circumstances(in), 120)
		}
		return clip("At most "+amount(in.Limit)+" for "+about, 120)
	}
	return clip("No "+strings.TrimPrefix(about, "the "), 120)
}

// Explain is what the policy of an intent does, and what it cannot see, in plain sentences.
func Explain(in intent.Intent) string {
	about := subject(in) + circumstances(in)
	var text string
	switch in.Mode {
	case intent.Only:
		n := nounsOf[in.Subject]
		text = fmt.Sprintf("Reports %s with other %s than %s.", about, n.set, join(in.Names, "and"))
	case intent.Require:
		text = fmt.Sprintf("Reports %s without %s.", about, needWords[in.Need])
	case intent.Limited:
		text = fmt.Sprintf("Reports %s above %s, and those without such a limit in the code.", about, amount(in.Limit))
	default:
		text = fmt.Sprintf("Reports %s.", about)
	}
	switch in.Limit.Quantity {
	case intent.ToolCount:
		text = fmt.Sprintf("Reports %s with more than %s.", about, amount(in.Limit))
	case intent.Temperature:
		text = fmt.Sprintf("Reports %s with a temperature above %s, and tells where none is set.", about, amount(in.Limit))
	case intent.PerMinute:
		text = fmt.Sprintf("Demands a configured rate limiter of at most %s for %s. The rate at run time cannot be seen in the code.", amount(in.Limit), about)
	case intent.USDPerRun, intent.USDPerCall:
		if in.Subject != intent.Agent {
			text = fmt.Sprintf("Reports %s that may cost more than %s by the prices of the models, or whose cost has no bound. What was spent cannot be seen in the code.", about, amount(in.Limit))
		}
	}
	if slices.Contains(in.When, intent.InProduction) {
		text += " Code counts as production unless a condition around it says otherwise."
	}
	if slices.Contains(in.Unless, intent.WithApproval) {
		text += " Code counts as not approved unless an approval is found."
	}
	if in.Subject == intent.HTTP && in.Mode == intent.Only {
		text += " Hosts of the own machine are allowed."
	}
	if !slices.Contains(in.When, intent.InTests) && !slices.Contains(in.Unless, intent.InTests) {
		text += " Tests are not judged."
	}
	return text
}

// one is one of what the intent is about, as messages begin: "A shell command".
func one(in intent.Intent) string {
	switch {
	case together(in) != "":
		return "a " + strings.TrimSuffix(together(in), "s")
	case in.Subject == intent.SQL && len(in.Operations) > 0, in.Subject == intent.File && len(in.Operations) > 0,
		in.Subject == intent.Env && len(in.Operations) > 0:
		in.Names = nil
		return strings.NewReplacer("files", "a file", "folders", "a folder", "environment variables", "an environment variable").Replace(subject(in))
	case in.Subject == intent.HTTP && len(in.Operations) > 0:
		return "an HTTP " + join(in.Operations, "or") + " request"
	}
	return nounsOf[in.Subject].one
}

// around is what is around it, in messages: unknown counts as production.
func around(in intent.Intent) string {
	return singular.Replace(strings.Replace(circumstances(in), " in production", " in what may be production", 1))
}

var singular = strings.NewReplacer("in loops without end", "in a loop without end", "in loops", "in a loop", "in tests", "in a test", "in tools of agents", "in a tool of an agent")

// against is one of what is against the policy, as examples tell it.
func against(in intent.Intent) string {
	if in.Mode == intent.Require || in.Mode == intent.Limited {
		return one(in) + singular.Replace(circumstances(in))
	}
	text := strings.Replace(banned(in), " in what may be production", " in production", 1)
	if len(text) > 1 && text[1] >= 'a' && text[1] <= 'z' || strings.HasPrefix(text, "A ") {
		text = strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

// banned is the first half of a message of Forbid and Only.
func banned(in intent.Intent) string {
	switch {
	case in.Mode == intent.Only && in.Subject == intent.HTTP:
		return capital(one(in)) + " to a host that is not allowed" + around(in)
	case in.Mode == intent.Only && in.Subject == intent.SQL:
		return capital(one(in)) + " on a table that is not allowed" + around(in)
	case in.Mode == intent.Only && in.Subject == intent.File:
		return capital(one(in)) + " outside the paths that are allowed" + around(in)
	case in.Mode == intent.Only:
		return capital(one(in)) + " that is not allowed" + around(in)
	case len(in.When)+len(in.Unless) == 0:
		return capital(one(in)) + " that is forbidden"
	}
	return capital(one(in)) + around(in)
}

// remedy is what to do about it.
func remedy(in intent.Intent) string {
	var ways []string
	if in.Mode == intent.Only {
		ways = append(ways, "use "+join(in.Names, "or"))
	}
	for _, c := range in.Unless {
		ways = append(ways, conditionWords[c].lift)
	}
	for _, c := range in.When {
		ways = append(ways, conditionWords[c].keep)
	}
	ways = slices.DeleteFunc(ways, func(s string) bool { return s == "" })
	if len(ways) == 0 {
		ways = []string{"take it out"}
	}
	return capital(join(ways, "or"))
}

// needed is the first half of a message of Require.
func needed(in intent.Intent) string {
	return capital(one(in)) + around(in) + " without " + needWords[in.Need]
}

// unreadable is the message of a doubt.
func unreadable(in intent.Intent, what string) string {
	return capital(what) + " cannot be read here, so it may be against the policy \"" + Title(in) + "\". Write it as a constant"
}

// packageName is made of the title, cut at a word.
func packageName(in intent.Intent) string {
	const most = 60
	var name string
	for _, w := range strings.FieldsFunc(accents.Replace(strings.ToLower(Title(in))), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }) {
		switch {
		case slices.Contains([]string{"a", "the", "of", "for", "by", "its", "that", "with", "person"}, w):
		case len(name)+1+len(w) > most && name != "":
			return name
		case name == "":
			name = clip(w, most)
		default:
			name += "_" + w
		}
	}
	return name
}

var accents = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n", "ö", "o", "ä", "a", "ç", "c")
