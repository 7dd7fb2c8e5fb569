package typology

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// Every function of the package that makes a typology is in the list: a new file is not forgotten.
func TestAllLists(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	makers := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Type.Results != nil && len(fn.Type.Results.List) == 1 {
				if r, ok := fn.Type.Results.List[0].Type.(*ast.Ident); ok && r.Name == "Typology" {
					makers++
				}
			}
		}
	}
	if all := All(); len(all) != makers {
		t.Errorf("%d typologies are listed, and %d functions make one", len(all), makers)
	}
}

func TestAllComplete(t *testing.T) {
	var o Options
	var names []string
	for _, s := range o.Settings() {
		names = append(names, s.Name)
	}
	groups := map[string]string{}
	for _, s := range o.Settings() {
		groups[s.Name] = s.Group
	}
	used := map[string]bool{}
	for i, ty := range All() {
		if want := fmt.Sprintf("T%d", i+1); ty.ID != want {
			t.Errorf("typology %d is %s, want %s", i, ty.ID, want)
		}
		if ty.Name == "" || !strings.HasSuffix(ty.Question, "?") || len(ty.Needs) == 0 || len(ty.LookAlikes) == 0 {
			t.Errorf("%s lacks a name, a question, a need or a look-alike", ty.ID)
		}
		if ty.find == nil && ty.ID != "T13" {
			t.Errorf("%s is not looked for", ty.ID)
		}
		for _, s := range ty.Settings {
			used[s] = true
			if !slices.Contains(names, s) {
				t.Errorf("%s has the setting %s, which is none", ty.ID, s)
			}
			if own := "Named patterns: " + ty.ID + " "; strings.HasPrefix(groups[s], own) && groups[s] != own+ty.Name {
				t.Errorf("%s is called %q in the options", ty.ID, groups[s])
			}
		}
	}
	for _, n := range names {
		if !used[n] {
			t.Errorf("no typology has the setting %s", n)
		}
	}
}

// No typology asks where people or their names are from.
func TestNoOrigins(t *testing.T) {
	for _, ty := range All() {
		text := strings.ToLower(fmt.Sprint(ty.Name, ty.Question, ty.LookAlikes, ty.Limits))
		for _, word := range []string{"nation", "ethnic", "korea", "china", "russia", "foreign", "origin", "race"} {
			if strings.Contains(text, word) {
				t.Errorf("%s says %q", ty.ID, word)
			}
		}
	}
}

func TestNeeds(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range Needs() {
		if n.String() == "" || n.About() == "" || seen[n.String()] {
			t.Errorf("need %d is called %q, %q", n, n, n.About())
		}
		seen[n.String()] = true
	}
	if Need(0).String() != "" || Need(200).About() != "" {
		t.Error("what is no need has a name")
	}
}

// missing returns the IDs of the typologies that a world lacks data for.
func (c *cast) missing() []string {
	v, _ := c.view(0)
	var ids []string
	for _, m := range v.Missing() {
		ids = append(ids, m.Pattern)
	}
	return ids
}

func TestMissing(t *testing.T) {
	c := newCast(t)
	c.Account("upwork", "a", "").Login(graphtest.IP(1), 1, 2, 3)
	want := []string{"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12", "T13", "T14", "T16"}
	if d := cmp.Diff(want, c.missing()); d != "" {
		t.Errorf("sign-ins alone (-want +got):\n%s", d)
	}
	v, _ := c.view(0)
	for _, m := range v.Missing() {
		if m.Pattern == "T13" && m.Lacks != "seeds are not kept with a run: see samehand seeds --help" {
			t.Errorf("%+v", m)
		}
		if m.Pattern == "T2" && m.Lacks != "the case has no deliveries (addresses that equipment was sent to), no names (full names of accounts' holders)" {
			t.Errorf("T2 lacks %q", m.Lacks)
		}
	}
}

