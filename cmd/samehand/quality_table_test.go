package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"samehand/graph/evaluate"
)

// qualityTarget is what is to be reached. A limit of 0 is none, but for the ceiling on false flags.
type qualityTarget struct {
	recovered, lowest float64 // share of the rings, flagged and recovered: in all, and in each scenario but ghosts
	precision, recall float64 // of flagged pairs
	falseFlags        float64 // per 10,000 innocents, at most
	facilitator       float64 // share of the rings that have one
}

// The targets of 2,000, 20,000 and 200,000 people.
var (
	target2k   = qualityTarget{recovered: .95, lowest: .80, precision: .98, recall: .88, falseFlags: .2, facilitator: .85}
	target20k  = qualityTarget{recovered: .85, precision: .97, recall: .80, falseFlags: .2}
	target200k = qualityTarget{recovered: .80, precision: .95, recall: .75, falseFlags: .2}
	targetNull = qualityTarget{}
)

// qualitySum adds up worlds.
type qualitySum struct {
	worlds                            int
	rings, flagged, any               int
	pairs                             evaluate.Pairs
	people, innocents                 int
	clusters, falseFlags, caught      int
	framed, framedCaught              int // people
	led, ledRecovered                 int // rings that have a facilitator; of these, flagged and recovered
	first, firstWrong                 int
	linkable                          float64 // sum over rings that say it
	known                             int
	sitePrecision, siteRecall         float64 // sums weighted by items
	siteItems, largest, largestRing   int     // of the world in which the cluster exceeds the ring most, or comes nearest
	rows                              int
	seconds                           float64
	mixed                             bool     // worlds of several scenarios
	bad                               []string // seeds with a ring missed or somebody innocent flagged
	recall, precision                 float64  // B-cubed sums weighted by accounts
	foundAccounts, memberAccounts     int
	roles                             map[evaluate.RoleCount]int
	byGroup                           map[string]int
	byRole                            map[evaluate.Role]int
	kindRings, kindFlagged, kindFirst map[string]int
}

func newQualitySum() *qualitySum {
	return &qualitySum{
		roles: map[evaluate.RoleCount]int{}, byGroup: map[string]int{}, byRole: map[evaluate.Role]int{},
		kindRings: map[string]int{}, kindFlagged: map[string]int{}, kindFirst: map[string]int{},
	}
}

// add adds a world.
func (q *qualitySum) add(w *qualityWorld) {
	s, f := w.scores, w.scores.Flagged
	q.worlds++
	q.rows, q.seconds = q.rows+w.rows, q.seconds+w.seconds
	q.people, q.innocents = q.people+s.People, q.innocents+s.Innocents
	q.rings, q.flagged, q.any = q.rings+len(s.Rings), q.flagged+f.Recovered, q.any+s.All.Recovered
	q.pairs.Truth, q.pairs.Found, q.pairs.Both = q.pairs.Truth+f.Pairs.Truth, q.pairs.Found+f.Pairs.Found, q.pairs.Both+f.Pairs.Both
	q.clusters, q.falseFlags, q.caught = q.clusters+f.Clusters, q.falseFlags+f.False, q.caught+f.Innocents
	q.framed, q.framedCaught = q.framed+s.FramedOf, q.framedCaught+f.FramedPeople
	q.ledRecovered += f.Led
	q.first, q.firstWrong = q.first+f.FirstRight, q.firstWrong+f.FirstWrong
	q.siteItems += s.SiteItems
	q.sitePrecision += s.Sites.Precision * float64(s.SiteItems)
	q.siteRecall += s.Sites.Recall * float64(s.SiteItems)
	if len(s.Rings) > 0 && (q.largestRing == 0 || f.Largest.Accounts-s.Largest.Accounts > q.largest-q.largestRing) {
		q.largest, q.largestRing = f.Largest.Accounts, s.Largest.Accounts
	}
	q.precision += f.BCubed.Precision * float64(f.Accounts)
	q.foundAccounts += f.Accounts
	for _, r := range s.Rings {
		q.addRing(r)
		q.recall += f.BCubed.Recall * float64(r.Accounts)
		q.memberAccounts += r.Accounts
	}
	if w.bad() {
		q.bad = append(q.bad, fmt.Sprint(w.Seed))
	}
	for _, r := range s.Roles {
		q.roles[evaluate.RoleCount{True: r.True, Found: r.Found}] += r.Count
	}
	for _, g := range f.ByGroup {
		q.byGroup[g.Kind] += g.Count
	}
	for _, r := range f.ByRole {
		q.byRole[r.True] += r.Count
	}
}

