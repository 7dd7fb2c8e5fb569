package simulate

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"samehand/graph"
)

// memory is a folder in memory.
type memory map[string]*bytes.Buffer

type memoryFile struct{ *bytes.Buffer }

func (memoryFile) Close() error { return nil }

func (m memory) create(name string) (io.WriteCloser, error) {
	m[name] = &bytes.Buffer{}
	return memoryFile{m[name]}, nil
}

func exports(t *testing.T, seed uint64) (World, memory) {
	t.Helper()
	w, m := Demo(seed), memory{}
	if err := w.WriteExports(m.create); err != nil {
		t.Fatal(err)
	}
	return w, m
}

func TestSameSeedSameBytes(t *testing.T) {
	_, a := exports(t, 1)
	_, b := exports(t, 1)
	_, c := exports(t, 2)
	for name := range a {
		if !bytes.Equal(a[name].Bytes(), b[name].Bytes()) {
			t.Errorf("%s: the same seed gives other bytes", name)
		}
		if bytes.Equal(a[name].Bytes(), c[name].Bytes()) != (mappings[name] != "") {
			t.Errorf("%s: another seed gives the same bytes, or another mapping", name)
		}
	}
}

func TestExportsAreWritten(t *testing.T) {
	w, m := exports(t, 1)
	want := []string{TruthName}
	for _, e := range w.Exports() {
		want = append(want, e.Name)
		if e.Mapping != "" {
			want = append(want, e.Mapping)
		}
		if strings.HasPrefix(e.Name, "okta-") != (e.Tenant != "") {
			t.Errorf("%s is for the tenant %q", e.Name, e.Tenant)
		}
	}
	slices.Sort(want)
	if d := cmp.Diff(want, slices.Sorted(maps.Keys(m))); d != "" {
		t.Errorf("files (-want +got):\n%s", d)
	}
	for name, b := range m {
		if b.Len() == 0 {
			t.Errorf("%s is empty", name)
		}
	}
}

func TestDemoIsFast(t *testing.T) {
	start := time.Now()
	exports(t, 3)
	if took := time.Since(start); took > 5*time.Second { // .2 s on the machine it was written on; a loaded one may be slow
		t.Errorf("took %v", took)
	}
}

// read returns the rows of a table by column.
func (m memory) read(t *testing.T, name string) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(m[name].Bytes())).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		row := map[string]string{}
		for i, c := range rows[0] {
			row[c] = r[i]
		}
		out = append(out, row)
	}
	return out
}

// TestTruthIsComplete checks that the exports and the truth have the same accounts.
func TestTruthIsComplete(t *testing.T) {
	w, m := exports(t, 1)
	met := map[graph.AccountID]bool{}
	for _, r := range m.read(t, "payroll.csv") {
		met[graph.AccountID{Platform: "payroll:" + r["company"], Native: r["employee_id"]}] = true
	}
	for _, r := range m.read(t, "shipments.csv") {
		met[graph.AccountID{Platform: "okta:" + r["company"], Native: r["customer_email"]}] = true
	}
	for _, r := range m.read(t, "observations.csv") {
		met[graph.AccountID{Platform: r["platform"], Native: r["account"]}] = true
	}
	for _, e := range w.Employers {
		for _, ev := range m.events(t, "okta-"+e.Tenant+".jsonl") {
			if ev.Actor.Type == "User" {
				met[graph.AccountID{Platform: "okta:" + e.Tenant, Native: ev.Actor.AlternateID}] = true
			}
		}
	}
	for _, a := range w.Truth().Accounts {
		if !met[a.Account] {
			t.Errorf("%s has an account that no export has", a.Person)
		}
		delete(met, a.Account)
	}
	if len(met) > 0 {
		t.Errorf("%d accounts of the exports are not in the truth", len(met))
	}
	var v struct {
		Scenario string
		Seed     uint64
		People   int
		Rings    []truthRing
		Groups   []truthGroup
		Accounts []truthAccount
	}
	if err := json.Unmarshal(m[TruthName].Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	if v.Scenario != "demo" || v.Seed != 1 || v.People != len(w.People) || len(v.Accounts) != len(w.Truth().Accounts) || len(v.Groups)+len(v.Rings) != len(w.Groups) {
		t.Errorf("%s: %s %d, %d people, %d accounts, %d rings, %d groups", TruthName, v.Scenario, v.Seed, v.People, len(v.Accounts), len(v.Rings), len(v.Groups))
	}
	for i, want := range []truthRing{{Ring: "farm", Persons: 10, Sites: 1, Facilitator: true}, {Ring: "payment-ring", Persons: 6}} {
		want.Kind, want.Linkable, want.Note = v.Rings[i].Kind, 1, v.Rings[i].Note
		if d := cmp.Diff(want, v.Rings[i]); d != "" {
			t.Errorf("ring (-want +got):\n%s", d)
		}
	}
	roles := map[string]int{}
	for _, a := range v.Accounts {
		roles[a.Role]++
		if (a.Ring == "") != (a.Role == roleBenign) || a.Site != "" && a.Role != rolePersona {
			t.Errorf("%+v", a)
		}
	}
	if len(roles) != 5 {
		t.Errorf("roles %v", roles)
	}
}

func (m memory) events(t *testing.T, name string) []oktaEvent {
	t.Helper()
	var out []oktaEvent
	for line := range bytes.Lines(m[name].Bytes()) {
		var ev oktaEvent
		if err := json.Unmarshal(line, &ev); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, ev)
	}
	return out
}

