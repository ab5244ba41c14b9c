// Command record stands in for a language server: it starts the real one, passes everything
// through both ways, and writes each message that went by to a log.
//
// It is installed as BIN/qodacode; the real server is BIN/real/qodacode, and the logs go to
// BIN/records/PID.jsonl, one JSON object per line: first {"from":"recorder","pid":…,"args":…},
// then {"from":"client" or "server","at":microseconds,"message":…}, and "garbage" in place of
// "message" for what is no message of the base protocol.
//
// Some clients write their farewell and kill the process at once (Helix 25.07). Therefore the
// process that a client starts only waits for a second one, which reads the client's pipe to
// its end: what was sent is recorded, however the first one ends.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"
)

func main() {
	code, err := run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		code = 125
	}
	os.Exit(code)
}

func run() (code int, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	bin := filepath.Dir(self)
	server := exec.Command(filepath.Join(bin, "real", "qodacode"), os.Args[1:]...)
	server.Stderr = os.Stderr
	if !slices.Contains(os.Args[1:], "lsp") { // no conversation to record: --version, check, doctor
		server.Stdin, server.Stdout = os.Stdin, os.Stdout
		return exitCode(server.Run())
	}
	if os.Getenv(recording) == "" {
		recorder := exec.Command(self, os.Args[1:]...)
		recorder.Env = append(os.Environ(), recording+"=1")
		recorder.Stdin, recorder.Stdout, recorder.Stderr = os.Stdin, os.Stdout, os.Stderr
		if err := recorder.Start(); err != nil {
			return 0, err
		}
		passSignals(recorder.Process)
		return exitCode(recorder.Wait())
	}
	_ = os.Unsetenv(recording) // the server need not know
	toServer, err := server.StdinPipe()
	if err != nil {
		return 0, err
	}
	fromServer, err := server.StdoutPipe()
	if err != nil {
		return 0, err
	}
	file, err := os.Create(filepath.Join(bin, "records", fmt.Sprint(os.Getpid(), ".jsonl")))
	if err != nil {
		return 0, err
	}
	defer file.Close()
	if err := server.Start(); err != nil {
		return 0, err
	}
	log := &record{file: file, start: time.Now()}
	log.write(line{From: "recorder", PID: server.Process.Pid, Args: os.Args[1:]})
	passSignals(server.Process)
	go func() {
		_, _ = io.Copy(toServer, io.TeeReader(os.Stdin, &frames{from: "client", log: log}))
		_ = toServer.Close()
	}()
	_, _ = io.Copy(os.Stdout, io.TeeReader(fromServer, &frames{from: "server", log: log}))
	return exitCode(server.Wait())
}

// recording is the variable of the environment that the second process is known by.
const recording = "QODACODE_RECORDING"

// passSignals sends to a process what this one is asked to end with.
func passSignals(to *os.Process) {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	go func() {
		for s := range signals {
			_ = to.Signal(s)
		}
	}()
}

// exitCode is the code of a command that has ended, as a shell gives it: 128 and the signal
// for one that was killed.
func exitCode(err error) (int, error) {
	ended := (*exec.ExitError)(nil)
	if !errors.As(err, &ended) {
		return 0, err
	}
	if s, ok := ended.Sys().(syscall.WaitStatus); ok && s.Signaled() {
		return 128 + int(s.Signal()), nil
	}
	return ended.ExitCode(), nil
}

type line struct {
	From    string          `json:"from"`
	At      int64           `json:"at"` // microseconds since the server was started
	PID     int             `json:"pid,omitempty"`
	Args    []string        `json:"args,omitempty"`
	Message json.RawMessage `json:"message,omitempty"`
	Garbage string          `json:"garbage,omitempty"`
}

// record is the log of one server.
type record struct {
	mu    sync.Mutex
	file  io.Writer
	start time.Time
}

func (r *record) write(l line) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l.At = time.Since(r.start).Microseconds()
	_ = json.NewEncoder(r.file).Encode(l)
}