func (q *qualitySum) addRing(r evaluate.RingScore) {
	q.kindRings[r.Kind]++
	if r.Led {
		q.led++
	}
	if r.Flagged.Recovered {
		q.kindFlagged[r.Kind]++
	}
	if r.Flagged.First {
		q.kindFirst[r.Kind]++
	}
	if r.Linkable >= 0 {
		q.linkable, q.known = q.linkable+r.Linkable, q.known+1
	}
}

// bad reports whether somebody should look at the world.
func (w *qualityWorld) bad() bool {
	f := w.scores.Flagged
	return w.err != nil || f.Recovered < len(w.scores.Rings) || f.Innocents > 0 || f.False > 0 || f.Largest.Accounts > w.scores.Largest.Accounts
}

// qualityColumns heads [qualitySum.cells].
func qualityColumns() []string {
	return []string{
		"rings", "flagged and recovered", "recovered at all", "linkable", "pair precision", "pair recall", "B-cubed P / R", "false flags", "per 10,000",
		"innocents flagged", "per 10,000", "facilitator first", "of recovered", "innocent first", "sites P / R", "largest cluster / ring", "worlds to look at",
	}
}

// qualityMark sets off what misses its target.
func qualityMark(text string, misses bool) string {
	if misses {
		return "**" + text + "**"
	}
	return text
}

// cells lays out a sum; what misses the target is bold.
func (q *qualitySum) cells(t qualityTarget, total, ghosts bool) []string {
	share := func(n, all int, least float64) string {
		if all == 0 {
			return "-"
		}
		x := float64(n) / float64(all)
		return qualityMark(fmt.Sprintf("%d/%d %.0f %%", n, all, 100*x), x < least)
	}
	rate := func(both, all uint64, least float64) string {
		if all == 0 {
			return "-"
		}
		x := float64(both) / float64(all)
		return qualityMark(fmt.Sprintf("%.3f", x), x < least)
	}
	least, falseFlags := t.lowest, per10k(q.falseFlags, q.innocents)
	if total {
		least = t.recovered
	} else if ghosts {
		least = 0
	}
	linkable := "-"
	if q.known > 0 {
		linkable = fmt.Sprintf("%.2f", q.linkable/float64(q.known))
	}
	mean := func(a, b float64, n, m int) string {
		return fmt.Sprintf("%.2f / %.2f", a/max(1, float64(n)), b/max(1, float64(m)))
	}
	look := cmp.Or(strings.Join(q.bad, " "), "none")
	if q.mixed {
		look = fmt.Sprint(len(q.bad)) // seeds alone do not name worlds of several scenarios
	}
	return []string{
		fmt.Sprint(q.rings), share(q.flagged, q.rings, least), share(q.any, q.rings, 0), linkable,
		rate(q.pairs.Both, q.pairs.Found, t.precision), rate(q.pairs.Both, q.pairs.Truth, t.recall), mean(q.precision, q.recall, q.foundAccounts, q.memberAccounts),
		fmt.Sprint(q.falseFlags), qualityMark(fmt.Sprintf("%.2f", falseFlags), falseFlags > t.falseFlags),
		fmt.Sprint(q.caught), fmt.Sprintf("%.2f", per10k(q.caught, q.people)),
		share(q.first, q.led, t.facilitator), share(q.first, q.ledRecovered, 0), fmt.Sprint(q.firstWrong),
		mean(q.sitePrecision, q.siteRecall, q.siteItems, q.siteItems),
		qualityMark(fmt.Sprintf("%d / %d", q.largest, q.largestRing), q.largest > q.largestRing), look,
	}
}

