package ingest

import (
	"errors"
	"strings"
	"unsafe"

	"github.com/zeebo/xxh3"

	"samehand/graph"
	"samehand/graph/ident"
)

// interner turns claims into rows of integers. Each distinct raw value is parsed once for each table.
//
// Its tables hold no pointers but those of the texts themselves, which lie in an arena: Go's maps took a third of the
// time of reading a file, most of it in growing and in the garbage collector.
type interner struct {
	parser    ident.Parser
	t         *graph.Table
	accounts  index
	byText    index
	values    []value
	scopes    words // scope 0 stands for values in normal form
	reasons   words // reason 0 is "": could be read
	relations map[graph.Relation]uint16
	text      arena
	last      lastAccount
}

// lastAccount is the account of the row before: those of one account mostly follow each other.
type lastAccount struct {
	id     graph.AccountID // zero before the first row
	number uint32
}

// value is a raw value and what became of it. Values in normal form stand for their identifier as well.
type value struct {
	text       string
	identifier uint32
	raw        uint32
	scope      uint32 // platform of a handle; 0 for kinds whose reading does not depend on it
	reason     uint16
	kind       ident.Kind
	mark       ident.Mark
}

// newInterner expects about so many rows a table; 0 is as good a guess as any.
func newInterner(p ident.Parser, rows int) *interner {
	in := &interner{parser: p}
	// Half of the values of ordinary exports are distinct. Too much room costs nothing until it is written to.
	in.reset(rows, rows/2)
	return in
}

func (in *interner) reset(rows, values int) {
	*in = interner{
		parser: in.parser, byText: newIndex(values), relations: map[graph.Relation]uint16{}, scopes: newWords(), reasons: newWords(),
		t:      &graph.Table{Raws: []string{""}, Rows: make([]graph.Row, 0, rows), Identifiers: make([]ident.ID, 0, values)},
		values: make([]value, 0, values),
	}
}

func (in *interner) rows() int { return len(in.t.Rows) }

// table returns the rows gathered so far and starts anew: the caches go with the table, which bounds memory.
func (in *interner) table() *graph.Table {
	t := in.t
	in.reset(len(t.Rows), len(in.values))
	return t
}

// maxAccount bounds an account's name; the longest e-mail address has 254 bytes.
const maxAccount = 1024

// observe adds the row of a claim. The reason is "" unless the claim cannot be kept.
func (in *interner) observe(c *Claim, line int64) (ident.Mark, string) {
	if c.Account != in.last.id || c.Account.Native == "" {
		if reason := accountFault(c.Account); reason != "" {
			return 0, reason
		}
	}
	r := graph.Row{First: c.First, Last: c.Last, Line: line, Count: max(1, c.Count)}
	if r.First == 0 {
		r.First = r.Last
	}
	if r.Last == 0 {
		r.Last = r.First
	}
	if r.Last < r.First {
		return 0, "last seen is before first seen"
	}
	v := &in.values[in.value(c)]
	if v.reason != 0 {
		return 0, in.reasons.list[v.reason]
	}
	r.Identifier, r.Raw, r.Account, r.Relation = v.identifier, v.raw, in.account(c.Account), in.relation(c.Relation)
	in.t.Rows = append(in.t.Rows, r)
	return v.mark, ""
}

func accountFault(a graph.AccountID) string {
	switch {
	case a.Platform == "":
		return "the platform is empty"
	case a.Native == "":
		return "the account is empty"
	case len(a.Platform) > maxAccount || len(a.Native) > maxAccount:
		return "the platform or account is longer than 1024 bytes"
	case strings.IndexByte(a.Native, 0) >= 0 || strings.IndexByte(a.Platform, 0) >= 0:
		return "the platform or account has a NUL byte in it"
	}
	return ""
}

func (in *interner) account(a graph.AccountID) uint32 {
	if a != in.last.id {
		n := in.findAccount(a)
		in.last = lastAccount{in.t.Accounts[n], n}
	}
	return in.last.number
}

// findAccount returns the number of the account, adding it when it is new.
func (in *interner) findAccount(a graph.AccountID) uint32 {
	h := xxh3.HashStringSeed(a.Native, xxh3.HashString(a.Platform))
	for i := in.accounts.first(h); ; i = in.accounts.next(i) {
		n, state := in.accounts.at(i, h)
		if state == free {
			break
		}
		if state == maybe && in.t.Accounts[n] == a {
			return n
		}
	}
	n := uint32(len(in.t.Accounts))
	in.t.Accounts = append(in.t.Accounts, graph.AccountID{Platform: in.text.keep(a.Platform), Native: in.text.keep(a.Native)})
	in.accounts.add(h, n)
	return n
}

func (in *interner) relation(r graph.Relation) uint16 {
	if n, ok := in.relations[r]; ok {
		return n
	}
	r = graph.Relation(strings.Clone(string(r)))
	n := uint16(len(in.t.Relations))
	in.t.Relations = append(in.t.Relations, r)
	in.relations[r] = n
	return n
}

