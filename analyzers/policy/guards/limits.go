package guards

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser"
)

// limiterWords are what limiters are called.
var limiterWords = set(`limiter ratelimit ratelimiter limit limits throttle throttler throttled bottleneck ratelimited leaky`)

// Parts of a limiter's answer that say whether it lets something through, or not.
var (
	passedWords  = set(`success allowed ok passed permitted conforming`)
	refusedWords = set(`limited blocked rejected denied exceeded ratelimited throttled`)
)

// limiterLibraries are modules and packages whose objects are rate limiters. What only bounds how much runs at
// once (semaphores, p-limit) is none.
var limiterLibraries = []string{
	"ratelimit.", "aiolimiter.", "pyrate_limiter.", "slowapi.", "limits.", "ratelimiter.", "asyncio_throttle.", "throttler.", "token_throttler.",
	"langchain_core.rate_limiters.", "flask_limiter.", "fastapi_limiter.", "requests_ratelimiter.", "django_ratelimit.", "openlimit.", "upstash_ratelimit.",
	"bottleneck", "p-throttle", "p-ratelimit", "limiter.", "@upstash/ratelimit", "rate-limiter-flexible", "express-rate-limit", "async-ratelimiter", "async-sema.RateLimit",
}

// concurrency lists names of what bounds how much runs at once, which is no rate.
var concurrency = set(`semaphore boundedsemaphore capacitylimiter lock plimit p_limit pLimit mutex`)

// limiterName is what limiters are called, without underscores.
var limiterName = regexp.MustCompile(`(?:limiter|ratelimit|ratelimited|^throttler?|tokenbucket|leakybucket|bottleneck)$`)

// isLimiter is how sure it is that expression n is a rate limiter.
func (a *analysis) isLimiter(n parser.NodeID) Answer {
	n = a.Unwrap(n)
	q := a.QName(n)
	if q != "" {
		for _, l := range limiterLibraries {
			if strings.HasPrefix(q, l) {
				return Yes
			}
		}
		if _, last, _ := cutLast(strings.TrimSuffix(q, "()")); concurrency[strings.ToLower(last)] || strings.HasPrefix(q, "p-limit") {
			return No
		}
	}
	name := a.nameOf(n)
	if name == "" {
		return No
	}
	joined := strings.ToLower(strings.ReplaceAll(name, "_", ""))
	switch {
	case concurrency[joined], strings.Contains(joined, "concurren"), tellWords[firstOf(lowerWords(name))]:
		return No
	case limiterName.MatchString(joined) && !strings.HasSuffix(joined, "delimiter"):
		if q != "" || a.madeOf(n) == No {
			return a.madeOf(n)
		}
		return Yes
	}
	return No
}

// madeOf is Unknown for a limiter of a name whose value is from elsewhere; No where it is made by something that is none.
func (a *analysis) madeOf(n parser.NodeID) Answer {
	for _, d := range a.DefsOf(n) {
		if d.Kind == parser.AssignDef {
			if c := a.CallAt(a.Unwrap(d.Value)); c != nil && concurrency[strings.ToLower(c.Name)] {
				return No
			}
		}
	}
	return Yes
}

// Methods of limiters that wait or ask for a turn, and those that run what they are given.
var (
	takes = set(`acquire wait consume try_acquire tryAcquire removeTokens tryRemoveTokens limit hit check take acquire_async try_acquire_async allow is_allowed isAllowed allow_request
		allowRequest block_until_ready blockUntilReady wait_for_slot waitForSlot reserve submit throttle wait_if_needed waitIfNeeded get_token getToken consume_token wait_for_token test until ready schedule`)
	wraps = set(`schedule wrap submit run add execute throttle limit call`)
	// asksTurn give an answer that must be looked at.
	asksTurn = set(`limit hit try_acquire tryAcquire tryRemoveTokens is_allowed isAllowed allow allow_request allowRequest check test`)
)