// Each sort of data makes what needs it possible.
func TestMissingLess(t *testing.T) {
	c := newCast(t)
	a := c.Account("okta:acme", "a", "Rowan Kettle").Login(graphtest.IP(1), 1, 2, 3)
	for _, step := range []struct {
		see  func()
		gone string // the typology that is no longer missing
	}{
		{func() { a.ShipTo(graphtest.Address(1), 3) }, "T2"},
		{func() { a.Payout(graphtest.Bank(1), 1, 2) }, "T3"},
		{func() { a.See(ident.Payment, graph.Transfer, graphtest.Bank(2), 1, 2, 1) }, "T4"},
		{func() { a.Device("serial:ABC00123", 1, 2) }, "T5"},
		{func() { a.Phone(graphtest.Phone(1), 2) }, "T6"},
		{func() { a.See(ident.Document, graph.Uses, strings.Repeat("ab12", 16), 1, 1, 1) }, "T7"},
		{func() { a.See(ident.Email, graph.Referee, "boss@company.com", 1, 1, 1) }, "T8"},
		{func() { a.See(ident.IP, graph.Uses, graphtest.IP(2), 1, 2, 1) }, "T10"},
		{func() { a.See(ident.Handle, graph.Uses, "anydesk:1234", 1, 2, 1) }, "T11"},
		{func() { a.Employer("Hollow Staffing", 1, 2) }, "T12"},
		{func() { c.seeds = true }, "T13"},
		{func() { a.See(ident.Email, graph.Recruiter, "talent@agency.com", 1, 1, 1) }, "T16"},
	} {
		if !slices.Contains(c.missing(), step.gone) {
			t.Errorf("%s is not missing before", step.gone)
		}
		step.see()
		if slices.Contains(c.missing(), step.gone) {
			t.Errorf("%s is still missing", step.gone)
		}
	}
	if m := c.missing(); len(m) > 0 {
		t.Errorf("still missing: %v", m)
	}
}

// What never links shows that nothing is known.
func TestMissingPlaceholders(t *testing.T) {
	c := newCast(t)
	c.Account("okta:acme", "a", "Rowan Kettle").Phone("+1 312 555 0100", 2).Device("serial:To be filled by O.E.M.", 1, 2)
	m := c.missing()
	for _, id := range []string{"T5", "T6"} {
		if !slices.Contains(m, id) {
			t.Errorf("%s is not missing", id)
		}
	}
}

func TestNewViewRefuses(t *testing.T) {
	c := newCast(t)
	c.worker(1, 1)
	table := c.Table()
	k := c.know(table)
	for name, in := range map[string]Input{
		"no table":        {Person: k.person, Facts: k},
		"no facts":        {Table: table, Person: k.person},
		"too few persons": {Table: table, Facts: k},
	} {
		if _, err := NewView(in); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestOptions(t *testing.T) {
	o := Defaults()
	if err := o.Validate(); err != nil {
		t.Error(err)
	}
	if err := (Options{}).Validate(); err == nil {
		t.Error("the zero options are valid")
	}
	seen := map[string]bool{}
	for _, s := range o.Settings() {
		if seen[s.Name] || s.Why == "" || strings.HasSuffix(s.Why, ".") {
			t.Errorf("%s: twice, without a reason, or with an end stop", s.Name)
		}
		seen[s.Name] = true
		if err := s.Set(s.String()); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
	}
	if d := cmp.Diff(Defaults(), o); d != "" {
		t.Errorf("set to what they were (-want +got):\n%s", d)
	}
}

// Stricter thresholds find less.
func TestOptionsMatter(t *testing.T) {
	c := newCast(t)
	for i := range 7 {
		c.persona(i, i%5, graphtest.IP(1), 10+i, 120)
	}
	v, g := c.view(0)
	o := Defaults()
	o.FarmPersons, o.FarmManyPersons = 8, 9
	for _, p := range v.Patterns(g, o) {
		if p.ID == "T1" {
			t.Error("seven persons are more than eight")
		}
	}
}
