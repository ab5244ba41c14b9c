package lsp

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
)

// pathOf is the file that a URI names, "" when it names none (untitled:, a notebook's cell).
func pathOf(uri string) string { return pathFor(uri, runtime.GOOS) }

func pathFor(uri, goos string) string {
	u, err := url.Parse(uri)
	if err != nil || !strings.EqualFold(u.Scheme, "file") || u.Path == "" {
		return ""
	}
	path := u.Path
	if goos != "windows" {
		if u.Host != "" && u.Host != "localhost" {
			return ""
		}
		return filepath.Clean(path)
	}
	if u.Host != "" {
		path = "//" + u.Host + path // \\server\share
	} else if len(path) > 2 && path[0] == '/' && path[2] == ':' {
		path = strings.ToUpper(path[1:2]) + path[2:] // editors differ in the drive's case
	}
	return strings.ReplaceAll(path, "/", `\`)
}

// uriOf is the file: URI of an absolute path.
func uriOf(path string) string {
	path = filepath.ToSlash(path)
	host := ""
	if rest, ok := strings.CutPrefix(path, "//"); ok {
		host, path, _ = strings.Cut(rest, "/")
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Host: host, Path: path}).String()
}
