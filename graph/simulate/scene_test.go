package simulate

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"samehand/graph"
	"samehand/graph/ident"
)

// madeRow is a row of a scenario, with what it is read as.
type madeRow struct {
	file, nature string
	account      graph.AccountID
	id           ident.ID
	relation     graph.Relation
	first, last  time.Time
	count        int
}

// made is a scenario that was written and read back.
type made struct {
	files  memory
	counts SceneCounts
	rows   []madeRow
	truth  struct {
		Version  int
		Scenario string
		Seed     uint64
		People   int
		Rings    []truthRing
		Groups   []truthGroup
		Accounts []truthAccount
	}
	of map[graph.AccountID]truthAccount
}

// makeScene writes a scenario into memory and reads it back; any row that cannot be read fails the test.
func makeScene(t *testing.T, o SceneOptions) *made {
	t.Helper()
	if o.People == 0 {
		o.People = 2000
	}
	m := &made{files: memory{}, of: map[graph.AccountID]truthAccount{}}
	var err error
	if m.counts, err = WriteScene(o, m.files.create); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(m.files[TruthName].Bytes(), &m.truth); err != nil {
		t.Fatal(err)
	}
	for _, a := range m.truth.Accounts {
		id := graph.AccountID{Platform: a.Platform, Native: a.Account}
		if _, twice := m.of[id]; twice {
			t.Errorf("the truth names %s/%s twice", a.Platform, a.Account)
		}
		m.of[id] = a
	}
	m.readRows(t)
	return m
}

func (m *made) readRows(t *testing.T) {
	t.Helper()
	edges := m.files.read(t, EdgesName)
	tables := map[string][]map[string]string{}
	for _, e := range edges {
		name := e["file"]
		if tables[name] == nil {
			tables[name] = m.files.read(t, name)
		}
		var line int
		fmt.Sscan(e["row"], &line)
		r := tables[name][line-2]
		k, err := ident.ParseKind(r["kind"])
		if err != nil {
			t.Fatal(err)
		}
		id, err := ident.Parse(k, r["value"])
		if err != nil {
			t.Fatalf("%s:%d: %s %q: %v", name, line, k, r["value"], err)
		}
		row := madeRow{file: name, nature: e["nature"], account: graph.AccountID{Platform: r["platform"], Native: r["account"]}, id: id, relation: graph.Relation(r["relation"])}
		row.first = readTime(t, r["first_seen"])
		if row.last = row.first; r["last_seen"] != "" {
			row.last = readTime(t, r["last_seen"])
		}
		if fmt.Sscan(r["count"], &row.count); row.count < 1 || row.last.Before(row.first) {
			t.Fatalf("%s:%d: seen %s times from %v to %v", name, line, r["count"], row.first, row.last)
		}
		m.rows = append(m.rows, row)
	}
	n := 0
	for _, table := range tables {
		n += len(table)
	}
	if n != len(m.rows) || int64(n) != m.counts.Rows {
		t.Errorf("%d rows, %d of them in %s, %d counted", n, len(m.rows), EdgesName, m.counts.Rows)
	}
}

