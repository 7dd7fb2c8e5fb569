package evaluate

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"samehand/graph"
)

// truthVersion is the version of files of the truth that [ReadTruth] knows.
const truthVersion = 1

// mostValue is how long one ring, group, account or other value may be: the longest lawful ones take some hundred bytes.
const mostValue = 64 << 10

// mostAnswers bounds the memory that a truth takes, about 100 bytes an account: ten times what a million people have.
const mostAnswers = 40 << 20

// ReadTruth reads a file of the truth, one value at a time:
//
//	{"version": 1, "scenario": "mix", "seed": 7, "people": 2000,
//	 "rings": [{"ring": "r001", "kind": "farm", "persons": 9, "sites": 2, "facilitator": true, "linkable": 0.89}],
//	 "groups": [{"group": "g012", "kind": "household"}],
//	 "accounts": [{"platform": "okta:acme", "account": "x", "person": "p000123", "ring": "r001", "site": "r001s1",
//	               "group": "", "role": "persona", "framed": false}]}
//
// Rings and groups come before accounts; other keys may be beside these. The version, accounts and, in each account,
// platform, account, person and role must be there. It fails, with the place and never the value, on anything else: another version, a wrong
// type, an account that is there twice, a ring or group that is not listed, a member of no ring, more than 64 KiB in one
// value, more than 40 Mi accounts. It fails rather than leave something out, since a truth with holes scores wrongly.
func ReadTruth(r io.Reader) (*Truth, error) {
	b := &budget{r: r}
	f := truthFile{
		t: &Truth{Rings: []Ring{{}}, Groups: []Group{{}}, Sites: []string{""}}, b: b, d: json.NewDecoder(b), persons: map[string]uint32{},
		rings: map[string]uint32{"": 0}, groups: map[string]uint32{"": 0}, sites: map[string]uint32{"": 0},
		platforms: map[string]string{}, keys: map[string]bool{},
	}
	if err := f.read(); err != nil {
		return nil, err
	}
	return f.t, f.finish()
}

// IsTruth reports whether the beginning of a file is that of a file of the truth: an object whose first key is one of
// those that [ReadTruth] knows.
func IsTruth(head []byte) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(string(head), " \t\r\n"), "{")
	if !ok {
		return false
	}
	rest = strings.TrimLeft(rest, " \t\r\n")
	for _, key := range truthKeys() {
		if strings.HasPrefix(rest, `"`+key+`"`) {
			return true
		}
	}
	return false
}

// truthFile is a file of the truth that is being read.
type truthFile struct {
	t *Truth
	b *budget
	d *json.Decoder

	version                       int
	persons, rings, groups, sites map[string]uint32
	platforms                     map[string]string // each once
	keys                          map[string]bool
}

// read reads the one object that the file is.
func (f *truthFile) read() error {
	if err := f.delim('{'); err != nil {
		return err
	}
	for f.more() {
		key, err := f.token()
		if err != nil {
			return err
		}
		name, _ := key.(string) // the decoder has seen to it
		if err := f.entry(name); err != nil {
			return err
		}
	}
	if err := f.delim('}'); err != nil {
		return err
	}
	f.b.allow(f.d.InputOffset())
	if _, err := f.d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("something follows the truth, at byte %d", f.d.InputOffset())
	}
	return nil
}

// truthKeys are the keys of a file of the truth.
func truthKeys() []string {
	return []string{"version", "scenario", "seed", "people", "rings", "groups", "accounts"}
}

