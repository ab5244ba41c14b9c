package sandbox

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// startLimit is the time in which a worker must say hello. It is long, since the first start of
// a program on a busy machine may be slow, and nothing of a policy is run by then.
const startLimit = 20 * time.Second

// process is a running worker.
type process struct {
	cmd     *exec.Cmd
	stdin   io.WriteCloser
	replies chan reply    // closed when its output has ended
	quit    chan struct{} // closed when nobody takes replies any more
	ended   chan struct{} // closed when the process has ended
	stderr  opening
	once    sync.Once
	outbox  chan outgoing
	loaded  map[string]bool // sets that it knows
	cpu     time.Duration   // that it had used when it last said something
}

// processes is how many workers run; observe sees how each has ended. Tests look at both.
var (
	processes atomic.Int32
	observe   func(*os.ProcessState)
)

// command is what starts a worker.
func (o Options) command() ([]string, error) {
	if len(o.Command) > 0 {
		return o.Command, nil
	}
	// On Linux this is the program that runs, also when its file was replaced.
	if runtime.GOOS == "linux" {
		if _, err := os.Readlink("/proc/self/exe"); err == nil {
			return append([]string{"/proc/self/exe"}, workerArgs...), nil
		}
	}
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return append([]string{exe}, workerArgs...), nil
}

// start starts a worker and waits for its hello.
func start(o Options) (*process, error) {
	args, err := o.command()
	if err != nil {
		return nil, err
	}
	p := &process{replies: make(chan reply), quit: make(chan struct{}), ended: make(chan struct{}), outbox: make(chan outgoing, 4), loaded: map[string]bool{}}
	p.cmd = exec.Command(args[0], args[1:]...)
	p.cmd.Env = append(systemEnv(), "GOMAXPROCS=2", "GOTRACEBACK=none", fmt.Sprintf("%s=%d", memoryVariable, o.Limits.Memory))
	p.cmd.Stderr = &p.stderr
	p.cmd.WaitDelay = time.Second
	detach(p.cmd)
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("the process for policies cannot be started: %w", err)
	}
	processes.Add(1)
	go p.read(stdout)
	go p.write()
	if err := p.hello(); err != nil {
		p.kill()
		return nil, err
	}
	return p, nil
}

// hello waits for the first reply.
func (p *process) hello() error {
	timeout := time.NewTimer(startLimit)
	defer timeout.Stop()
	select {
	case r, ok := <-p.replies:
		switch {
		case !ok:
			<-p.ended
			return fmt.Errorf("the process for policies ended when it was started: %s", p.lastWords())
		case r.Hello != protocol:
			return errors.New("the process for policies is of another version of qodacode. Restart the editor")
		}
		p.cpu = r.CPU
		return nil
	case <-timeout.C:
		return fmt.Errorf("the process for policies did not answer within %v of its start", startLimit)
	}
}

// read passes on what the worker says until its output ends, or nobody listens.
func (p *process) read(stdout io.Reader) {
	in := bufio.NewReaderSize(stdout, 1<<16)
	for {
		var r reply
		if _, err := readMessage(in, &r, maxAnswer); err != nil {
			break
		}
		select {
		case p.replies <- r:
			continue
		case <-p.quit:
		}
		break
	}
	// Output that is no message comes from a worker that is out of order, too.
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	processes.Add(-1)
	if observe != nil {
		observe(p.cmd.ProcessState)
	}
	close(p.ended)
	close(p.replies)
}

// outgoing is a request on its way to the worker.
type outgoing struct {
	request request
	body    []byte
}

// send has a request written, in order, without waiting for the worker to take it.
func (p *process) send(r request, body []byte) {
	select {
	case p.outbox <- outgoing{r, body}:
	case <-p.ended:
	}
}

func (p *process) write() {
	for {
		select {
		case o := <-p.outbox:
			if err := writeMessage(p.stdin, o.request, o.body, maxRequest); err != nil {
				_ = p.cmd.Process.Kill() // it has ended, or would wait for ever
				return
			}
		case <-p.ended:
			return
		}
	}
}

// kill ends the process and waits for its end.
func (p *process) kill() {
	p.once.Do(func() { close(p.quit) })
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// close lets the process end by itself, and kills it when it doesn't.
func (p *process) close() {
	_ = p.stdin.Close()
	p.once.Do(func() { close(p.quit) })
	select {
	case <-p.ended:
	case <-time.After(200 * time.Millisecond):
		p.kill()
	}
}

// lastWords are how the process ended and the first line that it wrote.
func (p *process) lastWords() string {
	line, _, _ := strings.Cut(strings.TrimSpace(p.stderr.String()), "\n")
	if line == "" {
		return p.cmd.ProcessState.String()
	}
	return p.cmd.ProcessState.String() + ": " + line
}

// opening keeps the first bytes that are written to it.
type opening struct {
	mu  sync.Mutex
	buf []byte
}

const maxOpening = 4 << 10

func (t *opening) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, b[:min(len(b), maxOpening-len(t.buf))]...)
	return len(b), nil
}

func (t *opening) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.buf)
}
