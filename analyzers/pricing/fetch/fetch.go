// Package fetch downloads price files. Only a command that the user calls for that does so:
// the engine and the language server never open a connection.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/qodacode/qodacode/analyzers/pricing"
)

const (
	// timeout is for all of a download, from the first connection to the last byte.
	timeout      = 60 * time.Second
	maxRedirects = 5
)

// Fetcher downloads price files into a folder of the user's.
type Fetcher struct {
	Cache string // see pricing.CachePath
	Now   func() time.Time
	// Transport sends the requests; nil: the standard one, with the proxy of the environment.
	Transport http.RoundTripper
	Timeout   time.Duration // 0: a minute
}

// Update downloads what a URL has and, if it is a price file, replaces the copy. Otherwise
// the copy stays as it is. No error names the URL, whose query may hold a token.
func (f *Fetcher) Update(ctx context.Context, from string) (*pricing.File, error) {
	data, err := f.get(ctx, from)
	if err != nil {
		return nil, withoutURL(err)
	}
	now := f.Now()
	file, err := pricing.ReadFile(from, data, pricing.DateOf(now))
	if err != nil {
		return nil, fmt.Errorf("what came is no price file: %w", err)
	}
	if err := replace(pricing.CachePath(f.Cache, from), data, now); err != nil {
		return nil, fmt.Errorf("the copy cannot be written: %w", err)
	}
	return file, nil
}

func (f *Fetcher) get(ctx context.Context, from string) ([]byte, error) {
	limit := f.Timeout
	if limit == 0 {
		limit = timeout
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	client := &http.Client{Transport: f.Transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		switch {
		case r.URL.Scheme != "https":
			return errors.New("it redirects to an address without https")
		case len(via) > maxRedirects:
			return fmt.Errorf("it redirects more than %d times", maxRedirects)
		}
		return nil
	}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return nil, err
	}
	if request.URL.Scheme != "https" {
		return nil, errors.New("only https URLs are downloaded")
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "qodacode")
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %d %s", response.StatusCode, http.StatusText(response.StatusCode))
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, pricing.MaxFileSize+1)) // what was packed counts unpacked
	switch {
	case ctx.Err() != nil: // also where the body seems to have come to its end
		return nil, ctx.Err()
	case err != nil:
		return nil, fmt.Errorf("the download broke off: %w", err)
	case len(data) > pricing.MaxFileSize:
		return nil, fmt.Errorf("it is larger than %d MB", pricing.MaxFileSize>>20)
	}
	return data, nil
}

// withoutURL is an error of the HTTP client without the address that it was about.
func withoutURL(err error) error {
	var about *url.Error
	if errors.As(err, &about) {
		err = about.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.New("the server takes too long")
	}
	return err
}

// replace puts data in the place of a file at once: whoever reads it sees all of the old or
// all of the new content. Only the user can read it.
func replace(path string, data []byte, now time.Time) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, ".prices-*") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Sync()
	}
	if closing := tmp.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Chtimes(tmp.Name(), now, now)
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	return err
}
