package lists

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"samehand/graph/ident"
)

// The bounds of a text list.
const (
	maxBytes  = 64 << 20
	maxLine   = 4096 // as long as a value may be
	maxValues = 1_000_000
	maxFaults = 20 // that are named of one list
)

// maxDB bounds a MaxMind DB, in bytes; the largest that are sold have a few hundred million.
const maxDB = 4 << 30

// Spec names a list: its kind and its file.
type Spec struct{ Kind, Path string }

// Source is a list that was read.
type Source struct {
	Kind   string
	Name   string // of the file, without its folder
	SHA256 string // of its bytes, in hex
	Values int    // that it holds; 0 for [Network], which is not counted
}

// Lists are lists that were read. The zero Lists and nil hold none. They are not to be used by several goroutines at once.
type Lists struct {
	sources  []Source
	books    map[string]book // by class
	networks []*network
}

// ParseSpec reads KIND=FILE.
func ParseSpec(text string) (Spec, error) {
	kind, path, ok := strings.Cut(text, "=")
	if _, known := kindNamed(kind); !ok || !known || path == "" {
		return Spec{}, fmt.Errorf("write it as KIND=FILE, where KIND is one of %s", kindNames())
	}
	return Spec{kind, path}, nil
}

func kindNames() string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}

// Folder lists the lists in a folder: files named KIND.txt or KIND-ANYTHING.txt, and *.mmdb, which are of kind [Network].
// Files whose names begin with a point, and README files, are passed over; any other file is an error, because a list that
// is not read must not be taken for one that is.
func Folder(dir string) ([]Spec, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var specs []Spec
	var faults []error
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "README") {
			continue
		}
		kind, ok := kindOfFile(name)
		if !ok || e.IsDir() {
			faults = append(faults, fmt.Errorf("%s: name it KIND.txt or KIND-ANYTHING.txt, where KIND is one of %s; or ANYTHING.mmdb; or take it out", filepath.Join(dir, name), kindNames()))
			continue
		}
		specs = append(specs, Spec{kind, filepath.Join(dir, name)})
	}
	if len(specs) == 0 && len(faults) == 0 {
		faults = append(faults, fmt.Errorf("%s: there is no list in it", dir))
	}
	return specs, errors.Join(faults...)
}

// kindOfFile returns the kind of list that a file in a folder of lists is.
func kindOfFile(name string) (string, bool) {
	if filepath.Ext(name) == ".mmdb" {
		return Network, true
	}
	stem, ok := strings.CutSuffix(name, ".txt")
	for _, k := range Kinds() {
		if ok && k.Name != Network && (stem == k.Name || strings.HasPrefix(stem, k.Name+"-")) {
			return k.Name, true
		}
	}
	return "", false
}

// Open reads lists. Its error joins the faults of all of them. The caller closes the result.
func Open(specs []Spec) (*Lists, error) {
	l := &Lists{books: map[string]book{}}
	var faults []error
	for _, s := range specs {
		src, err := l.read(s)
		faults = append(faults, err)
		l.sources = append(l.sources, src)
	}
	slices.SortFunc(l.sources, func(a, b Source) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.Name, b.Name), strings.Compare(a.SHA256, b.SHA256))
	})
	if err := errors.Join(faults...); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	// Which of two files is asked first must not hang on the order in which they were given.
	slices.SortFunc(l.networks, func(a, b *network) int {
		return cmp.Or(strings.Compare(filepath.Base(a.name), filepath.Base(b.name)), strings.Compare(a.name, b.name))
	})
	return l, nil
}

