package pricing

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/qodacode/qodacode/config"
)

// Sources gives each configuration its table of prices. It is safe for concurrent use. It
// reads files, but never the network: of a URL it reads the copy in Cache.
type Sources struct {
	// Cache is the folder with copies of what URLs had, see CachePath; "": there are none.
	Cache string
	Log   *slog.Logger // nil: nothing is logged
	Now   func() time.Time
	// Patience is how long the first call for a list of files waits for them; 0: as long as it
	// takes. The built-in prices hold until they are read.
	Patience time.Duration

	mu      sync.Mutex
	sources map[string]*Source // by their files
}

// recheck is how long a file is not looked at again.
const recheck = 2 * time.Second

// BuiltinFor is the built-in table, whatever a configuration says.
func BuiltinFor(*config.Config) *Table { return Builtin() }

// For is the table of a configuration. The first call for a list of files waits for them;
// later ones cost microseconds, and see a changed file some seconds later.
func (s *Sources) For(cfg *config.Config) *Table {
	if len(cfg.Cost.Prices) == 0 {
		return Builtin()
	}
	return s.Of(cfg).fresh(s.Now(), s.Patience)
}

// Of is what a configuration's prices are read from.
func (s *Sources) Of(cfg *config.Config) *Source {
	var key strings.Builder
	for _, f := range cfg.Cost.Prices {
		key.WriteString(f.Path + "\x00" + f.Within + "\x00" + f.URL + "\x00")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sources == nil {
		s.sources = map[string]*Source{}
	}
	src := s.sources[key.String()]
	if src == nil {
		src = newSource(cfg.Cost.Prices, s.Cache, s.Log)
		s.sources[key.String()] = src
	}
	return src
}

// Source is a list of price files and the table that they make. It is safe for concurrent use.
type Source struct {
	log     *slog.Logger
	table   atomic.Pointer[Table]
	checked atomic.Int64 // when the files were looked at last, in Unix nanoseconds

	first    sync.Once
	loaded   chan struct{} // closed once the files were read for the first time
	deadline time.Time     // until when the first callers wait

	mu    sync.Mutex // held while files are read
	files []priceFile
}

type priceFile struct {
	config.PriceFile
	path     string // where it is read: its own, or the copy of its URL
	modified time.Time
	size     int64
	good     *File  // the last content that could be used
	problem  string // what is wrong with the content now; ""
}

func newSource(files []config.PriceFile, cache string, log *slog.Logger) *Source {
	s := &Source{log: log, loaded: make(chan struct{})}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	for _, f := range files {
		p := priceFile{PriceFile: f, path: f.Path}
		if f.URL != "" && cache != "" {
			p.path = CachePath(cache, f.URL)
		}
		s.files = append(s.files, p)
	}
	return s
}

// Table is the table as it was read last; the built-in one before Load.
func (s *Source) Table() *Table {
	if t := s.table.Load(); t != nil {
		return t
	}
	return Builtin()
}

// fresh is the table. It waits for the files the first time; afterwards it has them looked
// at beside, at most once per recheck.
func (s *Source) fresh(now time.Time, patience time.Duration) *Table {
	last := s.checked.Load()
	switch {
	case s.table.Load() == nil:
		s.await(patience)
		s.checked.CompareAndSwap(last, now.UnixNano())
	case now.UnixNano()-last > int64(recheck) && s.checked.CompareAndSwap(last, now.UnixNano()):
		go s.Load()
	}
	return s.Table()
}

// await has the files read for the first time, and waits for that.
func (s *Source) await(patience time.Duration) {
	s.first.Do(func() {
		s.deadline = time.Now().Add(patience)
		go func() {
			defer close(s.loaded)
			s.Load()
		}()
	})
	if patience == 0 {
		<-s.loaded
		return
	}
	timer := time.NewTimer(time.Until(s.deadline))
	defer timer.Stop()
	select {
	case <-s.loaded:
	case <-timer.C:
	}
}

// Load reads the files that changed and makes the table anew. Of a file that cannot be used
// the last good content stays, and that is logged once.
func (s *Source) Load() {
	s.mu.Lock()
	defer s.mu.Unlock()
	changed := s.table.Load() == nil
	var good []*File
	for i := range s.files {
		f := &s.files[i]
		if f.read(s.log) {
			changed = true
		}
		if f.good != nil {
			good = append(good, f.good)
		}
	}
	if changed {
		s.table.Store(Builtin().With(good...))
	}
}

// read reports whether there is new content to use.
func (f *priceFile) read(log *slog.Logger) bool {
	file, modified, size, err := f.open()
	if err == nil && file == nil {
		return false // as it was
	}
	f.modified, f.size = modified, size
	if err == nil {
		f.good, f.problem = file, ""
		if file.Dropped > 0 {
			log.Debug("entries of a price file have no plausible prices and are left out", "file", f.Name, "entries", file.Dropped)
		}
		return true
	}
	if problem := err.Error(); problem != f.problem {
		instead := "the other prices are used"
		if f.good != nil {
			instead = "the last good ones are used, as of " + f.good.AsOf.String()
		}
		log.Warn("prices cannot be read from "+f.Name+": "+problem+"; "+instead, "key", "cost.prices")
		f.problem = problem
	}
	return false
}

// open reads the content if it is new; a nil File without an error if it is not.
func (f *priceFile) open() (file *File, modified time.Time, size int64, err error) {
	if f.URL != "" {
		if f.path == "" {
			return nil, modified, 0, errors.New("there is no folder for copies")
		}
		if _, err := os.Stat(f.path); errors.Is(err, fs.ErrNotExist) {
			return nil, modified, 0, errors.New("there is no copy yet; run `qodacode cost prices --update`")
		}
	}
	stat, open, name := os.Stat, os.Open, f.path
	if f.Within != "" {
		root, err := os.OpenRoot(f.Within) // refuses links that lead out of it
		if err != nil {
			return nil, modified, 0, reasonOf(err)
		}
		defer root.Close()
		if name, err = filepath.Rel(f.Within, f.path); err != nil {
			return nil, modified, 0, reasonOf(err)
		}
		stat, open = root.Stat, root.Open
	}
	info, err := stat(name)
	switch {
	case err != nil:
		return nil, modified, 0, reasonOf(err)
	case !info.Mode().IsRegular(): // a pipe would never end
		return nil, modified, 0, errors.New("it is no regular file")
	case info.ModTime().Equal(f.modified) && info.Size() == f.size:
		return nil, f.modified, f.size, nil
	case info.Size() > MaxFileSize:
		return nil, info.ModTime(), info.Size(), fmt.Errorf("it is larger than %d MB", MaxFileSize>>20)
	}
	r, err := open(name)
	if err != nil {
		return nil, modified, 0, reasonOf(err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, MaxFileSize+1))
	if err != nil {
		return nil, modified, 0, reasonOf(err)
	}
	file, err = ReadFile(f.Name, data, DateOf(info.ModTime()))
	return file, info.ModTime(), info.Size(), err
}

// reasonOf is what went wrong without the path, which the message names already.
func reasonOf(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// Origin tells about one source of prices.
type Origin struct {
	Name    string
	AsOf    Date   // zero where nothing could be read
	Models  int    // with prices
	Dropped int    // entries without usable prices
	Problem string // why it is not read, or not as it is now; "" for none
	URL     string // "" for what is no URL
}

// Origins are where prices come from, the ones that win last.
func (s *Source) Origins() []Origin {
	own, wide := Builtin(), catwalkModels()
	var catwalk Date
	_ = catwalk.UnmarshalText([]byte(catwalkAsOf))
	out := []Origin{
		{Name: catwalkSource + " (built in)", AsOf: catwalk, Models: len(wide.models), Dropped: wide.rows - len(wide.models)},
		{Name: "providers' price pages (built in)", AsOf: own.AsOf, Models: len(own.Models)},
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.files {
		f := &s.files[i]
		o := Origin{Name: f.Name, URL: f.URL, Problem: f.problem}
		if f.good != nil {
			o.AsOf, o.Models, o.Dropped = f.good.AsOf, f.good.Models(), f.good.Dropped
		}
		out = append(out, o)
	}
	return out
}

// CachePath is where the copy of a URL is kept below a folder of the user's.
func CachePath(dir, url string) string {
	sum := sha256.Sum256([]byte(url))
	return filepath.Join(dir, hex.EncodeToString(sum[:16])+".json")
}
