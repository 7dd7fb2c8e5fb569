package graph

import (
	"cmp"
	"iter"
	"slices"

	"samehand/graph/ident"
)

// Table holds observations as integers over dictionaries: the form in which
// they travel between readers, stores and algorithms, so that each text is hashed and kept once.
//
// A Table is in canonical form when Accounts is sorted and without repeats,
// Rows are sorted by [Table.CompareRows], and Identifiers are numbered in the
// order of their first row. What a store loads is canonical, so that results do not depend on the order of the input.
type Table struct {
	Sources     []Source    // what Row.Source counts in
	Accounts    []AccountID // what Row.Account counts in
	Identifiers []ident.ID  // what Row.Identifier counts in
	Relations   []Relation  // what Row.Relation counts in; at most 65,536
	Raws        []string    // what Row.Raw counts in; Raws[0] is ""
	Rows        []Row
}

// Row is one observation of a [Table]. 48 bytes, no pointers.
type Row struct {
	First, Last Time // zero when not known
	Line        int64
	Account     uint32
	Identifier  uint32
	Raw         uint32 // 0: the value was written as the identifier's key
	Count       uint32
	Source      uint32
	Relation    uint16
}

// Observation returns row i of the table in full.
func (t *Table) Observation(i int) Observation {
	r := t.Rows[i]
	o := Observation{
		Account: t.Accounts[r.Account], Identifier: t.Identifiers[r.Identifier], Raw: t.Raws[r.Raw],
		Relation: t.Relations[r.Relation], First: r.First, Last: r.Last, Count: r.Count, Ref: Ref{Line: r.Line},
	}
	if int(r.Source) < len(t.Sources) {
		o.Ref.Source, o.Ref.File = t.Sources[r.Source].ID, t.Sources[r.Source].Name
	}
	return o
}

// CompareRows orders two rows of the table by what they say (account,
// identifier, relation, first, last, count), and rows that say the same by where they come from (source ID, line).
func (t *Table) CompareRows(a, b Row) int {
	if c := t.compareClaims(a, b); c != 0 {
		return c
	}
	if a.Source != b.Source {
		if c := cmp.Compare(t.Sources[a.Source].ID, t.Sources[b.Source].ID); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(t.Raws[a.Raw], t.Raws[b.Raw]))
}

// compareClaims orders two rows by what they say, whatever their provenance.
func (t *Table) compareClaims(a, b Row) int {
	if a.Account != b.Account {
		return t.Accounts[a.Account].Compare(t.Accounts[b.Account])
	}
	if a.Identifier != b.Identifier {
		return t.Identifiers[a.Identifier].Compare(t.Identifiers[b.Identifier])
	}
	if a.Relation != b.Relation {
		return cmp.Compare(t.Relations[a.Relation], t.Relations[b.Relation])
	}
	return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Count, b.Count))
}

// Edge is what all rows of one account, identifier and relation say together.
type Edge struct {
	Account    uint32
	Identifier uint32
	Relation   uint16
	First      Time   // earliest known, or 0
	Last       Time   // latest known, or 0
	Count      uint64 // sum over distinct claims: the same claim in two sources counts once
	Lo, Hi     int    // the rows it is made of are Rows[Lo:Hi]
}

// Edges yields the edges of a canonical table in order.
func (t *Table) Edges() iter.Seq[Edge] {
	return func(yield func(Edge) bool) {
		for lo := 0; lo < len(t.Rows); {
			e := t.edgeAt(lo)
			if !yield(e) {
				return
			}
			lo = e.Hi
		}
	}
}

// edgeAt gathers the edge that begins at row lo.
func (t *Table) edgeAt(lo int) Edge {
	r := t.Rows[lo]
	e := Edge{Account: r.Account, Identifier: r.Identifier, Relation: r.Relation, Lo: lo}
	var prev Row
	for e.Hi = lo; e.Hi < len(t.Rows); e.Hi++ {
		q := t.Rows[e.Hi]
		if q.Account != e.Account || q.Identifier != e.Identifier || q.Relation != e.Relation {
			break
		}
		if q.First != 0 && (e.First == 0 || q.First < e.First) {
			e.First = q.First
		}
		e.Last = max(e.Last, q.Last, q.First)
		if e.Hi == lo || q.First != prev.First || q.Last != prev.Last || q.Count != prev.Count {
			e.Count += uint64(q.Count)
		}
		prev = q
	}
	return e
}

// Builder fills a [Table] from observations given as text. The zero Builder is ready for use.
type Builder struct {
	t           Table
	sources     map[string]uint32
	accounts    map[AccountID]uint32
	identifiers map[ident.ID]uint32
	relations   map[Relation]uint16
	raws        map[string]uint32
}

func number[K comparable, N uint16 | uint32](m *map[K]N, list *[]K, k K) N {
	if n, ok := (*m)[k]; ok {
		return n
	}
	if *m == nil {
		*m = map[K]N{}
	}
	n := N(len(*list))
	(*m)[k] = n
	*list = append(*list, k)
	return n
}

