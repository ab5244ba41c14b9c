package guards

import (
	"strconv"
	"strings"
	"time"

	"github.com/qodacode/qodacode/parser"
)

func trimmed(s string) string { return strings.TrimSpace(s) }

// perMinute is how many requests per minute a limiter lets through that n is, or is made by; 0 where it is not known.
func (a *analysis) perMinute(n parser.NodeID) float64 {
	for range 6 {
		n = a.Unwrap(n)
		if c := a.CallAt(n); c != nil {
			if rpm := a.rateOf(c); rpm > 0 {
				return rpm
			}
			callee := a.Unwrap(c.Callee)
			if a.Kind(callee) == parser.KindAttribute {
				n = a.Field(callee, parser.FieldObject)
			} else {
				n = callee
			}
			continue
		}
		switch a.Kind(n) {
		case parser.KindIdentifier:
			defs := a.DefsOf(n)
			if len(defs) != 1 || defs[0].Value == parser.NoNode {
				return 0
			}
			n = defs[0].Value
		case parser.KindAttribute:
			if !a.IsSelf(a.Field(n, parser.FieldObject)) {
				return 0
			}
			class := a.ClassAround(n)
			if class == nil {
				return 0
			}
			defs := a.Members(class, a.nameOf(n))
			if len(defs) != 1 || defs[0].Value == parser.NoNode {
				return 0
			}
			n = defs[0].Value
		default:
			return 0
		}
	}
	return 0
}

// The arguments of limiters: how many, and in what time.
var (
	countArguments    = []string{"calls", "max_rate", "max_calls", "rate_limit", "limit", "tokensPerInterval", "rate", "points", "reservoir", "max_requests", "requests", "maxRequests"}
	intervalArguments = []string{"period", "time_period", "interval", "duration", "per", "reservoirRefreshInterval", "time_window", "window"}
	// positional limiters take the count first and the time second.
	positional = set(`limits AsyncLimiter RateLimiter Throttler Rate slidingWindow fixedWindow tokenBucket Limiter rate_limit rate_limited sleep_and_retry Throttle`)
)

// rateOf is what a call says of requests per minute.
func (a *analysis) rateOf(c *parser.Call) float64 {
	for _, arg := range []string{"requests_per_second", "requestsPerSecond"} {
		if v, ok := a.Argument(c, arg, -1); ok {
			return 60 * a.number(v.Value)
		}
	}
	for name := range limiterArguments {
		if v, ok := a.Argument(c, name, -1); ok {
			if n := a.number(v.Value); n > 0 {
				return n
			}
		}
	}
	for _, arg := range c.Args { // "5/minute", pyrate's Rate(5, Duration.MINUTE) in a limiter
		if v := a.Eval(arg.Value); v.Kind == parser.String && arg.Name == "" {
			if rpm := written(v.Str); rpm > 0 {
				return rpm
			}
		}
		if inner := a.CallAt(a.Unwrap(arg.Value)); inner != nil && inner != c && (inner.Name == "Rate" || inner.Name == "slidingWindow" || inner.Name == "fixedWindow" || inner.Name == "tokenBucket") {
			return a.rateOf(inner)
		}
		if object := a.Unwrap(arg.Value); a.Kind(object) == parser.KindDict && a.Language.IsScript() {
			if inner := a.CallAt(a.Unwrap(a.Property(object, "limiter"))); inner != nil && inner != c {
				return a.rateOf(inner)
			}
		}
	}
	if v, ok := a.Argument(c, "minTime", -1); ok { // Bottleneck, in milliseconds
		if n := a.number(v.Value); n > 0 {
			return 60_000 / n
		}
	}
	count, interval := 0.0, 0.0
	at := -1
	if positional[c.Name] && !(a.Language.IsScript() && len(c.Args) > 0 && a.Kind(a.Unwrap(c.Args[0].Value)) == parser.KindDict) {
		at = 0
	}
	for _, name := range countArguments {
		if v, ok := a.Argument(c, name, at); ok {
			if count = a.number(v.Value); count > 0 {
				break
			}
		}
	}
	if at == 0 {
		at = 1
	}
	for _, name := range intervalArguments {
		if v, ok := a.Argument(c, name, at); ok {
			if interval = a.seconds(c, v.Value); interval > 0 {
				break
			}
		}
	}
	if interval == 0 && c.Name == "AsyncLimiter" && len(c.Args) == 1 {
		interval = 60
	}
	if count <= 0 || interval <= 0 {
		return 0
	}
	return count * 60 / interval
}

func (a *analysis) number(n parser.NodeID) float64 {
	if v := a.Eval(n); v.Kind == parser.Number && !v.Default && v.Num > 0 {
		return v.Num
	}
	return 0
}

// units are names and members that stand for a time, in seconds.
var units = map[string]float64{
	"s": 1, "sec": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "minute": 60, "minutes": 60, "h": 3600, "hr": 3600, "hour": 3600, "hours": 3600, "d": 86400, "day": 86400, "days": 86400,
	"ms": 0.001,
}

// seconds is a time in seconds. JavaScript's limiters count milliseconds, but for those that say otherwise.
func (a *analysis) seconds(c *parser.Call, n parser.NodeID) float64 {
	n = a.Unwrap(n)
	switch v := a.Eval(n); {
	case v.Kind == parser.Number && !v.Default:
		if a.Language.IsScript() && c.Name != "RateLimiterMemory" && c.Name != "RateLimiterRedis" {
			return v.Num / 1000
		}
		return v.Num
	case v.Kind == parser.String && !v.Default:
		return duration(v.Str)
	}
	switch a.Kind(n) {
	case parser.KindAttribute: // Duration.MINUTE
		return units[strings.ToLower(a.nameOf(n))]
	case parser.KindCall:
		if c := a.CallAt(n); c != nil && c.Name == "timedelta" && len(c.Args) == 1 {
			return a.number(c.Args[0].Value) * units[c.Args[0].Name]
		}
	}
	return 0
}

// duration reads "10 s", "1m", "minute".
func duration(s string) float64 {
	s = strings.ToLower(strings.TrimSpace(s))
	i := strings.IndexFunc(s, func(r rune) bool { return !(r >= '0' && r <= '9' || r == '.') })
	if i < 0 {
		return 0
	}
	n := 1.0
	if i > 0 {
		var err error
		if n, err = strconv.ParseFloat(s[:i], 64); err != nil {
			return 0
		}
	}
	if u := units[strings.TrimSpace(s[i:])]; u > 0 {
		return n * u
	}
	if d, err := time.ParseDuration(s); err == nil {
		return d.Seconds()
	}
	return 0
}

// written reads "5/minute", "10 per hour", "100/10 seconds".
func written(s string) float64 {
	for _, sep := range []string{"/", " per "} {
		left, right, ok := strings.Cut(strings.ToLower(s), sep)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(left), 64)
		if d := duration(right); err == nil && d > 0 && n > 0 {
			return n * 60 / d
		}
	}
	return 0
}
