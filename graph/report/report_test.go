package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"samehand/graph"
	"samehand/graph/ident"
)

var update = flag.Bool("update", false, "write the golden files anew")

// empty is the report of a run that found nothing.
func empty(t *testing.T) Model {
	t.Helper()
	run, table := made(t)
	run.Clusters, run.Hubs = nil, nil
	m, err := Build(run, table, nil, Options{Case: "Quiet"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Each encoder's output for the made-up case and for an empty run is kept; -update writes it anew.
func TestGoldens(t *testing.T) {
	for name, m := range map[string]Model{"case": model(t), "empty": empty(t)} {
		for _, e := range Encoders() {
			got := encoded(t, e, m)
			if e.Name() == "html" { // leave out what changes with the library, not with us
				got = bytes.Replace(got, []byte(inline(cytoscapeJS)), []byte("/* cytoscape.js */"), 1)
			}
			path := filepath.Join("testdata", name+e.Ext())
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatalf("%v; make it with: go test ./graph/report -update", err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s: (-want +got; look at it, then run go test -update)\n%s", path, clip(diff, 2000))
			}
		}
	}
}

// shuffled returns the same case said in another order.
func shuffled(t *testing.T, seed uint64) (graph.Run, *graph.Table) {
	t.Helper()
	run, table := made(t)
	r := rand.New(rand.NewPCG(seed, 1))
	r.Shuffle(len(table.Rows), func(i, j int) { table.Rows[i], table.Rows[j] = table.Rows[j], table.Rows[i] })
	order := r.Perm(len(table.Sources))
	sources := make([]graph.Source, len(order))
	for i, s := range table.Sources {
		sources[order[i]] = s
	}
	table.Sources = sources
	for i := range table.Rows {
		table.Rows[i].Source = uint32(order[table.Rows[i].Source])
	}
	shuffle(r, run.Clusters)
	shuffle(r, run.Hubs)
	for i := range run.Clusters {
		shuffle(r, run.Clusters[i].Members)
		shuffle(r, run.Clusters[i].Evidence)
	}
	return run, table
}

func shuffle[T any](r *rand.Rand, s []T) {
	r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

func TestSameInputSameBytes(t *testing.T) {
	for _, e := range Encoders() {
		want := encoded(t, e, model(t))
		if !bytes.Equal(want, encoded(t, e, model(t))) {
			t.Errorf("%s: two reports of one case differ", e.Name())
		}
		for seed := range uint64(5) {
			run, table := shuffled(t, seed)
			m, err := Build(run, table, nil, Options{Case: "Juniper Court", Tool: "samehand test"})
			if err != nil {
				t.Fatal(err)
			}
			if got := encoded(t, e, m); !bytes.Equal(want, got) {
				t.Errorf("%s: seed %d: another order of the input gives another report\n%s", e.Name(), seed, clip(cmp.Diff(string(want), string(got)), 1500))
			}
		}
	}
}

func TestBuildLeavesItsInputAlone(t *testing.T) {
	run, table := shuffled(t, 9)
	run2, table2 := shuffled(t, 9)
	if _, err := Build(run, table, []string{"c-farm"}, Options{}); err != nil {
		t.Fatal(err)
	}
	equal := cmp.Comparer(func(a, b ident.ID) bool { return a == b })
	if diff := cmp.Diff(run2, run, equal) + cmp.Diff(table2, table, equal); diff != "" {
		t.Error(diff)
	}
}

func TestBuildChooses(t *testing.T) {
	run, table := made(t)
	for _, c := range []struct {
		want []string
		ids  []string
		left int
	}{
		{nil, []string{"c-farm", "c-chain", "c-home"}, 0},
		{[]string{}, nil, 3},
		{[]string{"c-home", "c-farm"}, []string{"c-farm", "c-home"}, 1},
		{[]string{"c-chain", "c-chain"}, []string{"c-chain"}, 2},
	} {
		m, err := Build(run, table, c.want, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, cl := range m.Clusters {
			ids = append(ids, cl.ID)
		}
		if !slices.Equal(ids, c.ids) || m.LeftOut != c.left {
			t.Errorf("asked for %q: got %q, left out %d", c.want, ids, m.LeftOut)
		}
	}
	_, err := Build(run, table, []string{"c-farm", "c-\x1bnone"}, Options{})
	if err == nil || !strings.Contains(err.Error(), `"c-\x1bnone"`) || strings.Contains(err.Error(), "c-farm") {
		t.Errorf("asking for a cluster that is not there: %v", err)
	}
	if _, err := Build(run, nil, nil, Options{}); err == nil {
		t.Error("a report without a table was built")
	}
}

// Every citation leads to a line of the table, and every row of a shared value of a member is cited.
func TestCitationsAreComplete(t *testing.T) {
	run, table := made(t)
	m, err := Build(run, table, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	type cited struct {
		account, value, relation, file string
		line                           int64
	}
	rows := map[cited]int{}
	for i := range table.Rows {
		o := table.Observation(i)
		rows[cited{o.Account.Native, o.Identifier.Key(), string(o.Relation), o.Ref.File, o.Ref.Line}]++
	}
	for _, c := range m.Clusters {
		for _, e := range slices.Concat(c.Evidence, c.Discounted) {
			for _, u := range e.Uses {
				for _, cite := range u.Citations {
					k := cited{u.Account.Native, e.Value.Value, u.Relation, cite.File, cite.Line}
					if rows[k]--; rows[k] < 0 {
						t.Errorf("%s %s: cited more often than written: line %d", c.ID, e.Value.Kind, cite.Line)
					}
					if len(cite.SHA256) != 64 || m.Sources[cite.Source].SHA256 != cite.SHA256 {
						t.Errorf("%s: line %d without the hash of its file", c.ID, cite.Line)
					}
				}
			}
		}
	}
	for k, n := range rows {
		if n > 0 && (k.value == "198.51.100.23" || k.value == "203.0.113.80" || k.value == "+14155550132") {
			t.Errorf("line %d of %s is not cited", k.line, k.file)
		}
	}
}

func TestNotes(t *testing.T) {
	run, table := made(t)
	run.Sources = []string{"src-1", "gone-1", "gone-2"}
	m, err := Build(run, table, []string{}, Options{Generated: time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(m.Notes, "\n")
	for _, want := range []string{"from 2 more sources that are no longer in the case", "2 of the sources were added after", "not in this report: 3, of which flagged: 2.", "samehand report --all"} {
		if !strings.Contains(all, want) {
			t.Errorf("notes do not say %q:\n%s", want, all)
		}
	}
	if m.Generated != "2025-04-01T00:00:00Z" {
		t.Errorf("generated %q", m.Generated)
	}
}

// The words of a report accuse nobody.
func TestNobodyIsAccused(t *testing.T) {
	accusing := regexp.MustCompile(`(?i)guilt|criminal|culprit|perpetrator|fraudster|suspect|offender|imposter|north korea|dprk`)
	for _, e := range Encoders() {
		out := encoded(t, e, model(t))
		if e.Name() == "html" {
			out = bytes.Replace(out, []byte(inline(cytoscapeJS)), nil, 1)
		}
		if found := accusing.Find(out); found != nil {
			t.Errorf("%s says %q", e.Name(), found)
		}
		if e.Name() != "csv" && !bytes.Contains(out, []byte(Lead)) {
			t.Errorf("%s does not say: %s", e.Name(), Lead)
		}
	}
}

func TestNumbersThatAreNone(t *testing.T) {
	run, table := made(t)
	for i := range run.Clusters {
		c := &run.Clusters[i]
		c.Score, c.Members[0].Points, c.Members[0].Confidence = math.NaN(), math.Inf(1), math.NaN()
		c.Evidence[0].Points = math.Inf(1)
	}
	m, err := Build(run, table, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range Encoders() {
		if out := encoded(t, e, m); bytes.Contains(out, []byte("NaN")) && e.Name() != "html" {
			t.Errorf("%s writes a number that is none", e.Name())
		}
	}
}

// A cluster whose observations are gone can still be reported.
func TestWithoutObservations(t *testing.T) {
	run, _ := made(t)
	var b graph.Builder
	m, err := Build(run, b.Table(), nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range Encoders() {
		encoded(t, e, m)
	}
	if !strings.Contains(sentences(m.Clusters[0].Against), "were not there to be looked at") {
		t.Errorf("the report does not say that observations are missing: %s", sentences(m.Clusters[0].Against))
	}
}

func sentences(ts []Text) string {
	var out []string
	for _, t := range ts {
		out = append(out, t.String())
	}
	return strings.Join(out, "\n")
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestJSONFollowsItsSchema(t *testing.T) {
	s := compiled(t)
	for name, m := range map[string]Model{"case": model(t), "empty": empty(t), "hostile": hostileModel(t)} {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(encoded(t, JSON{}, m)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The schema describes every field that is written: it lets readers meet unknown fields, but we know ours.
func TestSchemaKnowsEveryField(t *testing.T) {
	var root map[string]any
	if err := json.Unmarshal(Schema(), &root); err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := json.Unmarshal(encoded(t, JSON{}, model(t)), &doc); err != nil {
		t.Fatal(err)
	}
	defs := root["$defs"].(map[string]any)
	var walk func(path string, schema map[string]any, v any)
	walk = func(path string, schema map[string]any, v any) {
		if ref, ok := schema["$ref"].(string); ok {
			schema = defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
		}
		switch v := v.(type) {
		case map[string]any:
			props := schema["properties"].(map[string]any)
			for key, value := range v {
				sub, ok := props[key].(map[string]any)
				if !ok {
					t.Errorf("%s.%s is not in the schema", path, key)
					continue
				}
				walk(path+"."+key, sub, value)
			}
		case []any:
			for _, value := range v {
				walk(path+"[]", schema["items"].(map[string]any), value)
			}
		}
	}
	walk("report", root, doc)
}

func TestSchemaRefuses(t *testing.T) {
	s := compiled(t)
	for name, change := range map[string]func(map[string]any){
		"another version":         func(m map[string]any) { m["version"] = json.Number("1") },
		"no clusters":             func(m map[string]any) { delete(m, "clusters") },
		"a time without a zone":   func(m map[string]any) { m["generated"] = "2025-01-01 10:00" },
		"a cluster without a why": func(m map[string]any) { delete(m["clusters"].([]any)[0].(map[string]any), "why") },
	} {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(encoded(t, JSON{}, model(t))))
		if err != nil {
			t.Fatal(err)
		}
		change(doc.(map[string]any))
		if s.Validate(doc) == nil {
			t.Errorf("the schema accepts %s", name)
		}
	}
}

func TestEncoders(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range Encoders() {
		if e.Name() != strings.ToLower(e.Name()) || e.About() == "" || !strings.HasPrefix(e.Ext(), ".") || seen[e.Name()] || seen[e.Ext()] {
			t.Errorf("encoder %q, %q, %q", e.Name(), e.About(), e.Ext())
		}
		seen[e.Name()], seen[e.Ext()] = true, true
		if err := e.Encode(failing{}, model(t)); !errors.Is(err, errFull) {
			t.Errorf("%s: a full disk gives %v", e.Name(), err)
		}
	}
}

var errFull = errors.New("no space")

// failing is a disk that is full.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }
