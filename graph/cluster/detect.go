package cluster

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/community"
	"samehand/graph/linkage"
	"samehand/graph/projection"
	"samehand/graph/typology"
)

// Detect finds the clusters of a canonical table. The same table and options give the same run to the byte. It
// fails when an option makes no sense or ctx is done, and then returns no run.
func Detect(ctx context.Context, t *graph.Table, o Options) (graph.Run, error) {
	if err := o.Validate(); err != nil {
		return graph.Run{}, fmt.Errorf("detect: %w", err)
	}
	d, err := weigh(ctx, t, o)
	if err != nil {
		return graph.Run{}, fmt.Errorf("detect: %w", err)
	}
	groups, err := d.groups(ctx)
	if err != nil {
		return graph.Run{}, fmt.Errorf("detect: %w", err)
	}
	if err := d.stage(ctx, "clusters"); err != nil {
		return graph.Run{}, fmt.Errorf("detect: %w", err)
	}
	run, err := d.run(ctx, groups)
	if err != nil {
		return graph.Run{}, fmt.Errorf("detect: %w", err)
	}
	return run, nil
}

// detection is what one run works with.
type detection struct {
	t     *graph.Table
	o     Options
	model *linkage.Model
	held  heldValues

	climbing   bool // other resolutions are looked at by the caller
	view       *typology.View
	registered *registered       // made when it is first needed
	ways       *manners          // likewise
	signed     map[uint32]uint64 // person -> sign-ins, as far as they were asked
}

// group is a set of persons, sorted, and the links inside it.
type group struct {
	persons []uint32
	links   []linkage.Link
	points  []float64          // of each person: what ties it to the rest
	lasts   community.Interval // multiples of the resolution at which it is found; zero when that was not looked at
	judged  *outcome           // what was decided about it; nil when nothing was yet
}

// stage reports progress, and whether to go on.
func (d *detection) stage(ctx context.Context, name string) error {
	if d.o.Progress != nil {
		d.o.Progress(name)
	}
	return ctx.Err()
}

// weigh finds the persons and weighs what they share.
func weigh(ctx context.Context, t *graph.Table, o Options) (*detection, error) {
	d := &detection{t: t, o: o}
	if err := d.stage(ctx, "persons"); err != nil {
		return nil, err
	}
	facts, err := linkage.Read(t, o.Linkage)
	if err != nil {
		return nil, err
	}
	persons := facts.Persons()
	if err := d.stage(ctx, "evidence"); err != nil {
		return nil, err
	}
	if d.model, err = facts.Evidence(persons); err == nil {
		d.held = newHeldValues(d.model)
	}
	return d, err
}

// groups finds the groups that become clusters: of two persons or more, by their smallest person.
func (d *detection) groups(ctx context.Context) ([]group, error) {
	method, err := community.Find(d.o.Method)
	if err != nil {
		return nil, err
	}
	if err := d.stage(ctx, "projection"); err != nil {
		return nil, err
	}
	if d.plain() {
		return d.plainGroups(ctx, method)
	}
	g, err := projection.Persons(d.model, d.o.Floor)
	if err != nil {
		return nil, err
	}
	if err := d.stage(ctx, "communities"); err != nil {
		return nil, err
	}
	p, err := method.Partition(ctx, g, d.o.Community)
	if err != nil {
		return nil, err
	}
	if err := d.stage(ctx, "pruning"); err != nil {
		return nil, err
	}
	groups, err := d.finish(ctx, p.Of)
	if err == nil {
		groups = d.absorb(groups)
	}
	if err != nil || d.climbing {
		return groups, err
	}
	if err := d.stage(ctx, "survival"); err != nil {
		return nil, err
	}
	return groups, d.survive(ctx, g, method, groups)
}

// finish makes groups of communities: joins what few values tie, takes out who is tied by too little, splits what is
// oversized. They come by their smallest person.
func (d *detection) finish(ctx context.Context, of []uint32) ([]group, error) {
	var groups []group
	for _, g := range d.split(d.join(of)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		pruned, err := d.prune(g)
		if err != nil {
			return nil, err
		}
		for _, q := range pruned {
			parts, err := d.breakUp(ctx, q)
			if err != nil {
				return nil, err
			}
			groups = append(groups, parts...)
		}
	}
	slices.SortFunc(groups, func(a, b group) int { return cmp.Compare(a.persons[0], b.persons[0]) })
	return groups, nil
}

// plain reports whether the method only compares: nothing is weighed, joined, pruned or flagged.
func (d *detection) plain() bool { return d.o.Method == community.Components{}.Name() }

// plainGroups finds whatever hangs together over any shared value that may link and has no more holders than the cap.
func (d *detection) plainGroups(ctx context.Context, method community.Method) ([]group, error) {
	var es []projection.Edge
	for _, t := range d.model.Ties(d.o.Linkage.Cap) {
		es = append(es, projection.Edge{A: t.A, B: t.B, Weight: 1})
	}
	g, err := projection.New(d.model.Persons.Len(), es)
	if err != nil {
		return nil, err
	}
	p, err := method.Partition(ctx, g, d.o.Community)
	if err != nil {
		return nil, err
	}
	var groups []group
	for _, g := range d.split(p.Of) {
		g.points = make([]float64, len(g.persons))
		tied := d.tied(g)
		for i := range g.persons {
			g.points[i] = tied.points(i)
		}
		groups = append(groups, g)
	}
	return groups, nil
}

// split makes a group of each set of persons with one label, if there are two or more, with the links inside.
func (d *detection) split(of []uint32) []group {
	p := community.NewPartition(of)
	persons, links := make([]uint32, p.Groups), make([]uint32, p.Groups) // how many there are of each
	for _, g := range p.Of {
		persons[g]++
	}
	for _, l := range d.model.Links {
		if g := p.Of[l.A]; g == p.Of[l.B] {
			links[g]++
		}
	}
	var groups []group
	place := make([]int32, p.Groups) // of each set of two or more among groups
	for g, n := range persons {      // most persons are alone
		if place[g] = int32(len(groups)); n > 1 {
			groups = append(groups, group{persons: make([]uint32, 0, n), links: make([]linkage.Link, 0, links[g])})
		}
	}
	for person, g := range p.Of {
		if persons[g] > 1 {
			q := &groups[place[g]]
			q.persons = append(q.persons, uint32(person))
		}
	}
	for _, l := range d.model.Links {
		if g := p.Of[l.A]; g == p.Of[l.B] {
			q := &groups[place[g]]
			q.links = append(q.links, l)
		}
	}
	return groups
}
