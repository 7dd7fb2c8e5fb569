package report

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/ident"
)

// Lead is the sentence that stands at the head of every report.
const Lead = "A cluster is a lead, not a verdict."

// lead says how a reader must take a report.
func lead() []string {
	return []string{
		Lead,
		"It says that records tie these accounts to each other, not that anybody did wrong. People who share a home, an employer, a machine or a provider look alike in data.",
		"The persons named may be victims whose identity somebody else uses. Nobody should lose work, pay or access because of this report alone: check the cited records, rule out the innocent explanations, and hear the person.",
		"Nationality, ethnicity and the origin of a name are not part of the evidence, and must not become part of the decision.",
		"What is not in this report was not found, not looked at, or left out of it. It is not thereby cleared.",
	}
}

// Options says what a report cannot read from the run. The zero Options is fine.
type Options struct {
	Case      string    // name of the case
	Tool      string    // what makes the report, with its version; "" means "samehand"
	Generated time.Time // when; the zero time leaves it out, so that the same run gives the same bytes on any day
}

// Build makes the report of the chosen clusters of a run; nil chooses all of them, an empty list none. The table holds
// the observations of their accounts, with its Sources; one that is not canonical is sorted in a copy. Neither it nor the run is changed.
//
// It fails when the table is nil, or when a cluster is not in the run.
func Build(run graph.Run, t *graph.Table, clusters []string, o Options) (Model, error) {
	if t == nil {
		return Model{}, errors.New("report: no observations were loaded")
	}
	chosen, err := choose(run.Clusters, clusters)
	if err != nil {
		return Model{}, err
	}
	b := builder{t: canonical(t)}
	m := Model{
		Schema: SchemaName, Version: SchemaVersion, Case: explain.Shown(o.Case), Tool: cmp.Or(explain.Shown(o.Tool), "samehand"),
		Generated: graph.TimeOf(o.Generated).String(), Lead: lead(), Run: runOf(run),
		Clusters: []Cluster{}, LeftOut: len(run.Clusters) - len(chosen), Notes: []string{},
	}
	m.Sources = b.sources(run)
	index := explain.NewIndex(b.t, run.Hubs)
	for _, c := range chosen {
		m.Clusters = append(m.Clusters, b.cluster(index.Cluster(c)))
	}
	m.Hubs = hubs(run.Hubs)
	m.Notes = append(m.Notes, notes(run, m)...)
	return m, nil
}

// choose returns the wanted clusters in the order of a report.
func choose(all []graph.Cluster, want []string) ([]graph.Cluster, error) {
	out := slices.Clone(all)
	if want != nil {
		var unknown []string
		for _, id := range want {
			if !slices.ContainsFunc(all, func(c graph.Cluster) bool { return c.ID == id }) {
				unknown = append(unknown, fmt.Sprintf("%q", id))
			}
		}
		if len(unknown) > 0 {
			return nil, fmt.Errorf("report: the run has no cluster %s; list the clusters and use their IDs", strings.Join(unknown, ", "))
		}
		out = slices.DeleteFunc(out, func(c graph.Cluster) bool { return !slices.Contains(want, c.ID) })
	}
	slices.SortStableFunc(out, func(a, b graph.Cluster) int {
		if a.Flagged != b.Flagged {
			return map[bool]int{true: -1, false: 1}[a.Flagged]
		}
		return cmp.Or(cmp.Compare(finite(b.Score), finite(a.Score)), strings.Compare(a.ID, b.ID))
	})
	return out, nil
}

// canonical returns t, or a sorted copy of it when it is not in canonical form.
func canonical(t *graph.Table) *graph.Table {
	if slices.IsSortedFunc(t.Accounts, graph.AccountID.Compare) && slices.IsSortedFunc(t.Rows, t.CompareRows) {
		return t
	}
	c := graph.Table{
		Sources: t.Sources, Accounts: slices.Clone(t.Accounts), Identifiers: slices.Clone(t.Identifiers),
		Relations: slices.Clone(t.Relations), Raws: slices.Clone(t.Raws), Rows: slices.Clone(t.Rows),
	}
	c.Canonical()
	return &c
}

