package lsp

import (
	"context"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/qodacode/qodacode/analyzers"
	"github.com/qodacode/qodacode/analyzers/policy"
	"github.com/qodacode/qodacode/analyzers/policy/endpoint"
	"github.com/qodacode/qodacode/analyzers/sast"
	"github.com/qodacode/qodacode/config"
)

// Options are what a server is made of. Engine is required.
type Options struct {
	Engine  *analyzers.Engine
	Version string           // of qodacode, for serverInfo
	Log     *slog.Logger     // nil: nothing is logged to it; warnings reach the client all the same
	Now     func() time.Time // nil: time.Now
	// UserConfig is the path of the user's own configuration file, "" for none.
	UserConfig string
	// Files yields the paths of the files below folder that a check of it would read. nil
	// switches everything off that looks at files which are not open.
	Files func(ctx context.Context, folder string) iter.Seq[string]
	// Rules reads the rules of users; nil: there are none.
	Rules *sast.Sources
	// Policies reads and runs policies; nil: there are none.
	Policies *policy.Host
	// Endpoint is the language model that a user has configured for policies, nil for none; nil: there is none for anybody.
	Endpoint func(*config.Config) (*endpoint.Client, error)
}

// Serve speaks LSP over rwc until the client ends the session, is gone, or ctx ends. It
// closes rwc. The exit code is 0 after a shutdown request and 1 otherwise, as LSP says.
func Serve(ctx context.Context, rwc io.ReadWriteCloser, opts Options) (exitCode int) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	out := newStream(rwc, opts.Log)
	log := slog.New(clientLog{opts.Log.Handler(), out})
	out.log = log
	s := newSession(ctx, cancel, opts, log, out)
	d := &dispatcher{handler: s, out: out, log: log, guard: s.guard, running: map[jsonrpc2.ID]*context.CancelFunc{}}
	s.cancelRequests = d.cancelAll
	quiet := slog.NewLogLogger(opts.Log.Handler(), slog.LevelDebug)
	s.conn = jsonrpc2.NewConn(ctx, out, d, jsonrpc2.SetLogger(quiet))
	close(s.connected)

	<-s.conn.DisconnectNotify()
	cancel()
	d.cancelAll()
	<-out.closed
	d.tasks.end()
	s.background.end()
	s.pictures.clean()
	return int(s.exitCode.Load())
}

// Listen serves each connection to a TCP address with a session of its own until ctx ends.
// The address must be on the loopback interface: the protocol has no authentication.
func Listen(ctx context.Context, address string, opts Options) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("%q is no address like 127.0.0.1:7777: %w", address, err)
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("the server listens on a loopback address only, such as 127.0.0.1, not on %q", host)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	return serveAll(ctx, listener, opts)
}

func serveAll(ctx context.Context, listener net.Listener, opts Options) error {
	defer context.AfterFunc(ctx, func() { listener.Close() })()
	var sessions sync.WaitGroup
	defer sessions.Wait()
	for {
		conn, err := listener.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		sessions.Go(func() { Serve(ctx, conn, opts) })
	}
}
