package table

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/ingest"
	"samehand/ingest/ingesttest"
)

var update = flag.Bool("update", false, "write the golden files of guesses anew")

// exports are the tables that a guess must do well on, and how many claims its mapping makes of them unedited.
var exports = []struct {
	file   string
	tenant string
	claims int
}{
	{"payroll.csv", "acme", 24 * 5},   // name, e-mail, address, bank, SSN
	{"shipments.csv", "", 21 * 4},     // e-mail, name, address, phone; three rows are skipped
	{"devices.jsonl", "acme", 24 * 5}, // serial, MAC, two e-mails, name
	{"nodes.csv", "", 10 + 10},        // e-mails, IPs; ten nodes say nothing
	{"applicants.csv", "Acme", 24 * 7},
	{"payouts.csv", "", 24 * 3},
}

func guessFile(t *testing.T, name, tenant string) []byte {
	t.Helper()
	f := ingesttest.MustRead(filepath.Join("testdata", name))
	got, err := Guess(bytes.NewReader(f.Data), ingest.Input{Name: name, Tenant: tenant})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestGuess(t *testing.T) {
	for _, e := range exports {
		t.Run(e.file, func(t *testing.T) {
			got := guessFile(t, e.file, e.tenant)
			golden := filepath.Join("testdata", e.file+".guess.yaml")
			if *update {
				if err := os.WriteFile(golden, got, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want := ingesttest.MustRead(golden).Data
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Errorf("%s (-want +got):\n%s", golden, d)
			}
			m, err := ParseMapping(got)
			if err != nil {
				t.Fatalf("the guess is no mapping: %v", err)
			}
			res := ingesttest.Decode(t, m.Format(), ingesttest.MustRead(filepath.Join("testdata", e.file)))
			claims := 0
			for _, r := range res.Records {
				claims += len(r.Claims)
			}
			if len(res.Errors) > 0 || res.Final != "" || claims != e.claims {
				t.Errorf("%d claims, want %d; errors %v %v", claims, e.claims, res.Errors, res.Final)
			}
		})
	}
}

// A proposal may hold names of columns; it never holds a value.
func TestGuessShowsNoValue(t *testing.T) {
	for _, e := range exports {
		got := string(guessFile(t, e.file, ""))
		for _, secret := range []string{"Reyes", "quarrymail", "talent@", "Quarry Lane", "E-1000", "84.17.", "+1 212"} {
			if strings.Contains(got, secret) {
				t.Errorf("%s: the guess shows a value", e.file)
			}
		}
	}
}

func guessText(t *testing.T, text string) string {
	t.Helper()
	got, err := Guess(strings.NewReader(text), inputOf(text))
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

func TestGuessValuesOverruleNames(t *testing.T) {
	for name, c := range map[string]struct {
		in            string
		want, without []string
	}{
		"phones in email": {"id,email\n1,+1 212 664 7665\n2,+1 212 664 7666\n", []string{"columns: [email] # check this: header \"email\", but 2 of 2 values are phone numbers\n    kind: phone"}, nil},
		"words in ip":     {"id,ip\n1,red\n2,blue\n", []string{"by its header ip, but only 0 of 2 values can be read so", "values: []"}, []string{"\n  - columns"}},
		"bad routing": {"employee_id,routing_number,account_number\n1,123,4471902218\n2,999999999,4471902219\n",
			[]string{"only 0 of 2 values pass the ABA check"}, []string{"join:"}},
		"routing alone":  {"employee_id,routing_number\n1,011000015\n2,011000015\n", []string{"a routing number alone is shared"}, []string{"\n  - columns"}},
		"first name":     {"id,first name\n1,Dana\n2,Marco\n", []string{"a given name alone names nobody"}, []string{"\n  - columns"}},
		"no account":     {"phone,mail\n+1 212 664 7665,\n+1 212 664 7665,\n", []string{"account: []"}, nil},
		"any unique":     {"badge,phone\nx7,+1 212 664 7665\nx8,+1 212 664 7665\n", []string{"account: badge # check this"}, nil},
		"hostile header": {"id,\"mail\x1b[31m\n- x: &y\"\n1,a@quarrymail.net\n2,b@quarrymail.net\n", []string{`"mail\x1b[31m\n- x: &y"`}, []string{"\x1b", "\n- x"}},
		"linkedin names": {"candidate_id,linkedin\n1,dana-reyes-7\n2,marco-voss-9\n", []string{"kind: handle", `prefix: "linkedin:"`}, nil},
	} {
		got := guessText(t, c.in)
		for _, w := range c.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: the guess lacks %q:\n%s", name, w, got)
			}
		}
		for _, w := range c.without {
			if strings.Contains(got, w) {
				t.Errorf("%s: the guess has %q:\n%s", name, w, got)
			}
		}
	}
}

// What is commented out can be taken in by taking the # away.
func TestGuessCommentsAreMappings(t *testing.T) {
	got := guessText(t, "id,email,blog of the person\n1,a@quarrymail.net,https://one.quarrysites.net\n2,b@quarrymail.net,https://two.quarrysites.net\n")
	m, err := ParseMapping([]byte(strings.ReplaceAll(strings.ReplaceAll(got, "\n#  - ", "\n  - "), "\n#    ", "\n    ")))
	if err != nil || len(m.Values) != 2 || m.Values[1].Kind != "website" {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestGuessRefuses(t *testing.T) {
	for _, in := range []string{"", "<xml/>", "[1]"} {
		if _, err := Guess(strings.NewReader(in), inputOf(in)); err == nil {
			t.Errorf("%q: no error", in)
		}
	}
}

func TestKeyOf(t *testing.T) {
	for in, want := range map[string]string{
		"Ship To - Name": "shiptoname", "wiFiMacAddress": "wifimacaddress", "email_addresses.0.value": "emailaddresses", "shipTo.street1": "shiptostreet1",
		"accounts.12.routing_number": "accountsroutingnumber", "": "", "#3": "3", "Straße": "straße",
	} {
		if got := keyOf(in); got != want {
			t.Errorf("keyOf(%q) = %q, want %q", in, got, want)
		}
	}
}

// Every name in the lists is in the form that columns are compared in, and stands once among the aliases.
func TestAliases(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range aliases {
		for _, n := range a.names {
			if seen[n] {
				t.Errorf("alias %q stands twice", n)
			}
			seen[n] = true
		}
	}
	lists := [][]string{firstNames, lastNames, skipNames, dullNames, anyAccounts}
	for _, a := range aliases {
		lists = append(lists, a.names)
	}
	for _, o := range owners {
		lists = append(lists, []string{o.word})
	}
	for _, d := range domains {
		lists = append(lists, d.marks, d.accounts)
	}
	for _, l := range lists {
		for _, n := range l {
			if keyOf(n) != n {
				t.Errorf("%q is not in the form of keyOf", n)
			}
		}
	}
}

func FuzzGuess(f *testing.F) {
	for _, e := range exports {
		f.Add(ingesttest.MustRead(filepath.Join("testdata", e.file)).Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := inputOf(string(data))
		got, err := Guess(bytes.NewReader(data), in)
		if err != nil {
			return
		}
		if again, _ := Guess(bytes.NewReader(data), in); !bytes.Equal(got, again) {
			t.Error("the same bytes give another guess")
		}
		m, err := ParseMapping(got)
		if err != nil {
			if s := string(got); !strings.Contains(s, "account: []") && !strings.Contains(s, "values: []") {
				t.Errorf("the guess says that it is complete and is no mapping: %v\n%s", err, got)
			}
			return
		}
		if _, err := m.Format().NewDecoder(bytes.NewReader(data), in); err != nil && !strings.Contains(err.Error(), "two columns") {
			t.Errorf("the guess does not fit its own table: %v\n%s", err, got)
		}
	})
}