// limiterCall is where the call of a limiter comes back.
func (a *analysis) limiterCall(c *parser.Call) reach {
	callee := a.Unwrap(c.Callee)
	if a.Kind(callee) == parser.KindAttribute && takes[c.Name] {
		switch object := a.Field(callee, parser.FieldObject); {
		case a.isLimiter(object) != Yes:
		case !a.asksLimiter(c):
			return only(letThrough, c.Node)
		case !a.answerUsed(c):
			return only(maybeLet, c.Node)
		}
		return always
	}
	words := lowerWords(c.Name)
	if len(words) > 1 && strings.Contains(strings.Join(words, ""), "ratelimit") && !tellWords[words[0]] && a.Kind(callee) == parser.KindIdentifier || c.Name == "wait_for_rate_limit" {
		return only(maybeLet, c.Node)
	}
	return always
}

// asksLimiter reports whether a call asks a limiter for a turn, and has its answer as the result.
func (a *analysis) asksLimiter(c *parser.Call) bool {
	callee := a.Unwrap(c.Callee)
	if !asksTurn[c.Name] || a.Kind(callee) != parser.KindAttribute {
		return false
	}
	object := a.Field(callee, parser.FieldObject)
	return a.isLimiter(object) == Yes && !a.raisesWhenRefused(object)
}

// answerUsed reports whether the result of a call decides something.
func (a *analysis) answerUsed(c *parser.Call) bool {
	use := a.useOf(c)
	switch a.Kind(use) {
	case parser.KindAssignment, parser.KindDeclarator:
		return a.tested(use)
	case parser.KindExpressionStatement:
		return false
	}
	return a.inCondition(c.Node)
}

// raisesWhenRefused reports whether a limiter raises, or waits, instead of giving an answer.
func (a *analysis) raisesWhenRefused(object parser.NodeID) bool {
	q := a.QName(object)
	return strings.HasPrefix(q, "pyrate_limiter.") || strings.HasPrefix(q, "rate-limiter-flexible")
}

// limiterWraps is where a function runs that is given to a call of a limiter: limiter.schedule(() => …), limiter(fn).
func (a *analysis) limiterWraps(c *parser.Call) reach {
	callee := a.Unwrap(c.Callee)
	switch a.Kind(callee) {
	case parser.KindAttribute:
		if wraps[c.Name] && a.isLimiter(a.Field(callee, parser.FieldObject)) == Yes {
			return only(letThrough, c.Node)
		}
	case parser.KindIdentifier, parser.KindCall:
		if q := a.QName(callee); a.isLimiter(callee) == Yes || strings.HasPrefix(q, "p-throttle") || strings.HasPrefix(q, "p-ratelimit") {
			return only(letThrough, c.Node)
		}
	}
	return always
}

// limiterContext is the body of `async with limiter`.
func (a *analysis) limiterContext(v parser.NodeID) reach {
	n := v
	if c := a.CallAt(v); c != nil {
		n = a.Unwrap(c.Callee)
		if a.Kind(n) == parser.KindAttribute && takes[c.Name] {
			n = a.Field(n, parser.FieldObject)
		}
	}
	if a.isLimiter(n) == Yes || a.isLimiter(v) == Yes {
		return only(letThrough, v)
	}
	return always
}

// limiterDecorators are decorators that limit how often a function runs.
var limiterDecorators = map[string]bool{
	"ratelimit.limits": true, "ratelimit.rate_limited": true, "ratelimit.decorators.limits": true, "django_ratelimit.decorators.ratelimit": true,
}

func (a *analysis) limiterDecorator(d parser.NodeID, c *parser.Call) reach {
	callee := d
	if c != nil {
		callee = a.Unwrap(c.Callee)
	}
	q := strings.TrimSuffix(a.QName(callee), "()")
	if limiterDecorators[q] {
		return only(letThrough, d)
	}
	if a.Kind(callee) == parser.KindAttribute {
		if name := a.nameOf(callee); (takes[name] || wraps[name] || name == "ratelimit" || name == "as_decorator" || name == "shared_limit") && a.isLimiter(a.Field(callee, parser.FieldObject)) == Yes {
			return only(letThrough, d)
		}
	}
	switch a.isLimiter(callee) {
	case Yes:
		return only(letThrough, d)
	case Unknown:
		return only(maybeLet, d)
	}
	switch joined := strings.ToLower(strings.ReplaceAll(a.nameOf(callee), "_", "")); joined {
	case "ratelimit", "ratelimited", "throttle", "throttled", "ratelimiter", "limitrate", "limitcalls":
		return only(letThrough, d)
	}
	return always
}
