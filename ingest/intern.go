package ingest

import (
	"errors"
	"strings"
	"unsafe"

	"samehand/graph"
	"samehand/graph/ident"
)

// interner turns claims into rows of integers. Each distinct raw value is parsed once for each table.
type interner struct {
	parser    ident.Parser
	b         graph.Builder
	values    map[rawKey]value
	accounts  map[graph.AccountID]uint32
	relations map[graph.Relation]uint16
	text      arena
}

// rawKey is all that the reading of a value depends on.
type rawKey struct {
	kind  ident.Kind
	scope string // of handles; "" for kinds that do not depend on it
	raw   string
}

// value is what became of a raw value.
type value struct {
	identifier uint32
	raw        uint32
	mark       ident.Mark
	reason     string // why it could not be read; "" when it could
}

func newInterner(p ident.Parser) *interner {
	in := &interner{parser: p}
	in.reset()
	return in
}

func (in *interner) reset() {
	in.values = map[rawKey]value{}
	in.accounts = map[graph.AccountID]uint32{}
	in.relations = map[graph.Relation]uint16{}
	in.text = arena{}
}

func (in *interner) rows() int { return in.b.Len() }

// table returns the rows gathered so far and starts anew: the caches go with the table, which bounds memory.
func (in *interner) table() *graph.Table {
	t := in.b.Table()
	in.reset()
	return t
}

// maxAccount bounds an account's name; the longest e-mail address has 254 bytes.
const maxAccount = 1024

// observe adds the row of a claim. The reason is "" unless the claim cannot be kept.
func (in *interner) observe(c *Claim, line int64) (ident.Mark, string) {
	if reason := accountFault(c.Account); reason != "" {
		return 0, reason
	}
	v := in.value(c)
	if v.reason != "" {
		return 0, v.reason
	}
	r := graph.Row{
		First: c.First, Last: c.Last, Line: line, Count: max(1, c.Count), Identifier: v.identifier, Raw: v.raw,
		Account: in.account(c.Account), Relation: in.relation(c.Relation),
	}
	if r.First == 0 {
		r.First = r.Last
	}
	if r.Last == 0 {
		r.Last = r.First
	}
	if r.Last < r.First {
		return 0, "last seen is before first seen"
	}
	in.b.Add(r)
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
	if n, ok := in.accounts[a]; ok {
		return n
	}
	a = graph.AccountID{Platform: in.text.keep(a.Platform), Native: in.text.keep(a.Native)}
	n := in.b.NewAccount(a)
	in.accounts[a] = n
	return n
}

func (in *interner) relation(r graph.Relation) uint16 {
	if n, ok := in.relations[r]; ok {
		return n
	}
	n := in.b.Relation(graph.Relation(strings.Clone(string(r))))
	in.relations[graph.Relation(strings.Clone(string(r)))] = n
	return n
}

// value reads the claim's value, or remembers how it was read before.
func (in *interner) value(c *Claim) value {
	k := rawKey{kind: c.Kind, raw: c.Value}
	if c.Kind == ident.Handle || c.Kind == ident.Website {
		k.scope = c.Account.System()
	}
	if v, ok := in.values[k]; ok {
		return v
	}
	k.raw, k.scope = in.text.keep(k.raw), in.text.keep(k.scope)
	v := in.parse(k)
	in.values[k] = v
	return v
}

func (in *interner) parse(k rawKey) value {
	id, err := in.parser.Parse(k.kind, k.raw, k.scope)
	var fault *ident.Error
	switch {
	case errors.As(err, &fault):
		return value{reason: fault.Kind.String() + ": " + fault.Reason}
	case err != nil:
		return value{reason: err.Error()}
	}
	v := value{identifier: in.b.Identifier(id), mark: id.Mark()}
	if k.raw != id.Key() {
		v.raw = in.b.Raw(k.raw)
	}
	return v
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
