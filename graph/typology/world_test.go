package typology

import (
	"slices"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// cast is a small world with the answers that the evidence model would give: accounts of one full name are one person,
// values are their own unless a test says otherwise, a stay of a week on a line makes it a base.
type cast struct {
	*graphtest.World
	tb      testing.TB
	classes map[string]string // value as it was written -> class
	nobase  map[string]bool   // lines, as they were written, that are nobody's base
	seeds   bool
}

func newCast(tb testing.TB) *cast {
	return &cast{World: graphtest.New(tb), tb: tb, classes: map[string]string{}, nobase: map[string]bool{}}
}

// hub says what class a value has.
func (c *cast) hub(value, class string) { c.classes[value] = class }

// known is [Facts] worked out from a table in the plainest way.
type known struct {
	t       *graph.Table
	person  []uint32
	rows    [][]graph.Row
	names   [][]uint32
	homes   [][]uint32
	jobs    [][]uint32
	jobsOf  [][]uint32
	classes map[uint32]string
	nobase  map[uint32]bool
}

func (k *known) Rows(a uint32) []graph.Row          { return k.rows[a] }
func (k *known) Names(p uint32) []uint32            { return k.names[p] }
func (k *known) Homes(p uint32) []uint32            { return k.homes[p] }
func (k *known) Employers(p uint32) []uint32        { return k.jobs[p] }
func (k *known) AccountEmployers(a uint32) []uint32 { return k.jobsOf[a] }

// put adds a number to a sorted list without repeats.
func put(list *[][]uint32, i, x uint32) {
	for int(i) >= len(*list) {
		*list = append(*list, nil)
	}
	if at, ok := slices.BinarySearch((*list)[i], x); !ok {
		(*list)[i] = slices.Insert((*list)[i], at, x)
	}
}

// know works out what is known of the accounts and persons of a table.
func (c *cast) know(t *graph.Table) *known {
	n := len(t.Accounts)
	k := &known{t: t, person: make([]uint32, n), rows: make([][]graph.Row, n), jobsOf: make([][]uint32, n), classes: map[uint32]string{}, nobase: map[uint32]bool{}}
	persons, names := map[string]uint32{}, make([]string, n)
	for i, a := range t.Accounts {
		names[i] = "account " + a.Platform + " " + a.Native
	}
	for _, r := range t.Rows {
		k.rows[r.Account] = append(k.rows[r.Account], r)
		if id := t.Identifiers[r.Identifier]; id.FullName() {
			names[r.Account] = id.Key()
		}
		raw := t.Raws[r.Raw]
		if raw == "" {
			raw = t.Identifiers[r.Identifier].Key()
		}
		if class := c.classes[raw]; class != "" {
			k.classes[r.Identifier] = class
		}
		k.nobase[r.Identifier] = k.nobase[r.Identifier] || c.nobase[raw]
	}
	for i, name := range names {
		k.person[i] = number(persons, name)
	}
	k.names, k.homes, k.jobs = make([][]uint32, len(persons)), make([][]uint32, len(persons)), make([][]uint32, len(persons))
	homes, employers := map[string]uint32{}, map[string]uint32{}
	for i, a := range t.Accounts {
		p, tenant := k.person[i], a.Tenant()
		if tenant != "" {
			put(&k.jobs, p, number(employers, tenant))
			put(&k.jobsOf, uint32(i), number(employers, tenant))
		}
		for _, r := range k.rows[i] {
			id, rel := t.Identifiers[r.Identifier], t.Relations[r.Relation]
			switch {
			case id.FullName():
				put(&k.names, p, r.Identifier)
			case id.Kind() == ident.Address && rel == graph.Registered && id.Home() != "":
				put(&k.homes, p, number(homes, id.Home()))
			case id.Kind() == ident.Employer && tenant == "":
				put(&k.jobs, p, number(employers, id.Key()))
				put(&k.jobsOf, uint32(i), number(employers, id.Key()))
			}
		}
	}
	return k
}

func number(m map[string]uint32, key string) uint32 {
	n, ok := m[key]
	if !ok {
		n = uint32(len(m))
		m[key] = n
	}
	return n
}

// values lists what two or more persons have in common.
func (k *known) values() []Value {
	by := make([][]graph.Row, len(k.t.Identifiers))
	for _, r := range k.t.Rows {
		id := k.t.Identifiers[r.Identifier]
		rel := k.t.Relations[r.Relation]
		if id.Mark().Links() && rel != graph.Recruiter && rel != graph.EmployedBy && id.Kind() != ident.Name && id.Kind() != ident.Employer {
			by[r.Identifier] = append(by[r.Identifier], r)
		}
	}
	var vs []Value
	for i, rows := range by {
		hs := map[uint32]*Holder{}
		for _, r := range rows {
			p := k.person[r.Account]
			h := hs[p]
			if h == nil {
				h = &Holder{Person: p}
				hs[p] = h
			}
			h.First, h.Last = widen(h.First, h.Last, &r)
			if at, ok := slices.BinarySearch(h.Accounts, r.Account); !ok {
				h.Accounts = slices.Insert(h.Accounts, at, r.Account)
			}
		}
		if len(hs) < 2 {
			continue
		}
		v := Value{Identifier: uint32(i), Class: classOwn, Persons: len(hs)}
		if c := k.classes[uint32(i)]; c != "" {
			v.Class = c
		}
		for _, h := range hs {
			h.Base = k.t.Identifiers[i].Kind() == ident.IP && days(h.Last-h.First) >= 7 && !k.nobase[uint32(i)]
			v.Holders = append(v.Holders, *h)
		}
		slices.SortFunc(v.Holders, func(a, b Holder) int { return int(a.Person) - int(b.Person) })
		vs = append(vs, v)
	}
	return vs
}

// view reads the world, and returns it with all its accounts as one group.
func (c *cast) view(seed uint64) (*View, Group) {
	c.tb.Helper()
	t := c.Shuffled(seed)
	k := c.know(t)
	v, err := NewView(Input{Table: t, Person: k.person, Facts: k, Seeds: c.seeds})
	if err != nil {
		c.tb.Fatal(err)
	}
	g := Group{Values: k.values()}
	for i := range t.Accounts {
		g.Accounts = append(g.Accounts, uint32(i))
	}
	g.Persons = distinct(k.person, func(p uint32) uint32 { return p })
	return v, g
}

// patterns returns what the whole world shows as one group.
func (c *cast) patterns() []graph.Pattern {
	c.tb.Helper()
	v, g := c.view(0)
	return v.Patterns(g, Defaults())
}

// find returns the pattern of that ID; one without an ID when the world does not show it.
func (c *cast) find(id string) graph.Pattern {
	c.tb.Helper()
	for _, p := range c.patterns() {
		if p.ID == id {
			return p
		}
	}
	return graph.Pattern{}
}

// story is a world and how strongly it shows the pattern under test: "" for not at all.
type story struct {
	name  string
	want  string
	build func(c *cast)
}

// check runs stories for one typology.
func check(t *testing.T, id string, stories []story) {
	t.Helper()
	fires, silent := 0, 0
	for _, st := range stories {
		t.Run(st.name, func(t *testing.T) {
			c := newCast(t)
			st.build(c)
			if got := c.find(id); got.Strength != st.want {
				t.Errorf("%s: %q (%s), want %q", id, got.Strength, got.Reason, st.want)
			}
		})
		if st.want == "" {
			silent++
		} else {
			fires++
		}
	}
	if fires == 0 || silent == 0 {
		t.Errorf("%s: %d stories fire and %d do not; it takes one of each", id, fires, silent)
	}
}