// value returns the number of the claim's value, reading it when it is new.
func (in *interner) value(c *Claim) uint32 {
	scope := uint32(0)
	if ident.Scoped(c.Kind, c.Value) {
		scope = in.scopes.number(c.Account.Platform)
	}
	n, h, ok := in.find(c.Kind, scope, c.Value)
	if ok {
		return n
	}
	v := value{text: in.text.keep(c.Value), kind: c.Kind, scope: scope}
	id, err := in.parser.Parse(v.kind, v.text, in.scopes.list[scope])
	switch {
	case err != nil:
		v.reason = in.reason(err)
	case id.Kind() == v.kind && scope == 0 && id.Key() == v.text:
		v.mark, v.identifier = id.Mark(), in.identifier(id)
	default:
		normal := in.values[in.normal(id)]
		v.mark, v.identifier, v.reason = normal.mark, normal.identifier, normal.reason
		if v.text != normal.text {
			v.raw = uint32(len(in.t.Raws))
			in.t.Raws = append(in.t.Raws, v.text)
		}
	}
	return in.add(h, v)
}

// normal returns the number of the value that is the identifier's own key, adding it when it is new.
func (in *interner) normal(id ident.ID) uint32 {
	n, h, ok := in.find(id.Kind(), 0, id.Key())
	if ok {
		return n
	}
	return in.add(h, value{text: id.Key(), kind: id.Kind(), mark: id.Mark(), identifier: in.identifier(id)})
}

func (in *interner) identifier(id ident.ID) uint32 {
	in.t.Identifiers = append(in.t.Identifiers, id)
	return uint32(len(in.t.Identifiers) - 1)
}

func (in *interner) find(k ident.Kind, scope uint32, text string) (n uint32, h uint64, ok bool) {
	h = xxh3.HashStringSeed(text, uint64(k)|uint64(scope)<<8)
	for i := in.byText.first(h); ; i = in.byText.next(i) {
		n, state := in.byText.at(i, h)
		if state == free {
			return 0, h, false
		}
		if v := &in.values[n]; state == maybe && v.kind == k && v.scope == scope && v.text == text {
			return n, h, true
		}
	}
}

func (in *interner) add(h uint64, v value) uint32 {
	n := uint32(len(in.values))
	in.values = append(in.values, v)
	in.byText.add(h, n)
	return n
}

// reason returns the number of the words for err. There are few of them, since reasons never hold a value.
func (in *interner) reason(err error) uint16 {
	text := err.Error()
	var fault *ident.Error
	if errors.As(err, &fault) {
		text = fault.Kind.String() + ": " + fault.Reason
	}
	if len(in.reasons.list) == 1<<16 && in.reasons.numbers[text] == 0 {
		return 1<<16 - 1
	}
	return uint16(in.reasons.number(text))
}

// words numbers texts that repeat, from 1; 0 is "".
type words struct {
	list    []string
	numbers map[string]uint32
}

func newWords() words { return words{[]string{""}, map[string]uint32{}} }

func (w *words) number(s string) uint32 {
	if n, ok := w.numbers[s]; ok {
		return n
	}
	s = strings.Clone(s)
	n := uint32(len(w.list))
	w.list, w.numbers[s] = append(w.list, s), n
	return n
}

// index finds numbers by the hash of what they stand for: open addressing with linear probing.
// It holds and probes by the upper half of the hash, so that it can grow without hashing again.
type index struct {
	slots []slot // a power of two of them, at most two thirds used
	used  int
}

// newIndex returns an index with room for so many numbers before it grows: to grow is to put each number once more.
func newIndex(numbers int) index {
	n := 1024
	for 2*n < 3*numbers {
		n *= 2
	}
	return index{slots: make([]slot, n)}
}

// slot holds half a hash and a number plus one; n is 0 in a free slot.
type slot struct{ hash, n uint32 }

// state is what a slot says about a hash.
type state int

const (
	free  state = iota // nothing here, nor further on
	maybe              // a number whose hash may be the same
	other              // another number; look further
)

func (x *index) first(h uint64) int { return int(uint32(h>>32)) & (len(x.slots) - 1) }

func (x *index) next(i int) int { return (i + 1) & (len(x.slots) - 1) }

func (x *index) at(i int, h uint64) (uint32, state) {
	if len(x.slots) == 0 {
		return 0, free
	}
	s := x.slots[i]
	switch {
	case s.n == 0:
		return 0, free
	case s.hash == uint32(h>>32):
		return s.n - 1, maybe
	}
	return s.n - 1, other
}

// add enters a number that is not there yet.
func (x *index) add(h uint64, n uint32) {
	if (x.used+1)*3 > len(x.slots)*2 {
		old := x.slots
		x.slots = make([]slot, max(1024, 2*len(old)))
		for _, s := range old {
			if s.n != 0 {
				x.put(s)
			}
		}
	}
	x.put(slot{uint32(h >> 32), n + 1})
	x.used++
}

func (x *index) put(s slot) {
	i := int(s.hash) & (len(x.slots) - 1)
	for x.slots[i].n != 0 {
		i = x.next(i)
	}
	x.slots[i] = s
}

// arena keeps many small texts in few large pieces, without the line each was cut out of.
type arena struct{ piece []byte }

// arenaPiece is large against the texts and small against a table.
const arenaPiece = 256 << 10

// keep returns a copy of s that holds on to nothing else but its piece of the arena.
func (a *arena) keep(s string) string {
	if s == "" {
		return ""
	}
	if len(s) > arenaPiece/16 {
		return strings.Clone(s)
	}
	if len(a.piece)+len(s) > cap(a.piece) {
		a.piece = make([]byte, 0, arenaPiece)
	}
	at := len(a.piece)
	a.piece = append(a.piece, s...)
	return unsafe.String(&a.piece[at], len(s)) // these bytes are never written again
}
