package seeds

import (
	"cmp"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/linkage"
)

// Propagate follows the evidence of a model from seeds. The only error is an option that makes no sense. The result depends on
// the order of the seeds only where two paths are equal in score and hops: then the earlier seed is named.
func Propagate(m *linkage.Model, list []Seed, o Options) (Result, error) {
	if err := o.Validate(); err != nil {
		return Result{}, fmt.Errorf("seeds: %w", err)
	}
	w := &walk{m: m, t: m.Table(), o: o, list: list, standings: make([]Standing, len(list))}
	w.ties = newTies(m)
	w.start()
	for h := 1; h <= o.Hops; h++ {
		w.step(h)
	}
	return Result{Seeds: list, Standings: w.standings, Reached: w.reached()}, nil
}

// walk is one propagation.
type walk struct {
	m         *linkage.Model
	t         *graph.Table
	o         Options
	list      []Seed
	standings []Standing
	ties      ties
	layers    []map[uint32]mark // by hops: person -> the best path of exactly so many steps
	values    []entrance        // holders of seeds that are values
}

// mark is the best path to a person, seen from its end.
type mark struct {
	score  float64
	seed   int
	back   uint32 // person before; the person itself where the path begins
	link   int    // number of the model's link that leads here; -1 where the path begins
	points float64
	factor float64
	direct int // number of the entrance where the path begins at a value; -1 elsewhere
}

// better orders marks of one person and as many hops.
func (a mark) better(b mark) bool {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.seed, b.seed), cmp.Compare(a.back, b.back), cmp.Compare(a.link, b.link),
		cmp.Compare(a.direct, b.direct)) < 0
}

// ties lists, for each person, the model's links that it is an end of, in flat arrays.
type ties struct{ offsets, links []uint32 }

// newTies indexes the links of a model, those over hubs left out.
func newTies(m *linkage.Model) ties {
	t := ties{offsets: make([]uint32, m.Persons.Len()+1)}
	carries := func(l linkage.Link) bool { return !m.Values[l.Value].Class.Hub() }
	for _, l := range m.Links {
		if carries(l) {
			t.offsets[l.A+1]++
			t.offsets[l.B+1]++
		}
	}
	for i := range m.Persons.Len() {
		t.offsets[i+1] += t.offsets[i]
	}
	t.links = make([]uint32, t.offsets[len(t.offsets)-1])
	next := slices.Clone(t.offsets)
	for i, l := range m.Links {
		if !carries(l) {
			continue
		}
		for _, p := range []uint32{l.A, l.B} {
			t.links[next[p]] = uint32(i)
			next[p]++
		}
	}
	return t
}

// of returns the links of a person, by number.
func (t ties) of(person uint32) []uint32 { return t.links[t.offsets[person]:t.offsets[person+1]] }

// start makes the layer of the seeds that are accounts, and finds the holders of those that are values.
func (w *walk) start() {
	first := map[uint32]mark{}
	for i, s := range w.list {
		if s.Identifier.Valid() {
			continue
		}
		if a, ok := slices.BinarySearchFunc(w.t.Accounts, s.Account, graph.AccountID.Compare); ok {
			w.standings[i].Accounts = 1
			w.begin(first, w.m.Persons.Of[a], i)
		}
	}
	w.labels(first)
	w.layers = append(w.layers, first)
	w.values = w.entrances()
}

// begin puts a person into the first layer.
func (w *walk) begin(first map[uint32]mark, person uint32, seed int) {
	x := mark{score: 1, seed: seed, back: person, link: -1, direct: -1}
	if old, ok := first[person]; !ok || x.better(old) {
		first[person] = x
	}
}

// step makes the layer of h hops of the one before.
func (w *walk) step(h int) {
	next := map[uint32]mark{}
	offer := func(person uint32, x mark) {
		if old, ok := next[person]; x.score >= w.o.Least && (!ok || x.better(old)) {
			next[person] = x
		}
	}
	if h == 1 {
		for i, e := range w.values {
			f := min(1, e.points/w.o.Full) * w.o.Damping
			offer(e.person, mark{f, e.seed, e.person, -1, e.points, f, i})
		}
	}
	for person, at := range w.layers[h-1] { // the best of offers does not depend on their order
		for _, n := range w.ties.of(person) {
			l := w.m.Links[n]
			points := w.m.Weight([]linkage.Link{l}) // soft evidence alone keeps little
			f := min(1, points/w.o.Full) * w.o.Damping
			offer(l.A+l.B-person, mark{at.score * f, at.seed, person, int(n), points, f, -1})
		}
	}
	w.layers = append(w.layers, next)
}

// reached gathers the best path to every person, for each of its accounts.
func (w *walk) reached() []Reached {
	best := map[uint32]int{} // person -> hops
	for h, layer := range w.layers {
		for p, x := range layer {
			if old, ok := best[p]; !ok || x.score > w.layers[old][p].score {
				best[p] = h
			}
		}
	}
	var out []Reached
	for p, h := range best {
		x := w.layers[h][p]
		path := w.path(p, h)
		for _, a := range w.m.Persons.Accounts(p) {
			out = append(out, Reached{Account: w.t.Accounts[a], Seed: x.seed, Score: x.score, Hops: h, Path: path})
		}
	}
	slices.SortFunc(out, func(a, b Reached) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Hops, b.Hops), a.Account.Compare(b.Account))
	})
	return out
}

// path writes down how a person is reached in h hops.
func (w *walk) path(person uint32, h int) []Step {
	steps := make([]Step, h)
	for ; h > 0; h-- {
		x := w.layers[h][person]
		if x.direct >= 0 {
			steps[h-1] = w.entry(w.values[x.direct], x)
			break
		}
		l := w.m.Links[x.link]
		v := w.m.Values[l.Value]
		from, _ := w.m.Holder(v, x.back)
		to, _ := w.m.Holder(v, person)
		rows := append(w.m.Sightings(v, from), w.m.Sightings(v, to)...)
		slices.Sort(rows)
		steps[h-1] = Step{
			From: w.through(from), To: w.through(to), Identifier: w.t.Identifiers[v.Identifier], Family: l.Kin.Family(),
			Points: x.points, Factor: x.factor, Rows: rows,
		}
		person = x.back
	}
	return steps
}

// through returns the first account through which a holder has a value.
func (w *walk) through(h linkage.Holder) graph.AccountID {
	return w.t.Accounts[w.m.Touches(h)[0].Account]
}
