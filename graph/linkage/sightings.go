package linkage

import (
	"samehand/graph"
	"samehand/graph/ident"
)

// Links reports whether an account that has a value in that relation can be tied to others by it at all.
func Links(id ident.ID, rel graph.Relation) bool { return roleOf(id, rel) != 0 }

// RoleOf returns in what way an account has to do with a value that it has in a relation; 0 when that never links.
func RoleOf(id ident.ID, rel graph.Relation) Role { return roleOf(id, rel) }

// Has reports whether all of q is in r.
func (r Role) Has(q Role) bool { return r.has(q) }

// Sightings returns the numbers of the table's rows that make a person a holder of v, in order: every row of the person's
// accounts that has the value, or another address of the same line, in a relation that may link. Of a line with several
// leases a person is in one only, so that all its rows belong to it.
func (m *Model) Sightings(v Value, h Holder) []uint32 {
	var out []uint32
	for _, t := range m.Touches(h) {
		for i := m.rows[t.Account]; i < m.rows[t.Account+1]; i++ {
			r := m.t.Rows[i]
			if m.Is(v, r.Identifier) && roleOf(m.t.Identifiers[r.Identifier], m.t.Relations[r.Relation]) != 0 {
				out = append(out, i)
			}
		}
	}
	return out
}

// Is reports whether an identifier is a value's, or another address or spelling of it.
func (m *Model) Is(v Value, identifier uint32) bool {
	l := m.lines[identifier]
	return l == v.Identifier || contains(v.Also, l)
}

// RowNumbers returns which rows of the table are an account's: from lo up to hi.
func (m *Model) RowNumbers(account uint32) (lo, hi uint32) { return m.rows[account], m.rows[account+1] }

// LineOf returns the identifier that stands for an identifier's line: itself for everything but a further address of an IPv6 network.
func (m *Model) LineOf(identifier uint32) uint32 { return m.lines[identifier] }

// Table returns the table that the model was made of. The caller must not change it.
func (m *Model) Table() *graph.Table { return m.t }
