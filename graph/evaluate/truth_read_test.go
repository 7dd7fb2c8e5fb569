package evaluate_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samehand/graph"
	"samehand/graph/evaluate"
)

// truthText is a file of the truth with these accounts.
func truthText(accounts ...string) string {
	return `{"version":1,"scenario":"mix","seed":7,"people":2,
"rings":[{"ring":"r1","kind":"farm","persons":2,"sites":1,"facilitator":true,"linkable":0.5,"note":"x"},{"ring":"r2","kind":"broker"}],
"groups":[{"group":"g1","kind":"household","note":"x"}],
"accounts":[` + strings.Join(accounts, ",\n") + "]}\n"
}

const (
	personaB = `{"platform":"okta:acme","account":"b","person":"p1","ring":"r1","site":"r1s1","group":"","role":"persona","framed":false}`
	benignA  = `{"platform":"okta:acme","account":"a","person":"p2","ring":"","site":"","group":"g1","role":"benign","framed":true}`
)

func readTruth(t *testing.T, text string) *evaluate.Truth {
	t.Helper()
	truth, err := evaluate.ReadTruth(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return truth
}

func TestReadTruth(t *testing.T) {
	got := readTruth(t, truthText(personaB, benignA))
	want := &evaluate.Truth{
		Scenario: "mix", Seed: 7, People: 2,
		Rings:  []evaluate.Ring{{}, {Name: "r1", Kind: "farm", Persons: 2, Sites: 1, Facilitator: true, Linkable: .5}, {Name: "r2", Kind: "broker", Linkable: -1}},
		Groups: []evaluate.Group{{}, {Name: "g1", Kind: "household"}},
		Sites:  []string{"", "r1s1"},
		Accounts: []evaluate.Answer{
			{Account: graph.AccountID{Platform: "okta:acme", Native: "a"}, Person: 1, Group: 1, Role: evaluate.Benign, Framed: true},
			{Account: graph.AccountID{Platform: "okta:acme", Native: "b"}, Person: 0, Ring: 1, Site: 1, Role: evaluate.Persona},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(evaluate.Answer{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// a byte at a time, with other keys between and blanks around
	text := " \n" + strings.Replace(truthText(personaB, benignA), `"seed"`, `"made by":{"a":[1,{}]},"seed"`, 1) + " \n"
	again, err := evaluate.ReadTruth(iotest.OneByteReader(strings.NewReader(text)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, again, cmpopts.IgnoreUnexported(evaluate.Answer{})); diff != "" {
		t.Errorf("a byte at a time (-want +got):\n%s", diff)
	}
}

func TestReadTruthFaults(t *testing.T) {
	good := truthText(personaB, benignA)
	swap := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the good file has no %s", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "ends in the middle"},
		{"an array", "[]", `want '{'`},
		{"no JSON", `{"version":1,hushhush}`, "not JSON at byte 13"},
		{"another version", swap(`"version":1`, `"version":2`), "version: only 1 is known"},
		{"a version in words", swap(`"version":1`, `"version":"hushhush"`), "version: value: a string cannot be that"},
		{"no version", swap(`"version":1,`, ``), "there is no version"},
		{"two versions", swap(`"version":1`, `"version":1,"version":1`), "version: it is there twice"},
		{"rings that are none", swap(`"rings":[`, `"rings":{},"old":[`), "rings: want '['"},
		{"a ring of a wrong type", swap(`"persons":2`, `"persons":"hushhush"`), "rings[0]: persons: a string cannot be that"},
		{"a number too large", swap(`"persons":2`, `"persons":12345e99`), "rings[0]: persons: a number cannot be that"},
		{"less than none", swap(`"persons":2`, `"persons":-2`), "rings[0]: persons or sites: less than none"},
		{"more than all", swap(`0.5`, `1.5`), "rings[0]: linkable: not from 0 to 1"},
		{"a ring without a name", swap(`"ring":"r2"`, `"ring":""`), "rings[1]: it has no name"},
		{"a ring twice", swap(`"ring":"r2"`, `"ring":"r1"`), "rings[1]: it has the name of another"},
		{"accounts before rings", swap(`"scenario":"mix"`, `"accounts":[`+personaB+`]`), "accounts[0]: ring: none of the 0 listed before it"},
		{"an unknown group", swap(`"group":"g1","role"`, `"group":"hushhush","role"`), "accounts[1]: group: none of the 1 listed before it"},
		{"an unknown role", swap(`"role":"persona"`, `"role":"hushhush"`), "accounts[0]: role: none of persona, facilitator, lender, victim, bystander, benign"},
		{"no role", swap(`"role":"persona",`, ``), "accounts[0]: role: none of"},
		{"no person", swap(`"person":"p1",`, ``), "accounts[0]: its platform, account or person is missing"},
		{"no account", swap(`"account":"a",`, ``), "accounts[1]: its platform, account or person is missing"},
		{"a member of no ring", swap(`"ring":"r1","site":"r1s1"`, `"ring":"","site":""`), "accounts[0]: it is a persona of no ring"},
		{"a framed member", swap(`"role":"persona","framed":false`, `"role":"persona","framed":true`), "accounts[0]: it is framed and a member"},
		{"framed in words", swap(`"framed":true`, `"framed":"hushhush"`), "accounts[1]: framed: a string cannot be that"},
		{"an account twice", truthText(benignA, personaB, benignA), "accounts[0] and accounts[2] are one account"},
		{"no accounts", truthText(), "there are no accounts"},
		{"cut off", good[:len(good)-20], "accounts[1]: the file ends in the middle"},
		{"cut off between accounts", good[:len(good)-3], "ends in the middle"},
		{"more after it", good + "{}", "something follows the truth"},
		{"too long a name", swap(`"account":"a"`, `"account":"`+strings.Repeat("a", 70<<10)+`"`), "accounts[1]: a value is longer than 65536 bytes"},
		{"too long an entry", swap(`"scenario":"mix"`, `"other":[`+strings.Repeat("1,", 70<<10)+`1]`), "a value is longer than 65536 bytes"},
		{"too long a key", swap(`"scenario"`, `"`+strings.Repeat("a", 70<<10)+`"`), "a value is longer than 65536 bytes"},
		{"too many blanks", strings.Repeat(" ", 70<<10) + good, "a value is longer than 65536 bytes"},
	} {
		_, err := evaluate.ReadTruth(strings.NewReader(test.text))
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "hushhush") {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
	if _, err := evaluate.ReadTruth(iotest.ErrReader(io.ErrClosedPipe)); err == nil || !strings.Contains(err.Error(), "closed pipe") {
		t.Errorf("a reader that fails: %v", err)
	}
}

func TestIsTruth(t *testing.T) {
	for text, want := range map[string]bool{
		truthText():                    true,
		" \n{ \"accounts\" : [":        true,
		`{"platform":"p","account":1}`: false,
		`{"account":"x"}`:              false,
		"platform,account,label":       false,
		"[{}]":                         false,
		"{":                            false,
		"":                             false,
	} {
		if got := evaluate.IsTruth([]byte(text)); got != want {
			t.Errorf("%.40q: %v", text, got)
		}
	}
}

// FuzzReadTruth: whatever the bytes, what is read is whole, in order and without repeats, or there is an error.
func FuzzReadTruth(f *testing.F) {
	for _, s := range []string{truthText(personaB, benignA), truthText(), `{"version":1,"accounts":[]}`, "{}", `{"version":1.5}`, "\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		truth, err := evaluate.ReadTruth(bytes.NewReader(text))
		if err != nil {
			return
		}
		for i, a := range truth.Accounts {
			if i > 0 && truth.Accounts[i-1].Account.Compare(a.Account) >= 0 {
				t.Error("accounts are not in order")
			}
			if int(a.Ring) >= len(truth.Rings) || int(a.Group) >= len(truth.Groups) || int(a.Site) >= len(truth.Sites) || int(a.Person) >= truth.People || !a.Account.Valid() {
				t.Error("an account of something that is not there")
			}
		}
	})
}

// manyAccounts writes a truth of n people with four accounts each, as it is read.
type manyAccounts struct {
	n, next int
	rest    []byte
}

func (m *manyAccounts) Read(p []byte) (int, error) {
	if len(m.rest) == 0 {
		switch i := m.next; {
		case i == 0:
			m.rest = []byte(`{"version":1,"rings":[{"ring":"r1"}],"groups":[],"accounts":[`)
		case i <= m.n:
			comma := ","
			if i == 1 {
				comma = ""
			}
			m.rest = fmt.Appendf(nil, `%s{"platform":"okta:%d","account":"user.name%d@corp.example","person":"p%06d","ring":"","site":"","group":"","role":"benign","framed":false}`+"\n", comma, i%50, i, i/4)
		case i == m.n+1:
			m.rest = []byte("]}")
		default:
			return 0, io.EOF
		}
		m.next++
	}
	n := copy(p, m.rest)
	m.rest = m.rest[n:]
	return n, nil
}

func BenchmarkReadTruth(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := evaluate.ReadTruth(&manyAccounts{n: 400_000}); err != nil {
			b.Fatal(err)
		}
	}
}