func TestOktaLogs(t *testing.T) {
	w, m := exports(t, 1)
	for _, e := range w.Employers {
		events := m.events(t, "okta-"+e.Tenant+".jsonl")
		if n := len(events); n < 300 || n > 5000 {
			t.Errorf("%s has %d events", e.Tenant, n)
		}
		seen, prev, types := map[string]bool{}, "", map[string]int{}
		for _, ev := range events {
			at, err := time.Parse(oktaTime, ev.Published)
			if err != nil || at.Before(w.From.Add(-24*time.Hour)) || at.After(w.To.Add(24*time.Hour)) || ev.Published < prev {
				t.Fatalf("%s: an event at %s: %v", e.Tenant, ev.Published, err)
			}
			if prev = ev.Published; seen[ev.UUID] {
				t.Fatalf("%s: two events with one uuid", e.Tenant)
			}
			seen[ev.UUID] = true
			types[ev.EventType+" "+ev.Outcome.Result]++
		}
		for _, want := range []string{"user.session.start SUCCESS", "user.session.start FAILURE", "user.mfa.factor.activate SUCCESS", "system.email.send SUCCESS"} {
			if types[want] == 0 {
				t.Errorf("%s has no %s", e.Tenant, want)
			}
		}
	}
}

// TestNobodySignsInBeforeOrAfter checks that seats are used only while they are held.
func TestNobodySignsInBeforeOrAfter(t *testing.T) {
	w := Demo(2)
	for i := range w.Employers {
		for _, s := range w.signIns(i, (&builder{seed: 9}).source("test")) {
			if s.at.Before(s.job.From) || s.at.After(s.job.To.Add(24*time.Hour)) {
				t.Errorf("%s signs in at %v", s.person.ID, s.at)
			}
			if !slices.ContainsFunc(s.person.Lines, func(l Presence) bool { return l.IP == s.ip && l.at(s.at) }) {
				t.Errorf("%s signs in from a line that is not there at the time", s.person.ID)
			}
		}
	}
}

// TestMappingsNameTheColumns checks that each column of a table is either read or left out on purpose.
func TestMappingsNameTheColumns(t *testing.T) {
	w, m := exports(t, 1)
	for _, e := range w.Exports() {
		if e.Mapping == "" {
			continue
		}
		var mapping any
		if err := yaml.Unmarshal(m[e.Mapping].Bytes(), &mapping); err != nil {
			t.Fatalf("%s: %v", e.Mapping, err)
		}
		named := map[string]bool{}
		texts(mapping, named)
		for c := range m.read(t, e.Name)[0] {
			if !named[c] {
				t.Errorf("%s does not name the column %s", e.Mapping, c)
			}
		}
	}
}

// texts collects all texts of a document.
func texts(v any, to map[string]bool) {
	switch v := v.(type) {
	case string:
		to[v] = true
	case []any:
		for _, x := range v {
			texts(x, to)
		}
	case map[string]any:
		for _, x := range v {
			texts(x, to)
		}
	}
}

// TestLossesOfSpreadsheets checks that the tables have the flaws that real ones have.
func TestLossesOfSpreadsheets(t *testing.T) {
	_, m := exports(t, 1)
	short, capitals, void, odd := 0, 0, 0, 0
	for _, r := range m.read(t, "payroll.csv") {
		if n := len(r["routing"]); n > 0 && n < 9 {
			short++
		}
		if r["work_email"] == strings.ToUpper(r["work_email"]) {
			capitals++
		}
	}
	for _, r := range m.read(t, "shipments.csv") {
		if r["voided"] == "true" {
			void++
		}
	}
	for _, r := range m.read(t, "observations.csv") {
		if r["kind"] == "phone" && !strings.Contains(r["value"], "555") {
			odd++
		}
	}
	if short == 0 || capitals == 0 || void == 0 || odd == 0 {
		t.Errorf("%d routing numbers without their zeros, %d addresses in capitals, %d voided labels, %d odd phone numbers", short, capitals, void, odd)
	}
}

// failing is a folder in which things go wrong.
type failing struct {
	create, write, close error
	closed               int
}

func (f *failing) open(string) (io.WriteCloser, error) { return f, f.create }

func (f *failing) Write(b []byte) (int, error) {
	if f.write != nil {
		return 0, f.write
	}
	return len(b), nil
}

func (f *failing) Close() error { f.closed++; return f.close }

func TestWriteExportsFails(t *testing.T) {
	w, broken := Demo(1), errors.New("broken")
	for name, f := range map[string]*failing{"create": {create: broken}, "write": {write: broken}, "close": {close: broken}} {
		err := w.WriteExports(f.open)
		if !errors.Is(err, broken) || !strings.Contains(err.Error(), ".csv") {
			t.Errorf("%s: %v", name, err)
		}
		if opened := f.create == nil; opened != (f.closed == 1) {
			t.Errorf("%s: closed %d times", name, f.closed)
		}
	}
}
