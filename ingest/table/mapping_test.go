package table

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// base is a sound mapping of six lines.
const base = "version: 1\nplatform: payroll:acme\naccount: id\nvalues:\n  - columns: mail\n    kind: email\n"

func TestParseMappingFaults(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want []string // all of them
	}{
		"empty":         {"", []string{"mapping, file: there is nothing in it"}},
		"comments only": {"# nothing\n", []string{"mapping, file: there is nothing in it"}},
		"no YAML":       {"version: [\n", []string{"of the mapping, YAML:"}},
		"two documents": {base + "---\nversion: 1\n", []string{"more than one document"}},
		"unknown key":   {base + "colour: red\n", []string{`line 7 of the mapping, "colour": not a key that is known here`}},
		"unknown key inside": {base + "    relatoin: payout\n",
			[]string{`line 7 of the mapping, "relatoin": not a key that is known here`}},
		"wrong type":  {"version: one\n", []string{"line 1 of the mapping, YAML: cannot unmarshal"}},
		"no list":     {strings.Replace(base, "account: id", "account: {a: b}", 1), []string{"line 3 of the mapping, YAML: want a column name or a list of them"}},
		"everything":  {"version: 2\n", []string{"line 1 of the mapping, version: want 1", "platform: want a platform", "account: want the column", "values: want at least one"}},
		"kind":        {strings.Replace(base, "kind: email", "kind: shoe", 1), []string{"line 6 of the mapping, values[0].kind: unknown kind; the kinds are"}},
		"relation":    {base + "    relation: pay out\n", []string{"line 7 of the mapping, values[0].relation: not a word"}},
		"zeros":       {base + "    zeros: 100\n", []string{"line 7 of the mapping, values[0].zeros: want a width"}},
		"layout":      {base + "first_seen: {column: x, layout: sometimes}\n", []string{"line 7 of the mapping, first_seen.layout: not a layout; want rfc3339, date"}},
		"own layout":  {base + "    last_seen: {column: x, layout: sometimes}\n", []string{"line 7 of the mapping, values[0].last_seen.layout: not a layout"}},
		"no column":   {base + "first_seen: {layout: date}\n", []string{"line 7 of the mapping, first_seen.column: want the name of a column"}},
		"blank":       {base + "  - {columns: [a, ' '], kind: name}\n", []string{"line 7 of the mapping, values[1].columns[1]: want the name of a column"}},
		"no columns":  {base + "  - kind: name\n", []string{"line 7 of the mapping, values[1].columns: want the column"}},
		"skip":        {base + "skip: [{column: void}]\n", []string{"line 7 of the mapping, skip[0]: want values"}},
		"separator":   {base + "separator: '\"'\n", []string{"line 7 of the mapping, separator: want one character"}},
		"header":      {base + "header: -1\n", []string{"line 7 of the mapping, header: want a line number"}},
		"too long":    {strings.Repeat("#", maxMapping+1), []string{"longer than 1048576 bytes"}},
		"alias bombs": {"a: &a [x,x]\nb: &b [*a,*a]\n" + base, []string{`"a": not a key`}},
	} {
		_, err := ParseMapping([]byte(c.in))
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		if !errors.As(err, new(*Error)) {
			t.Errorf("%s: %v is no *Error", name, err)
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %q lacks %q", name, err, want)
			}
		}
	}
}

func TestParseMapping(t *testing.T) {
	m := mustParse(t, base+"    join: ''\n    first_seen: {column: a}\nignore: [x]\nseparator: ';'\nheader: 3\nsheet: S\n")
	if !slices.Equal(m.Account, List{"id"}) || *m.Values[0].Join != "" || m.Values[0].First.Column != "a" || m.options().Separator != ';' || m.options().Header != 3 {
		t.Errorf("%+v", m)
	}
}

func FuzzParseMapping(f *testing.F) {
	f.Add([]byte(base))
	f.Add([]byte("version: 1\nplatform_column: a\naccount: [a, b]\nskip: [{column: v, values: ['1']}]\nvalues: [{columns: [a, b], join: ':', zeros: 9, kind: payment}]\n"))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ParseMapping(data)
		if err != nil {
			return
		}
		if err := m.Validate(); err != nil {
			t.Errorf("a mapping that was read is not valid: %v", err)
		}
		d, err := m.Format().NewDecoder(strings.NewReader("a,b\n1,2\n"), inputOf("a,b\n1,2\n"))
		if err == nil {
			d.Next()
			d.Next()
		}
	})
}