// Source returns the number of the source with s.ID, adding it when it is new.
func (b *Builder) Source(s Source) uint32 {
	if n, ok := b.sources[s.ID]; ok {
		return n
	}
	if b.sources == nil {
		b.sources = map[string]uint32{}
	}
	n := uint32(len(b.t.Sources))
	b.sources[s.ID], b.t.Sources = n, append(b.t.Sources, s)
	return n
}

// Account returns the number of a, adding it when it is new.
func (b *Builder) Account(a AccountID) uint32 { return number(&b.accounts, &b.t.Accounts, a) }

// Identifier returns the number of id, adding it when it is new.
func (b *Builder) Identifier(id ident.ID) uint32 {
	return number(&b.identifiers, &b.t.Identifiers, id)
}

// Relation returns the number of r, adding it when it is new. A row can tell 65,536 relations
// apart; beyond them the numbers wrap around, which shows in len(Table.Relations), and a store refuses such a table.
func (b *Builder) Relation(r Relation) uint16 { return number(&b.relations, &b.t.Relations, r) }

// Raw returns the number of a value as it was written, adding it when it is new; "" is 0.
func (b *Builder) Raw(s string) uint32 {
	if b.raws == nil {
		number(&b.raws, &b.t.Raws, "")
	}
	return number(&b.raws, &b.t.Raws, s)
}

// Add appends a row whose numbers come from this builder.
func (b *Builder) Add(r Row) { b.t.Rows = append(b.t.Rows, r) }

// Observe appends an observation given in full; its Ref.Source must be known to [Builder.Source], or is added by name.
func (b *Builder) Observe(o Observation) {
	b.Add(Row{
		Source: b.Source(Source{ID: o.Ref.Source, Name: o.Ref.File}), Line: o.Ref.Line,
		Account: b.Account(o.Account), Identifier: b.Identifier(o.Identifier), Raw: b.Raw(o.Raw),
		Relation: b.Relation(o.Relation), First: o.First, Last: o.Last, Count: max(1, o.Count),
	})
}

// Len returns how many rows were added.
func (b *Builder) Len() int { return len(b.t.Rows) }

// Table returns what was built, in the order it was added, and empties the builder.
func (b *Builder) Table() *Table {
	b.Raw("")
	t := b.t
	*b = Builder{}
	return &t
}

// Canonical sorts and renumbers the table in place (see [Table]); dictionary
// entries that no row uses are dropped. Accounts and Identifiers must be without repeats.
func (t *Table) Canonical() {
	t.sortAccounts()
	t.sortRelations()
	slices.SortFunc(t.Rows, t.CompareRows)
	t.renumberIdentifiers()
}

// sortAccounts sorts the accounts that rows use and renumbers the rows.
func (t *Table) sortAccounts() {
	used := make([]bool, len(t.Accounts))
	for _, r := range t.Rows {
		used[r.Account] = true
	}
	order := make([]uint32, 0, len(t.Accounts))
	for i := range t.Accounts {
		if used[i] {
			order = append(order, uint32(i))
		}
	}
	slices.SortFunc(order, func(a, b uint32) int { return t.Accounts[a].Compare(t.Accounts[b]) })
	rank, sorted := make([]uint32, len(t.Accounts)), make([]AccountID, len(order))
	for n, i := range order {
		rank[i], sorted[n] = uint32(n), t.Accounts[i]
	}
	t.Accounts = sorted
	for i := range t.Rows {
		t.Rows[i].Account = rank[t.Rows[i].Account]
	}
}

// sortRelations sorts the relations and renumbers the rows.
func (t *Table) sortRelations() {
	sorted := slices.Sorted(slices.Values(t.Relations))
	rank := make([]uint16, len(t.Relations))
	for i, r := range t.Relations {
		n, _ := slices.BinarySearch(sorted, r)
		rank[i] = uint16(n)
	}
	t.Relations = sorted
	for i := range t.Rows {
		t.Rows[i].Relation = rank[t.Rows[i].Relation]
	}
}

// renumberIdentifiers numbers identifiers and raw values by their first row, dropping unused ones.
func (t *Table) renumberIdentifiers() {
	const none = ^uint32(0)
	idents, raws := fill(len(t.Identifiers), none), fill(len(t.Raws), none)
	ids, rs := make([]ident.ID, 0, len(t.Identifiers)), []string{""}
	if len(raws) > 0 {
		raws[0] = 0
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		if idents[r.Identifier] == none {
			idents[r.Identifier], ids = uint32(len(ids)), append(ids, t.Identifiers[r.Identifier])
		}
		if raws[r.Raw] == none {
			raws[r.Raw], rs = uint32(len(rs)), append(rs, t.Raws[r.Raw])
		}
		r.Identifier, r.Raw = idents[r.Identifier], raws[r.Raw]
	}
	t.Identifiers, t.Raws = ids, rs
}

func fill(n int, v uint32) []uint32 {
	s := make([]uint32, n)
	for i := range s {
		s[i] = v
	}
	return s
}