func readTime(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// who returns the answer for a row.
func (m *made) who(r madeRow) truthAccount { return m.of[r.account] }

// holders lists, for each value that may link, the persons of each role who have it.
func (m *made) holders(f func(r madeRow, a truthAccount) bool) map[ident.ID]map[string]bool {
	out := map[ident.ID]map[string]bool{}
	for _, r := range m.rows {
		a := m.who(r)
		if r.id.Mark() != ident.Ordinary || !f(r, a) {
			continue
		}
		if out[r.id] == nil {
			out[r.id] = map[string]bool{}
		}
		out[r.id][a.Person] = true
	}
	return out
}

// eachScenario runs f on one world of every scenario.
func eachScenario(t *testing.T, f func(t *testing.T, m *made)) {
	for _, s := range Scenarios() {
		t.Run(s.Name, func(t *testing.T) { f(t, makeScene(t, SceneOptions{Scenario: s.Name, Seed: 11})) })
	}
}

// TestScenesAreConsistent checks that rows and truth name the same accounts, that roles, rings and groups add up, and that the values are what they
// are said to be.
func TestScenesAreConsistent(t *testing.T) {
	eachScenario(t, func(t *testing.T, m *made) {
		if m.counts.People != 2000 || m.truth.People != 2000 || m.truth.Version != 1 {
			t.Errorf("%d people, and %d in the truth", m.counts.People, m.truth.People)
		}
		met := map[graph.AccountID]bool{}
		for _, r := range m.rows {
			met[r.account] = true
			if _, ok := m.of[r.account]; !ok {
				t.Fatalf("%v is not in the truth", r.account)
			}
			links := r.id.Mark() == ident.Ordinary
			if placeholder := r.nature == natureNames[naturePlaceholder]; links == placeholder && r.nature != "public" && r.nature != "slip" {
				t.Errorf("%s: a %s that is %s has the mark %q", r.file, r.id.Kind(), r.nature, r.id.Mark())
			}
		}
		if len(met) != len(m.of) || m.counts.Accounts != len(m.of) {
			t.Errorf("%d accounts in the rows, %d in the truth, %d counted", len(met), len(m.of), m.counts.Accounts)
		}
		m.checkRings(t)
		m.checkLookalikes(t)
	})
}

// checkRings checks the rings, groups and roles of a truth.
func (m *made) checkRings(t *testing.T) {
	t.Helper()
	type person struct{ ring, role string }
	of, sites, groups := map[string]person{}, map[string]map[string]bool{}, map[string]bool{"": true}
	for _, g := range m.truth.Groups {
		if groups[g.Group] || g.Kind == "" || g.Note == "" {
			t.Errorf("group %s is there twice, or not described", g.Group)
		}
		groups[g.Group] = true
	}
	for _, a := range m.truth.Accounts {
		p := person{a.Ring, a.Role}
		if was, ok := of[a.Person]; ok && was != p {
			t.Errorf("%s is %v and %v", a.Person, was, p)
		}
		of[a.Person] = p
		if (a.Ring == "") != (a.Role == roleBenign) || a.Site != "" && a.Role != rolePersona || !groups[a.Group] || a.Framed && a.Role != roleBenign {
			t.Errorf("an account in ring %q, site %q and group %q has the role %s", a.Ring, a.Site, a.Group, a.Role)
		}
		if a.Site != "" {
			if sites[a.Ring] == nil {
				sites[a.Ring] = map[string]bool{}
			}
			sites[a.Ring][a.Site] = true
		}
	}
	members, hosts := map[string]int{}, map[string]bool{}
	for _, p := range of {
		if p.role == rolePersona || p.role == roleFacilitator || p.role == roleLender {
			members[p.ring]++
		}
		if p.role == roleFacilitator {
			hosts[p.ring] = true
		}
	}
	for _, g := range m.truth.Rings {
		if members[g.Ring] != g.Persons || hosts[g.Ring] != g.Facilitator || len(sites[g.Ring]) != g.Sites || g.Linkable < 0 || g.Linkable > 1 {
			t.Errorf("%+v: %d members, %d sites", g, members[g.Ring], len(sites[g.Ring]))
		}
		delete(members, g.Ring)
	}
	if len(members) > 0 {
		t.Errorf("members of rings that are not listed: %v", members)
	}
}

// lookalikes are the groups that every world has.
var wantGroups = []string{
	"household", "shared-house", "flat", "guest", "dormitory", "church", "building", "family-business", "consultancy", "small-agency", "over-employed",
	"student-flat", "over-employed-flat", "over-employed-house", "over-employed-household", "couple-two-clients", "landlord-line", "neighbour-line", "grown-child",
	"consultancy-homes-unknown", "family-business-home-unknown", "bookkeeper", "coworking-house",
	"payroll-card", "tax-preparer", "guardian", "repair-shop", "kiosk", "library", "reassigned", "namesakes", "mover",
}

// wantNatures are the natures that rows of every world have.
var wantNatures = []string{
	"own", "work", "shared-home", "family", "guest", "recycled", "reassigned", "service", "firm", "slip", "placeholder", "office", "transit", "counter", "public",
}

// checkLookalikes checks that a world has every look-alike.
func (m *made) checkLookalikes(t *testing.T) {
	t.Helper()
	kinds, natures := map[string]bool{}, map[string]bool{}
	for _, g := range m.truth.Groups {
		kinds[g.Kind] = true
	}
	for _, r := range m.rows {
		natures[r.nature] = true
	}
	for _, k := range wantGroups {
		if !kinds[k] {
			t.Errorf("no %s", k)
		}
	}
	for _, n := range wantNatures {
		if !natures[n] {
			t.Errorf("no row is %s", n)
		}
	}
	lone, tax := map[string]bool{}, 0
	for _, a := range m.truth.Accounts {
		lone[a.Person] = lone[a.Person] || strings.HasPrefix(a.Platform, "okta:")
		if a.Platform == "efile" {
			tax++
		}
	}
	without := 0
	for _, works := range lone {
		if !works {
			without++
		}
	}
	if without < 150 || tax != 40 {
		t.Errorf("%d people at employers without sign-ins, %d clients of the tax preparer", without, tax)
	}
}

// sum is a folder that keeps the hashes of what is written.
type sum map[string]hash.Hash

func (s sum) create(name string) (io.WriteCloser, error) {
	s[name] = sha256.New()
	return hashed{s[name]}, nil
}

type hashed struct{ io.Writer }

func (hashed) Close() error { return nil }

func (s sum) text() string {
	var lines []string
	for name, h := range s {
		lines = append(lines, fmt.Sprintf("%s %x", name, h.Sum(nil)))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func TestSceneIsTheSameForASeed(t *testing.T) {
	write := func(o SceneOptions) string {
		s := sum{}
		if _, err := WriteScene(o, s.create); err != nil {
			t.Fatal(err)
		}
		return s.text()
	}
	o := SceneOptions{Scenario: "mix", People: 4500, Seed: 5, Batches: 3, Camouflage: .3, Frame: 4}
	one := write(o)
	if one != write(o) {
		t.Error("the same options give other bytes")
	}
	if o.Seed = 6; one == write(o) {
		t.Error("another seed gives the same bytes")
	}
}

// TestBatches checks that batches hold each window in its time, and together say what one run says.
func TestBatches(t *testing.T) {
	o := SceneOptions{Scenario: "farm", Seed: 3}
	one := makeScene(t, o)
	o.Batches = 5
	cut := makeScene(t, o)
	if d := len(cut.rows) - len(one.rows); d < 1000 {
		t.Errorf("only %d windows are cut", d)
	}
	type key struct {
		account  graph.AccountID
		id       ident.ID
		relation graph.Relation
	}
	type whole struct {
		first, last time.Time
		count       int
	}
	merge := func(m *made) map[key]whole {
		out := map[key]whole{}
		for _, r := range m.rows {
			k := key{r.account, r.id, r.relation}
			w, ok := out[k]
			if !ok || r.first.Before(w.first) {
				w.first = r.first
			}
			if r.last.After(w.last) {
				w.last = r.last
			}
			w.count += r.count
			out[k] = w
		}
		return out
	}
	a, b := merge(one), merge(cut)
	bad := 0
	for k, w := range a {
		if b[k] != w {
			bad++
		}
	}
	if bad > 0 || len(a) != len(b) {
		t.Errorf("%d of %d values are said otherwise in batches, of which there are %d", bad, len(a), len(b))
	}
	length := time.Duration(daysSeen) * 24 * time.Hour / 5
	for _, r := range cut.rows {
		var k int
		fmt.Sscanf(r.file, "batch-%d/", &k)
		lo, hi := sceneStart.Add(time.Duration(k-1)*length), sceneStart.Add(time.Duration(k)*length)
		if k > 1 && r.last.Before(lo) || k < 5 && !r.last.Before(hi) || k > 1 && r.id.Kind() == ident.IP && r.first.Before(lo) {
			t.Fatalf("%s: a row from %v to %v", r.file, r.first, r.last)
		}
	}
}

// TestMemoryDoesNotGrow checks that ten times the people need no more memory. It is coarse.
func TestMemoryDoesNotGrow(t *testing.T) {
	peak := func(people int) uint64 {
		runtime.GC()
		var most uint64
		create := func(name string) (io.WriteCloser, error) {
			return metered{&most}, nil
		}
		if _, err := WriteScene(SceneOptions{Scenario: "mix", People: people, Seed: 1}, create); err != nil {
			t.Fatal(err)
		}
		return most
	}
	small, large := peak(6000), peak(60_000)
	if large > 2*small+32<<20 {
		t.Errorf("%d MB for 60,000 people, %d MB for 6,000", large>>20, small>>20)
	}
}

// metered is a file that looks at the memory in use when it is written to.
type metered struct{ most *uint64 }

func (m metered) Write(p []byte) (int, error) {
	if len(p) > 60<<10 {
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		*m.most = max(*m.most, s.HeapInuse)
	}
	return len(p), nil
}

func (m metered) Close() error { return nil }

func TestSceneOptionsValidate(t *testing.T) {
	good := SceneOptions{Scenario: "mix", People: 2000}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(o *SceneOptions){
		"no scenario":         func(o *SceneOptions) { o.Scenario = "fram" },
		"799 people":          func(o *SceneOptions) { o.People = 799 },
		"people; a world has": func(o *SceneOptions) { o.People = MaxPeople + 1 },
		"batches":             func(o *SceneOptions) { o.Batches = 53 },
		"rotate":              func(o *SceneOptions) { o.Rotate = "name" },
		"camouflage":          func(o *SceneOptions) { o.Camouflage = 1.5 },
		"framed":              func(o *SceneOptions) { o.Frame = 41 },
		"exports are":         func(o *SceneOptions) { o.Exports = "all" },
		"log of its own":      func(o *SceneOptions) { o.Exports, o.People = "both", 30_000 },
		"no batches":          func(o *SceneOptions) { o.Exports, o.Batches = "vendor", 3 },
		"families":            func(o *SceneOptions) { o.FrameFamilies = 3 },
		"has no ring":         func(o *SceneOptions) { o.Scenario, o.Frame = "confounders", 3 },
	} {
		o := good
		change(&o)
		if err := o.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	o := SceneOptions{Scenario: "x", Rotate: "y"}
	if err := o.Validate(); strings.Count(fmt.Sprint(err), "\n") != 2 {
		t.Errorf("not every fault is named: %v", err)
	}
}

func TestWriteSceneFails(t *testing.T) {
	broken := errors.New("broken")
	for name, f := range map[string]*failing{"create": {create: broken}, "write": {write: broken}, "close": {close: broken}} {
		if _, err := WriteScene(SceneOptions{Scenario: "farm", People: 2000}, f.open); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestManySeeds checks that no seed needs more values than a block may have.
func TestManySeeds(t *testing.T) {
	for _, s := range Scenarios() {
		for seed := range uint64(4) {
			o := SceneOptions{Scenario: s.Name, People: MinPeople, Seed: seed}
			if _, err := WriteScene(o, func(string) (io.WriteCloser, error) { return hashed{io.Discard}, nil }); err != nil {
				t.Errorf("%s, seed %d: %v", s.Name, seed, err)
			}
		}
	}
}
