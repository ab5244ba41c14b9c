package facts

import (
	"strings"

	"github.com/qodacode/qodacode/analyzers/llm"
	"github.com/qodacode/qodacode/parser"
)

// The names under which SDKs have these settings, as of 2026-11.
var (
	timeoutNames = []string{
		"timeout", "request_timeout", "requestTimeout", "timeoutMs", "timeout_ms", "http_options.timeout", "httpOptions.timeout", "model_settings.timeout", "settings.timeout",
		"model_kwargs.timeout", "request_options.timeout", "requestOptions.timeout", "abortSignal", "signal", "abort_signal", "http_client.timeout", "client_args.timeout", "default_request_timeout",
	}
	retryNames = []string{"max_retries", "maxRetries", "num_retries", "numRetries", "stop_after_attempt", "stopAfterAttempt", "http_options.retry_options", "retry_options", "request_options.retry", "model_settings.retry", "retry_strategy", "max_retry_limit"}
	rateNames  = []string{"rate_limiter", "rateLimiter"}
	rpmNames   = []string{"max_rpm", "maxRpm", "rpm", "requests_per_minute", "requestsPerMinute", "rpm_limit"}
	rpsNames   = []string{"requests_per_second", "requestsPerSecond", "max_requests_per_second"}
	// milliseconds are the names whose numbers count them in Python too.
	milliseconds = map[string]bool{"timeout_ms": true, "timeoutMs": true, "http_options.timeout": true}
)

// timeout is the timeout in seconds of a request: on the call, its client, or around it.
func (h *holders) timeout(c *parser.Call) (seconds float64, has bool) {
	for _, holder := range h.calls {
		for _, name := range timeoutNames {
			v, ok := h.b.argument(holder, name)
			if !ok {
				continue
			}
			if v.Kind == parser.None || v.Kind == parser.Bool && !v.Bool {
				return 0, false // said to be none, whatever stands farther away
			}
			return h.b.seconds(v, milliseconds[name]), true
		}
	}
	return h.b.timeoutAround(c.Node)
}

// seconds is a timeout as code has it: a number, httpx.Timeout(60), timedelta(seconds=60),
// AbortSignal.timeout(60_000). JavaScript counts milliseconds. 0 where it is not known.
func (b *builder) seconds(v llm.Value, ms bool) float64 {
	if v.File == nil {
		return 0
	}
	unit := 1.0
	if ms || v.File.Language.IsScript() {
		unit = 1000
	}
	if v.Kind == parser.Number {
		return finite(v.Num / unit)
	}
	f, n := b.follow(v.File, v.Expr)
	n = f.Unwrap(n)
	for _, name := range []string{"totalMs", "stepMs", "chunkMs"} { // timeout: { totalMs: 60_000 }
		if x := f.Eval(f.Property(n, name)); x.Kind == parser.Number {
			return finite(x.Num / 1000)
		}
	}
	made := f.CallAt(n)
	if made == nil {
		return 0
	}
	for _, d := range durations {
		position := -1
		if d.name == "timeout" && made.Name != "timedelta" {
			position = 0
		}
		if a, ok := f.Argument(made, d.name, position); ok {
			if x := f.Eval(a.Value); x.Kind == parser.Number {
				return finite(x.Num * d.factor / unit)
			}
		}
	}
	return 0
}

// durations are the arguments of what makes a timeout, and how many of its units they count.
var durations = []struct {
	name   string
	factor float64
}{{"timeout", 1}, {"seconds", 1}, {"minutes", 60}, {"milliseconds", 0.001}, {"read", 1}}

// timers are calls and context managers that end what stands in them after a time, with the
// position of the seconds.
var timers = map[string]int{
	"asyncio.wait_for": 1, "asyncio.timeout": 0, "async_timeout.timeout": 0, "anyio.fail_after": 0, "anyio.move_on_after": 0, "trio.fail_after": 0, "trio.move_on_after": 0,
}

func (b *builder) timeoutAround(n parser.NodeID) (seconds float64, has bool) {
	f := b.f
	for at := range f.Ancestors(n) {
		var c *parser.Call
		switch f.Kind(at) {
		case parser.KindFunction, parser.KindMethod, parser.KindClass:
			return 0, false
		case parser.KindCall:
			c = f.CallAt(at)
		case parser.KindWith:
			for _, name := range []string{"timeout", "fail_after", "move_on_after"} {
				for with := range f.CallsNamed(name) {
					if s := f.Span(with.Node); s.Start >= f.Span(at).Start && f.Within(with.Node, at) && s.End <= f.Span(n).Start {
						c = with
					}
				}
			}
		}
		if c == nil {
			continue
		}
		if position, ok := timers[f.QName(c.Callee)]; ok {
			a, ok := f.Argument(c, "timeout", position)
			if !ok {
				continue
			}
			v := f.Eval(a.Value)
			if v.Kind == parser.None {
				continue
			}
			if v.Kind == parser.Number {
				seconds = finite(v.Num)
			}
			return seconds, true
		}
	}
	return 0, false
}

// retries is how often a request is sent again: on the call, its client, or by a decorator.
func (h *holders) retries(c *parser.Call) (times float64, has bool) {
	if v, presence := h.site.Setting(llm.Retries); presence == llm.Present && v.Kind == parser.Number {
		return finite(v.Num), true
	}
	for _, holder := range h.calls {
		for _, name := range retryNames {
			if v, ok := h.b.argument(holder, name); ok && v.Kind != parser.None {
				if v.Kind == parser.Number {
					times = finite(v.Num)
					if strings.HasPrefix(name, "stop") { // attempts, with the first
						times = max(0, times-1)
					}
				}
				return times, true
			}
		}
	}
	fn := h.b.f.EnclosingFunc(c.Node)
	if fn == nil {
		return 0, false
	}
	for _, d := range fn.Decorators {
		f := h.b.f
		made := f.CallAt(d)
		if made == nil || !strings.HasPrefix(f.QName(made.Callee), "tenacity.") {
			continue
		}
		if a, ok := f.Argument(made, "stop", -1); ok {
			if stop := f.CallAt(f.Unwrap(a.Value)); stop != nil && stop.Name == "stop_after_attempt" && len(stop.Args) > 0 {
				if v := f.Eval(stop.Args[0].Value); v.Kind == parser.Number {
					return finite(max(0, v.Num-1)), true
				}
				return 0, true
			}
		}
	}
	return 0, false
}

// rate is how many requests a minute the client's own limiter lets through.
func (h *holders) rate() (rpm float64, has bool) {
	if v, _, ok := h.setting(rpmNames); ok && v.Kind == parser.Number {
		return finite(v.Num), true
	}
	v, _, ok := h.setting(rateNames)
	if !ok || v.Kind == parser.None || v.File == nil {
		return 0, false
	}
	f, n := h.b.follow(v.File, v.Expr)
	if made := f.CallAt(f.Unwrap(n)); made != nil {
		for _, name := range rpmNames {
			if v, ok := h.b.argument(holder{f, made}, name); ok && v.Kind == parser.Number {
				return finite(v.Num), true
			}
		}
		for _, name := range rpsNames {
			if v, ok := h.b.argument(holder{f, made}, name); ok && v.Kind == parser.Number {
				return finite(60 * v.Num), true
			}
		}
	}
	return 0, true
}
