package endpoint

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	connectTimeout = 5 * time.Second
	wholeTimeout   = 60 * time.Second
	maxBody        = 1 << 20
	// maxRetries is how often a request is sent again that the server was too busy for.
	maxRetries = 2
	// maxWait is the longest that a server may ask to wait.
	maxWait = 20 * time.Second
)

var (
	errTooLarge = fmt.Errorf("it answered with more than %d MB", maxBody>>20)
	errTooSlow  = errors.New("it did not answer in time")
)

// redirected is an answer that leads elsewhere. The key must not go there, nor the sentence.
type redirected struct{ status int }

func (e *redirected) Error() string {
	return fmt.Sprintf("it redirects (%d), which is not followed", e.status)
}

// foreign is a body that is no JSON.
type foreign struct{ contentType string }

func (e *foreign) Error() string { return "it answered with " + e.contentType + " instead of JSON" }

// busy is a server that asks to wait longer than anyone would.
type busy struct {
	status int
	wait   time.Duration
}

func (e *busy) Error() string {
	return fmt.Sprintf("it is busy (%d) and asks to wait %s", e.status, e.wait)
}

// transport sends requests with bounds that go-openai does not set: of time, of the body's
// size, of where it leads. It keeps no log.
type transport struct {
	inner   http.RoundTripper
	timeout time.Duration
	sleep   func(context.Context, time.Duration) error
}

// newTransport uses the proxy of the environment, but never for this machine. plain is for
// http, which stays on this machine whatever its name resolves to.
func newTransport(plain bool, timeout time.Duration) *transport {
	dialer := &net.Dialer{Timeout: connectTimeout}
	if plain {
		dialer.Control = func(_, address string, _ syscall.RawConn) error {
			host, _, err := net.SplitHostPort(address)
			if err != nil {
				return err
			}
			host, _, _ = strings.Cut(host, "%")
			if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
				return errors.New("the name leads to another machine, and http is used on this one only; write https://")
			}
			return nil
		}
	}
	inner := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    connectTimeout,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           2,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
	if plain {
		inner.Proxy = nil
	}
	return &transport{inner: inner, timeout: timeout, sleep: sleep}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// RoundTrip implements http.RoundTripper. The body of its response is read whole.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	for try := 0; ; try++ {
		response, err := t.once(request)
		if err != nil {
			return nil, err
		}
		if response.StatusCode != http.StatusTooManyRequests && response.StatusCode != http.StatusServiceUnavailable || try == maxRetries {
			return response, nil
		}
		wait, told := retryAfter(response.Header.Get("Retry-After"), time.Now())
		if !told {
			wait = time.Second << try
		}
		if wait > maxWait {
			return nil, &busy{response.StatusCode, wait}
		}
		if err := t.sleep(request.Context(), wait); err != nil {
			return nil, err
		}
	}
}

func (t *transport) once(request *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeoutCause(request.Context(), t.timeout, errTooSlow)
	defer cancel()
	again := request.Clone(ctx)
	if request.GetBody != nil {
		body, err := request.GetBody()
		if err != nil {
			return nil, err
		}
		again.Body = body
	}
	again.Header.Set("User-Agent", "qodacode")
	response, err := t.inner.RoundTrip(again)
	if err != nil {
		return nil, inTime(ctx, err)
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 && response.StatusCode < 400 {
		return nil, &redirected{response.StatusCode}
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1)) // what was packed counts unpacked
	if err != nil {
		return nil, inTime(ctx, err)
	}
	if len(body) > maxBody {
		return nil, errTooLarge
	}
	if kind, _, err := mime.ParseMediaType(response.Header.Get("Content-Type")); response.StatusCode < 300 && !json.Valid(body) {
		if err != nil || kind == "" {
			kind = "something of no known type"
		}
		if strings.HasSuffix(kind, "json") {
			kind = "broken JSON"
		}
		return nil, &foreign{kind}
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// inTime is err, or that time was up.
func inTime(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(header string, now time.Time) (wait time.Duration, told bool) {
	header = strings.TrimSpace(header)
	if seconds, err := strconv.ParseFloat(header, 64); err == nil {
		if !(seconds >= 0 && seconds < 1e6) {
			return time.Duration(1e6) * time.Second, seconds >= 0
		}
		return time.Duration(seconds * float64(time.Second)), true
	}
	if date, err := http.ParseTime(header); err == nil {
		return max(0, date.Sub(now)).Round(time.Second), true
	}
	return 0, false
}