// read reads one list.
func (l *Lists) read(s Spec) (Source, error) {
	src := Source{Kind: s.Kind, Name: filepath.Base(s.Path)}
	if _, ok := kindNamed(s.Kind); !ok {
		return src, fmt.Errorf("%s: there is no kind of list of that name; the kinds are %s", s.Path, kindNames())
	}
	f, err := os.Open(s.Path)
	if err != nil {
		return src, err
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || !st.Mode().IsRegular() {
		return src, errors.Join(fmt.Errorf("%s: a list must be a file", s.Path), err)
	}
	hash, most := sha256.New(), int64(maxBytes)
	if s.Kind == Network {
		most = maxDB
	}
	in := io.TeeReader(io.LimitReader(f, most+1), hash)
	var n int64
	if s.Kind == Network {
		n, err = io.Copy(io.Discard, in)
	} else {
		if l.books[s.Kind] == nil {
			l.books[s.Kind] = newBook(s.Kind)
		}
		n, src.Values, err = readText(in, s.Path, l.books[s.Kind])
	}
	if err == nil && n > most {
		err = fmt.Errorf("%s: longer than %d bytes", s.Path, most)
	}
	src.SHA256 = hex.EncodeToString(hash.Sum(nil))
	if err != nil || s.Kind != Network {
		return src, err
	}
	db, err := openNetwork(s.Path)
	if err == nil {
		l.networks = append(l.networks, db)
	}
	return src, err
}

// readText reads a text list into a book, and returns how many bytes and values it has.
func readText(in io.Reader, path string, b book) (bytes int64, values int, err error) {
	r := bufio.NewReaderSize(in, maxLine+2)
	var faults []error
	more := 0
	for n := 1; ; n++ {
		line, end := r.ReadSlice('\n')
		bytes += int64(len(line))
		if end == bufio.ErrBufferFull {
			return bytes, values, errors.Join(append(faults, fmt.Errorf("%s: line %d: longer than %d bytes", path, n, maxLine))...)
		}
		text := strings.TrimSpace(strings.TrimPrefix(string(line), "\ufeff"))
		if text != "" && text[0] != '#' {
			values++
			fault := addLine(b, text, values)
			if fault != nil && len(faults) < maxFaults {
				faults = append(faults, fmt.Errorf("%s: line %d: %w", path, n, fault))
			} else if fault != nil {
				more++
			}
		}
		if end != nil || values > maxValues {
			if end != nil && end != io.EOF {
				faults = append(faults, fmt.Errorf("%s: %w", path, end))
			}
			break
		}
	}
	if more > 0 {
		faults = append(faults, fmt.Errorf("%s: and %d more lines that cannot be read", path, more))
	}
	if values == 0 {
		faults = append(faults, fmt.Errorf("%s: there is no value in it", path))
	}
	return bytes, values, errors.Join(faults...)
}

// addLine adds the text of one line, the n-th with a value.
func addLine(b book, text string, n int) error {
	switch {
	case n > maxValues:
		return fmt.Errorf("more than %d values", maxValues)
	case !utf8.ValidString(text):
		return errors.New("not UTF-8")
	}
	return b.add(text)
}

// Class says what the lists say of a value: one of the classes of this package, and why, a phrase without values that can follow
// "by a list: ". Anonymisers
// go before hosting networks, as who runs a VPN rents its servers, and then text lists before MaxMind DBs. False means that
// no list says anything.
func (l *Lists) Class(id ident.ID) (class, reason string, ok bool) {
	if l == nil {
		return "", "", false
	}
	for _, k := range Kinds() {
		b := l.books[k.Name]
		if b == nil || ok {
			continue
		}
		if why := b.reason(id); why != "" {
			class, reason, ok = k.Name, why, true
		}
	}
	if ok && class != Hosting {
		return class, reason, true
	}
	for _, n := range l.networks {
		if c, why, yes := n.class(id); yes && (!ok || c == Anonymiser && class != Anonymiser) {
			class, reason, ok = c, why, true
		}
	}
	return class, reason, ok
}

// Sources says which lists were read, by kind, then name.
func (l *Lists) Sources() []Source {
	if l == nil {
		return nil
	}
	return l.sources
}

// Identity says what was read in a form that a run can keep: by "list.KIND", the names and SHA-256 of the lists of that kind.
func (l *Lists) Identity() map[string]string {
	m := map[string]string{}
	for _, s := range l.Sources() {
		text := s.Name + " sha256:" + s.SHA256
		if before := m["list."+s.Kind]; before != "" {
			text = before + "; " + text
		}
		m["list."+s.Kind] = text
	}
	return m
}

// Unknown lists what there is no list of, in words such as "exchange wallets", in the order of [Kinds]. A MaxMind DB counts
// for what it has said anything about, yes or no, so far.
func (l *Lists) Unknown() []string {
	var what []string
	for _, k := range Kinds() {
		if k.Name != Network && !l.has(k.Name) {
			what = append(what, k.What)
		}
	}
	return what
}

func (l *Lists) has(class string) bool {
	return l != nil && (l.books[class] != nil || slices.ContainsFunc(l.networks, func(n *network) bool { return n.told[class] }))
}

// Silent lists the names of MaxMind DBs that have not said of a single value so far what sort of network it is. Some only
// name the owner.
func (l *Lists) Silent() []string {
	var names []string
	if l == nil {
		return nil
	}
	for _, n := range l.networks {
		if len(n.told) == 0 {
			names = append(names, filepath.Base(n.name))
		}
	}
	return names
}

// Err returns the first fault that was met in a MaxMind DB when it was asked; what [Lists.Class] said is not to be relied on then.
func (l *Lists) Err() error {
	if l == nil {
		return nil
	}
	var faults []error
	for _, n := range l.networks {
		faults = append(faults, n.err)
	}
	return errors.Join(faults...)
}

// Close closes the MaxMind DBs.
func (l *Lists) Close() error {
	if l == nil {
		return nil
	}
	var faults []error
	for _, n := range l.networks {
		faults = append(faults, n.db.Close())
	}
	return errors.Join(faults...)
}