func runOf(r graph.Run) Run {
	out := Run{
		ID: explain.Shown(r.ID), Started: graph.TimeOf(r.Started).String(), Method: explain.Shown(r.Method), Options: []Option{},
		Counts: Counts{
			Accounts: r.Counts.Accounts, Identifiers: r.Counts.Identifiers, Rows: r.Counts.Rows, Persons: r.Counts.Persons,
			Pairs: r.Counts.Pairs, Clusters: r.Counts.Clusters, Flagged: r.Counts.Flagged, Members: r.Counts.Members,
			FlaggedMembers: r.Counts.FlaggedMembers,
		},
	}
	out.Alarms, out.Missing = sentencesOf(r.Alarms), missing(r.Missing)
	for name, value := range r.Options {
		out.Options = append(out.Options, Option{explain.Shown(name), explain.Shown(value)})
	}
	slices.SortFunc(out.Options, func(a, b Option) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Value, b.Value))
	})
	return out
}

// missing lists the patterns that could not be looked for, in the order of the run: that of their numbers.
func missing(ms []graph.Missing) []Missing {
	out := []Missing{}
	for _, m := range ms {
		out = append(out, Missing{explain.Shown(m.Pattern), explain.Shown(m.Name), explain.Shown(m.Lacks)})
	}
	return out
}

func hubs(hs []graph.HubValue) []Hub {
	sorted := slices.Clone(hs)
	slices.SortFunc(sorted, func(a, b graph.HubValue) int {
		return cmp.Or(cmp.Compare(b.Holders, a.Holders), a.Identifier.Compare(b.Identifier), strings.Compare(a.Class, b.Class))
	})
	out := []Hub{}
	for _, h := range sorted {
		out = append(out, Hub{
			Value: valueOf(h.Identifier), Class: explain.Shown(h.Class), ClassWords: explain.ClassWords(h.Class),
			Holders: h.Holders, Reason: explain.Shown(h.Reason),
		})
	}
	return out
}

// notes says what a reader must know about the report as a whole.
func notes(run graph.Run, m Model) []string {
	var out []string
	missing, later := 0, 0
	for _, id := range run.Sources {
		if !slices.ContainsFunc(m.Sources, func(s Source) bool { return s.ID == explain.Shown(id) }) {
			missing++
		}
	}
	for _, s := range m.Sources {
		if !s.InRun && len(run.Sources) > 0 {
			later++
		}
	}
	if missing > 0 {
		out = append(out, fmt.Sprintf("The detection was made from %d more sources that are no longer in the case: what they alone said cannot be cited. Run the detection again.", missing))
	}
	if later > 0 {
		out = append(out, fmt.Sprintf("%d of the sources were added after the detection: lines cited from them were not weighed. Run the detection again.", later))
	}
	if m.LeftOut > 0 {
		out = append(out, leftOut(run, m))
	}
	return out
}

// leftOut says how many clusters are not in the report, and how to get them.
func leftOut(run graph.Run, m Model) string {
	flagged := 0
	for _, c := range run.Clusters {
		if c.Flagged {
			flagged++
		}
	}
	for _, c := range m.Clusters {
		if c.Flagged {
			flagged--
		}
	}
	text := fmt.Sprintf("Clusters that the detection found and that are not in this report: %d, of which flagged: %d.", m.LeftOut, flagged)
	return text + " samehand clusters lists them, samehand show CLUSTER explains one, and samehand report --all writes all of them."
}

func valueOf(id ident.ID) Value {
	return Value{Kind: id.Kind().String(), Mark: id.Mark().String(), Value: id.Key(), Shown: explain.Shown(id.Key()), kind: id.Kind()}
}

func accountOf(a graph.AccountID) Account {
	p, n := explain.Shown(a.Platform), explain.Shown(a.Native)
	return Account{Platform: a.Platform, Native: a.Native, Shown: p + "/" + n, platform: p, native: n}
}

func familyOf(f graph.Family) Family {
	return Family{Name: explain.Shown(string(f)), Words: explain.FamilyWords(f)}
}

// finite returns f, or 0 when it is not a number that JSON can write.
func finite(f float64) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}