// markdown writes a table.
func markdown(w io.Writer, columns []string, lines [][]string) {
	fmt.Fprintf(w, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
	for _, l := range lines {
		fmt.Fprintf(w, "| %s |\n", strings.Join(l, " | "))
	}
	fmt.Fprintln(w)
}

// targetCells is the row of the targets.
func (t qualityTarget) cells() []string {
	if t.recovered == 0 {
		return []string{"-", "-", "-", "-", "-", "-", "-", "0", "0", "0", "0", "-", "-", "-", "-", "-", "-"}
	}
	all := fmt.Sprintf("at least %.0f %%", 100*t.recovered)
	if t.lowest > 0 {
		all += fmt.Sprintf(", in each but ghosts %.0f %%", 100*t.lowest)
	}
	facilitator := "-"
	if t.facilitator > 0 {
		facilitator = fmt.Sprintf("at least %.0f %%", 100*t.facilitator)
	}
	return []string{
		"-", all, "-", "-", fmt.Sprintf("at least %.2f", t.precision), fmt.Sprintf("at least %.2f", t.recall), "-", "-", fmt.Sprintf("at most %.1f", t.falseFlags),
		"-", "-", facilitator, "-", "-", "-", "the ring, or smaller", "-",
	}
}

// byScenario adds worlds up by scenario, in the order of the worlds, and all of them.
func byScenario(worlds []*qualityWorld) (names []string, sums map[string]*qualitySum, all *qualitySum) {
	sums, all = map[string]*qualitySum{}, newQualitySum()
	for _, w := range worlds {
		if w.err != nil {
			continue
		}
		if sums[w.Scenario] == nil {
			names, sums[w.Scenario] = append(names, w.Scenario), newQualitySum()
		}
		sums[w.Scenario].add(w)
		all.add(w)
	}
	all.mixed = len(names) > 1
	return names, sums, all
}

// printScenarios writes the table of a set of worlds beside its target.
func printScenarios(w io.Writer, worlds []*qualityWorld, t qualityTarget) {
	names, sums, all := byScenario(worlds)
	var lines [][]string
	for _, n := range names {
		lines = append(lines, append([]string{n}, sums[n].cells(t, len(names) == 1, n == "ghosts")...))
	}
	if len(names) > 1 {
		lines = append(lines, append([]string{"all"}, all.cells(t, true, false)...))
	}
	lines = append(lines, append([]string{"target"}, t.cells()...))
	markdown(w, append([]string{"scenario"}, qualityColumns()...), lines)
	fmt.Fprintf(w, "%d worlds, %d people, %d rows; from the files to the clusters %.1f s on the clock in sum, all in memory and several worlds at a time: no measure of a case on disk.\n\n", all.worlds, all.people, all.rows, all.seconds)
}

// printMixUps writes who was flagged innocently, what became of each kind of ring, and which roles were taken for which.
func printMixUps(w io.Writer, worlds []*qualityWorld) {
	_, _, all := byScenario(worlds)
	var lines [][]string
	for _, k := range slices.Sorted(maps.Keys(all.kindRings)) {
		lines = append(lines, []string{named(k), fmt.Sprint(all.kindRings[k]), fmt.Sprint(all.kindFlagged[k]), fmt.Sprint(all.kindFirst[k])})
	}
	markdown(w, []string{"kind of ring", "rings", "flagged and recovered", "facilitator first"}, lines)
	lines = nil
	for _, r := range evaluate.Roles() {
		if n := all.byRole[r]; n > 0 {
			lines = append(lines, []string{"role: " + r.String(), fmt.Sprint(n)})
		}
	}
	for _, k := range slices.Sorted(maps.Keys(all.byGroup)) {
		lines = append(lines, []string{"look-alike: " + cmpOr(k, "none"), fmt.Sprint(all.byGroup[k])})
	}
	markdown(w, []string{"innocents flagged", "people"}, lines)
	printRoles(w, all.roles)
}

// printRoles writes which roles were taken for which: a row for each true one.
func printRoles(w io.Writer, roles map[evaluate.RoleCount]int) {
	found := map[string]bool{}
	for k := range roles {
		found[k.Found] = true
	}
	columns := slices.Sorted(maps.Keys(found))
	var lines [][]string
	for _, r := range evaluate.Roles() {
		line := []string{r.String()}
		for _, c := range columns {
			line = append(line, fmt.Sprint(roles[evaluate.RoleCount{True: r, Found: c}]))
		}
		lines = append(lines, line)
	}
	markdown(w, append([]string{"role of accounts, by the truth (down) and as found (across)"}, columns...), lines)
}

// printBad lists the worlds that somebody should look at, and what is wrong with them.
func printBad(w io.Writer, worlds []*qualityWorld) {
	for _, x := range worlds {
		if !x.bad() {
			continue
		}
		if x.err != nil {
			fmt.Fprintf(w, "- `%s`: FAILED: %v\n", x, x.err)
			continue
		}
		fmt.Fprintf(w, "- `%s`:", x)
		for _, r := range x.scores.Rings {
			switch {
			case r.Flagged.Recovered:
			case r.All.Recovered:
				fmt.Fprintf(w, " %s %s of %d not flagged;", r.Kind, r.Name, r.Size.Persons)
			default:
				fmt.Fprintf(w, " %s %s of %d missed (best share %.2f, purity %.2f, linkable %.2f);", r.Kind, r.Name, r.Size.Persons, r.All.Share, r.All.Purity, r.Linkable)
			}
		}
		for _, f := range x.scores.FalseFlags {
			var kinds []string
			for _, k := range f.Kinds {
				kinds = append(kinds, fmt.Sprintf("%s %d", cmpOr(k.Kind, "none"), k.Count))
			}
			fmt.Fprintf(w, " false flag %s (%s);", f.Cluster, strings.Join(kinds, ", "))
		}
		if n := x.scores.Flagged.Innocents; n > 0 {
			fmt.Fprintf(w, " innocents flagged %d;", n)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
}
