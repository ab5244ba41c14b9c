package phrase

import (
	"slices"
	"strings"
	"sync"
)

// suggestions is how many sentences a refusal offers.
const suggestions = 3

// refuseWith adds to a refusal the sentences that are nearest to what was said.
func refuseWith(r *Refusal, all []token, spanish bool) *Refusal {
	return &Refusal{Reason: r.Reason, Instead: nearest(all, spanish), Final: r.Final}
}

// understood are sentences that are understood, one for each thing that can be said.
var understood = map[bool][]string{
	false: {
		"No database deletes in production without approval",
		"No shell commands without approval",
		"Only allow external APIs: api.example.com, *.example.org",
		"Never write files outside data/ and /tmp",
		"No file deletions under /etc in production",
		"No file deletions without approval",
		"No shell commands in production",
		"Only use models gpt-4o and claude-sonnet-4-5",
		"Require human approval for tool delete_user",
		"Limit LLM calls to 60 per minute",
		"No LLM calls in loops without approval",
		"Require a rate limit for LLM calls in loops",
		"Require max_tokens on LLM calls",
		"LLM calls must have a timeout",
		"Limit agent budget to $5 per run",
		"Require WHERE on deletes",
		"Limit agents to 20 steps",
		"Limit LLM calls to 4000 tokens",
		"A run may cost at most $5",
		"Never read `.env`",
		"Never import `pickle`",
		"Never call `os.system`",
		"Never read the environment variable AWS_SECRET_ACCESS_KEY",
		"Require https for HTTP requests",
		"Forbid string interpolation in SQL",
		"At most 10 tools per agent",
		"Tools must have a description",
		"Dangerous tools need approval",
		"No HTTP requests except api.example.com",
		"No LLM calls in tests",
		"LLM temperature at most 0.7",
		"Only run `git` and `ls`",
		"Tools that run shell commands need approval",
		"No database deletes outside tests",
		"HTTP requests need approval",
		"No LLM calls in infinite loops",
	},
	true: {
		"Sin borrados de base de datos en producción sin aprobación",
		"Nunca ejecutar comandos de shell sin aprobación",
		"Solo se permiten APIs externas: api.example.com, *.example.org",
		"Solo escribir archivos en data/ y /tmp",
		"Nunca borrar archivos en /etc en producción",
		"Prohibido borrar archivos sin aprobación",
		"Prohibido ejecutar comandos de shell en producción",
		"Solo modelos gpt-4o y claude-sonnet-4-5",
		"Requiere aprobación humana para la herramienta delete_user",
		"Máximo 60 llamadas al LLM por minuto",
		"Prohibidas las llamadas al LLM en bucles sin aprobación",
		"Exigir un límite de tasa para las llamadas al LLM en bucles",
		"Exigir max_tokens en las llamadas al LLM",
		"Las llamadas al LLM deben tener un timeout",
		"Limitar el presupuesto del agente a 5 dólares por ejecución",
		"Exigir WHERE en los borrados",
		"Máximo 20 pasos por agente",
		"Máximo 4000 tokens en las llamadas al LLM",
		"Gasto máximo de 5 dólares por ejecución",
		"Nunca leer `.env`",
		"Prohibido importar `pickle`",
		"Nunca llamar a `os.system`",
		"Nunca leer la variable de entorno AWS_SECRET_ACCESS_KEY",
		"Exigir https en las peticiones HTTP",
		"Prohibida la interpolación en SQL",
		"No más de 10 herramientas por agente",
		"Las herramientas deben tener descripción",
		"Las herramientas peligrosas necesitan aprobación",
		"Prohibidas las peticiones HTTP salvo api.example.com",
		"Prohibido llamar al LLM en tests",
		"Temperatura máxima de 0,7 en los LLM",
		"Solo ejecutar `git` y `ls`",
		"Las herramientas que ejecutan comandos de shell necesitan aprobación",
		"Sin borrados de base de datos fuera de los tests",
		"Las peticiones HTTP requieren aprobación",
		"Prohibidas las llamadas al LLM en bucles infinitos",
	},
}

// known is an understood sentence with what it speaks of.
type known struct {
	say   string
	about []string
}

var catalogue = sync.OnceValue(func() map[bool][]known {
	all := map[bool][]known{}
	for _, l := range languages() {
		for _, say := range understood[l.spanish] {
			parts, _ := tokens(say)
			all[l.spanish] = append(all[l.spanish], known{say, l.about(parts)})
		}
	}
	return all
})

// about is what tokens speak of: their meanings, without names.
func (l *language) about(all []token) []string {
	items, _, _ := l.items(all)
	var about []string
	add := func(s string) {
		if !slices.Contains(about, s) {
			about = append(about, s)
		}
	}
	for _, it := range items {
		switch {
		case it.name != nil:
			if it.name.hint != "" {
				add("of " + string(it.name.hint))
			}
		case it.number != nil:
			add("number")
		case it.sign != "" || it.kind == filler || it.kind == refuse || it.kind == and || it.kind == or:
		case it.kind == subjectWord || it.kind == introduces || it.kind == weak:
			subject, _, _ := strings.Cut(it.value, " ")
			add("of " + subject)
		case it.kind == negation || it.kind == banVerb || it.kind == concord:
			add("forbid")
		case it.kind == demand || it.kind == soft:
			add("require")
		case it.kind == most || it.kind == least || it.kind == exceed:
			add("limit")
		case it.kind == onlyWord || it.kind == allow:
			add("only")
		case it.kind == when || it.kind == relative || it.kind == person:
		case it.kind == without || it.kind == except || it.kind == outside:
			add("lift")
		default:
			add(it.value)
			if s, ok := implied[it.value]; ok && it.kind == unit {
				add("of " + string(s))
			}
		}
	}
	return about
}

// nearest are the understood sentences that speak most of the same.
func nearest(all []token, spanish bool) []string {
	var about []string
	for _, l := range languages() {
		if l.spanish == spanish {
			about = l.about(all[:min(len(all), maxTokens)])
		}
	}
	type scored struct {
		say   string
		score float64
	}
	var ranked []scored
	for _, k := range catalogue()[spanish] {
		s := scored{say: k.say}
		for _, a := range k.about {
			weight := 1.0
			if strings.HasPrefix(a, "of ") {
				weight = 2
			}
			if slices.Contains(about, a) {
				s.score += weight
			} else {
				s.score -= 0.25
			}
		}
		ranked = append(ranked, s)
	}
	slices.SortStableFunc(ranked, func(a, b scored) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	var out []string
	for _, r := range ranked[:suggestions] {
		out = append(out, r.say)
	}
	return out
}