// entry reads the value of one key of the file.
func (f *truthFile) entry(name string) error {
	if !slices.Contains(truthKeys(), name) {
		return f.value(new(json.RawMessage))
	}
	if f.keys[name] {
		return fmt.Errorf("%s: it is there twice", name)
	}
	f.keys[name] = true
	var v any
	switch name {
	case "rings":
		return f.list(name, f.ring)
	case "groups":
		return f.list(name, f.group)
	case "accounts":
		return f.list(name, f.account)
	case "version":
		v = &f.version
	case "scenario":
		v = &f.t.Scenario
	case "seed":
		v = &f.t.Seed
	case "people":
		v = new(uint64) // they are counted
	}
	if err := f.value(v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if name == "version" && f.version != truthVersion {
		return fmt.Errorf("version: only %d is known", truthVersion)
	}
	return nil
}

// list reads an array, one value at a time.
func (f *truthFile) list(name string, one func() error) error {
	if err := f.delim('['); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i := 0; f.more(); i++ {
		if err := one(); err != nil {
			return fmt.Errorf("%s[%d]: %w", name, i, err)
		}
	}
	if err := f.delim(']'); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (f *truthFile) ring() error {
	var v struct {
		Ring, Kind     string
		Persons, Sites int
		Facilitator    bool
		Linkable       *float64
	}
	if err := f.value(&v); err != nil {
		return err
	}
	r := Ring{v.Ring, strings.Clone(v.Kind), v.Persons, v.Sites, v.Facilitator, -1}
	if v.Linkable != nil {
		if r.Linkable = *v.Linkable; !(r.Linkable >= 0 && r.Linkable <= 1) {
			return errors.New("linkable: not from 0 to 1")
		}
	}
	if v.Persons < 0 || v.Sites < 0 {
		return errors.New("persons or sites: less than none")
	}
	return listed(f.rings, &f.t.Rings, v.Ring, r)
}

func (f *truthFile) group() error {
	var v struct{ Group, Kind string }
	if err := f.value(&v); err != nil {
		return err
	}
	return listed(f.groups, &f.t.Groups, v.Group, Group{v.Group, v.Kind})
}

// listed adds an entry to a list of named ones.
func listed[T any](numbers map[string]uint32, list *[]T, name string, entry T) error {
	if name == "" {
		return errors.New("it has no name")
	}
	if _, ok := numbers[name]; ok {
		return errors.New("it has the name of another")
	}
	numbers[name] = uint32(len(*list))
	*list = append(*list, entry)
	return nil
}

// account reads one account.
func (f *truthFile) account() error {
	var v struct {
		Platform, Account, Person, Ring, Site, Group, Role string
		Framed                                             bool
	}
	if err := f.value(&v); err != nil {
		return err
	}
	if len(f.t.Accounts) >= mostAnswers {
		return fmt.Errorf("a truth may have %d accounts, and no more", mostAnswers)
	}
	a := Answer{Framed: v.Framed, at: uint32(len(f.t.Accounts))}
	if a.Account = (graph.AccountID{Platform: f.platform(v.Platform), Native: v.Account}); !a.Account.Valid() || v.Person == "" {
		return errors.New("its platform, account or person is missing")
	}
	role := slices.Index(roleNames[:], v.Role)
	if role < 0 {
		return fmt.Errorf("role: none of %s", strings.Join(roleNames[:], ", "))
	}
	a.Role = Role(role)
	var inRings, inGroups bool
	a.Ring, inRings = f.rings[v.Ring]
	a.Group, inGroups = f.groups[v.Group]
	switch {
	case !inRings:
		return fmt.Errorf("ring: none of the %d listed before it", len(f.t.Rings)-1)
	case !inGroups:
		return fmt.Errorf("group: none of the %d listed before it", len(f.t.Groups)-1)
	case a.Ring == 0 && a.Role != Benign:
		return fmt.Errorf("it is a %s of no ring; only benign accounts are in none", a.Role)
	case a.Framed && a.Member():
		return errors.New("it is framed and a member of a ring; only innocents are framed")
	}
	a.Person, a.Site = number32(f.persons, v.Person), number32(f.sites, v.Site)
	if int(a.Site) == len(f.t.Sites) {
		f.t.Sites = append(f.t.Sites, v.Site)
	}
	f.t.Accounts = append(f.t.Accounts, a)
	return nil
}

// number32 numbers texts in the order in which they are met.
func number32(numbers map[string]uint32, text string) uint32 {
	n, ok := numbers[text]
	if !ok {
		n = uint32(len(numbers))
		numbers[text] = n
	}
	return n
}

// platform returns the first of equal texts, so that each is kept once.
func (f *truthFile) platform(text string) string {
	if p, ok := f.platforms[text]; ok {
		return p
	}
	f.platforms[text] = text
	return text
}

// finish says what is missing, and sorts.
func (f *truthFile) finish() error {
	switch {
	case f.version == 0:
		return fmt.Errorf("there is no version; it must be %d", truthVersion)
	case len(f.t.Accounts) == 0:
		return errors.New("there are no accounts")
	}
	f.t.People = len(f.persons)
	return f.t.sort()
}

// more reports whether the array or object that is being read goes on.
func (f *truthFile) more() bool {
	f.b.allow(f.d.InputOffset())
	return f.d.More()
}

// delim reads a bracket.
func (f *truthFile) delim(want json.Delim) error {
	got, err := f.token()
	if err == nil && got != want {
		err = fmt.Errorf("want %q at byte %d", rune(want), f.d.InputOffset())
	}
	return err
}

// token reads a bracket or the key of an entry.
func (f *truthFile) token() (json.Token, error) {
	f.b.allow(f.d.InputOffset())
	t, err := f.d.Token()
	return t, f.fault(err)
}

// value reads the next value.
func (f *truthFile) value(v any) error {
	f.b.allow(f.d.InputOffset())
	return f.fault(f.d.Decode(v))
}

// fault says what is wrong in words of our own: those of the decoder may hold a value.
func (f *truthFile) fault(err error) error {
	if wrong, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		kind, _, _ := strings.Cut(wrong.Value, " ") // "number 1e99" has the value in it
		return fmt.Errorf("%s: a %s cannot be that", cmp.Or(strings.ToLower(wrong.Field), "value"), kind)
	}
	if broken, is := errors.AsType[*json.SyntaxError](err); is {
		return fmt.Errorf("not JSON at byte %d", broken.Offset)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the file ends in the middle")
	}
	return err
}

// budget reads no more than mostValue beyond what was allowed last, so that no value is buffered that is longer.
type budget struct {
	r          io.Reader
	read, most int64
}

// errLong says that one value is too long.
var errLong = fmt.Errorf("a value is longer than %d bytes", mostValue)

// allow lets a value that begins at this offset be read.
func (b *budget) allow(offset int64) { b.most = max(b.most, offset+mostValue) }

// Read reads, as [io.Reader].
func (b *budget) Read(p []byte) (int, error) {
	if b.read >= b.most {
		return 0, errLong
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.most-b.read)])
	b.read += int64(n)
	return n, err
}
