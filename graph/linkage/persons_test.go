package linkage_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

func findPersons(t *testing.T, table *graph.Table) linkage.Persons {
	t.Helper()
	p, err := linkage.FindPersons(table, linkage.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// byPerson lists the native names of accounts, person by person.
func byPerson(table *graph.Table, p linkage.Persons) [][]string {
	var out [][]string
	for i := range uint32(p.Len()) {
		var names []string
		for _, a := range p.Accounts(i) {
			names = append(names, table.Accounts[a].Native)
		}
		out = append(out, names)
	}
	return out
}

func TestFindPersons(t *testing.T) {
	const ada, bea = "Ada Example", "Bea Sample"
	for _, test := range []struct {
		name  string
		build func(w *graphtest.World)
		want  [][]string
	}{
		{"one name at one employer", func(w *graphtest.World) {
			w.Account("adp:acme", "a", ada)
			w.Account("okta:acme", "b", ada)
		}, [][]string{{"a", "b"}}},
		{"one name at one employer, other mailboxes", func(w *graphtest.World) {
			w.Account("adp:acme", "a", ada).Email("one@gmail.com")
			w.Account("okta:acme", "b", ada).Email("two@gmail.com")
		}, [][]string{{"a"}, {"b"}}},
		{"one name at one employer, other mailboxes and one phone", func(w *graphtest.World) {
			w.Account("adp:acme", "a", ada).Email("one@gmail.com").Phone(graphtest.Phone(1), 3)
			w.Account("okta:acme", "b", ada).Email("two@gmail.com").Phone(graphtest.Phone(1), 9)
		}, [][]string{{"a", "b"}}},
		{"one name of one word at two employers, and one phone", func(w *graphtest.World) {
			w.Account("okta:acme", "a", "Suharto").Phone(graphtest.Phone(1), 3)
			w.Account("okta:bolt", "b", "Suharto").Phone(graphtest.Phone(1), 9)
		}, [][]string{{"a", "b"}}},
		{"one name of one word at one employer", func(w *graphtest.World) {
			w.Account("adp:acme", "a", "Ann")
			w.Account("okta:acme", "b", "Ann")
		}, [][]string{{"a"}, {"b"}}},
		{"two names of one word, and one phone", func(w *graphtest.World) {
			w.Account("okta:acme", "a", "Suharto").Phone(graphtest.Phone(1), 3)
			w.Account("okta:bolt", "b", "Sukarno").Phone(graphtest.Phone(1), 9)
		}, [][]string{{"a"}, {"b"}}},
		{"one word of a full name, and one phone", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Phone(graphtest.Phone(1), 3)
			w.Account("okta:bolt", "b", "A. Example").Phone(graphtest.Phone(1), 9)
		}, [][]string{{"a", "b"}}},
		{"a word that is not in a full name, and one phone", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Phone(graphtest.Phone(1), 3)
			w.Account("okta:bolt", "b", "Suharto").Phone(graphtest.Phone(1), 9)
		}, [][]string{{"a"}, {"b"}}},
		{"no name and another home, and one phone", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Phone(graphtest.Phone(1), 3).Home(graphtest.Address(1))
			w.Account("okta:bolt", "b", "").Phone(graphtest.Phone(1), 9).Home(graphtest.Address(2))
		}, [][]string{{"a"}, {"b"}}},
		{"one name and home, two applications with other mailboxes", func(w *graphtest.World) {
			w.Account("ats:acme", "a", ada).Email("one@gmail.com").Home(graphtest.Address(1))
			w.Account("ats:acme", "b", ada).Email("two@gmail.com").Home(graphtest.Address(1))
		}, [][]string{{"a"}, {"b"}}},
		{"one name at two employers", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada)
			w.Account("okta:bolt", "b", ada)
		}, [][]string{{"a"}, {"b"}}},
		{"one name and mailbox at two employers", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Email("ada@gmail.com")
			w.Account("okta:bolt", "b", "ADA Example").Email("Ada@gmail.com")
		}, [][]string{{"a", "b"}}},
		{"a mailbox and two spellings", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Email("ada@gmail.com")
			w.Account("okta:bolt", "b", "Ada Examlpe").Email("ada@gmail.com")
		}, [][]string{{"a"}, {"b"}}},
		{"a mailbox, a home and two spellings", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Email("ada@gmail.com").Home(graphtest.Address(1))
			w.Account("okta:bolt", "b", "Ada Examlpe").Email("ada@gmail.com").Home(graphtest.Address(1))
		}, [][]string{{"a", "b"}}},
		{"a mailbox, a home, and two numbers", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Email("ada@gmail.com").Home(graphtest.Address(1)).Phone(graphtest.Phone(1), 3)
			w.Account("okta:bolt", "b", "Ada Examlpe").Email("ada@gmail.com").Home(graphtest.Address(1)).Phone(graphtest.Phone(2), 3)
		}, [][]string{{"a"}, {"b"}}},
		{"a mailbox, a home, and three names", func(w *graphtest.World) {
			for i, name := range []string{ada, bea, "Cleo Example"} {
				w.Account(fmt.Sprintf("okta:employer%d", i), string(rune('a'+i)), name).Email("ada@gmail.com").Home(graphtest.Address(1))
			}
		}, [][]string{{"a"}, {"b"}, {"c"}}},
		{"a mailbox, a number, a purse and two names", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Email("ada@gmail.com").Phone(graphtest.Phone(1), 3).Payout(graphtest.Bank(1), 1, 9)
			w.Account("okta:bolt", "b", bea).Email("ada@gmail.com").Phone(graphtest.Phone(1), 3).Payout(graphtest.Bank(1), 1, 9)
		}, [][]string{{"a", "b"}}},
		{"one address at work on two systems, and two spellings", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Email("ada@acme-example.com")
			w.Account("payroll:acme", "b", "Ada Examlpe").Email("ada@acme-example.com")
		}, [][]string{{"a", "b"}}},
		{"one address at work on three accounts is a group's", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Email("team@acme-example.com")
			w.Account("payroll:acme", "b", bea).Email("team@acme-example.com")
			w.Account("payroll:acme", "c", "Cleo Example").Email("team@acme-example.com")
		}, [][]string{{"a"}, {"b"}, {"c"}}},
		{"an applicant under the name and home of somebody who works there", func(w *graphtest.World) {
			w.Account("ats:acme", "a", ada).Home(graphtest.Address(1)).Phone(graphtest.Phone(2), 3)
			w.Account("payroll:acme", "b", ada).Home(graphtest.Address(1)).Phone(graphtest.Phone(1), 3)
		}, [][]string{{"a"}, {"b"}}},
		{"relatives of like names on one purse", func(w *graphtest.World) {
			w.Account("okta:acme", "a", "Mario Example").Payout(graphtest.Bank(1), 1, 9)
			w.Account("okta:bolt", "b", "Maria Example").Payout(graphtest.Bank(1), 1, 9)
		}, [][]string{{"a"}, {"b"}}},
		{"a stolen identity: name and home", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Home(graphtest.Address(1))
			w.Account("okta:bolt", "b", ada).Home(graphtest.Address(1))
		}, [][]string{{"a"}, {"b"}}},
		{"a stolen identity: name and document", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).See(ident.Document, graph.Registered, "passport US 512345678", 0, 0, 1)
			w.Account("okta:bolt", "b", ada).See(ident.Document, graph.Registered, "passport US 512345678", 0, 0, 1)
		}, [][]string{{"a"}, {"b"}}},
		{"two names on one device", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Device("serial:ABC1234567", 1, 90)
			w.Account("okta:bolt", "b", bea).Device("serial:ABC1234567", 1, 90)
		}, [][]string{{"a"}, {"b"}}},
		{"no name, and a value of one name", func(w *graphtest.World) {
			w.Account("adp:acme", "a", ada).Phone(graphtest.Phone(1), 3)
			w.Account("github", "g", "").Phone(graphtest.Phone(1), 5)
		}, [][]string{{"a", "g"}}},
		{"no name, and a value of two names", func(w *graphtest.World) {
			w.Account("adp:acme", "a", ada).Phone(graphtest.Phone(1), 3)
			w.Account("adp:bolt", "b", bea).Phone(graphtest.Phone(1), 3)
			w.Account("github", "g", "").Phone(graphtest.Phone(1), 5)
		}, [][]string{{"a"}, {"b"}, {"g"}}},
		{"no name, and values of two names", func(w *graphtest.World) {
			w.Account("adp:acme", "a", ada).Phone(graphtest.Phone(1), 3)
			w.Account("adp:bolt", "b", bea).Email("bea@gmail.com")
			w.Account("github", "g", "").Phone(graphtest.Phone(1), 5).Email("bea@gmail.com")
		}, [][]string{{"a"}, {"b"}, {"g"}}},
		{"no name, by way of another without one", func(w *graphtest.World) {
			w.Account("adp:acme", "a", ada).Phone(graphtest.Phone(1), 3)
			w.Account("github", "g", "").Phone(graphtest.Phone(1), 5).Email("g@gmail.com")
			w.Account("upwork", "u", "").Email("g@gmail.com")
		}, [][]string{{"a", "g", "u"}}},
		{"two seats in one directory, one without a name", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Phone(graphtest.Phone(1), 3)
			w.Account("okta:acme", "b", "").Phone(graphtest.Phone(1), 5)
		}, [][]string{{"a"}, {"b"}}},
		{"no names, one mailbox, two systems", func(w *graphtest.World) {
			w.Account("github", "g", "").Email("g@gmail.com")
			w.Account("upwork", "u", "").Email("g@gmail.com")
		}, [][]string{{"g", "u"}}},
		{"no names, one mailbox, one system", func(w *graphtest.World) {
			w.Account("upwork", "u", "").Email("g@gmail.com")
			w.Account("upwork", "v", "").Email("g@gmail.com")
		}, [][]string{{"u"}, {"v"}}},
		{"one name on one line for long", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Login(graphtest.IP(1), 1, 90, 50)
			w.Account("okta:bolt", "b", ada).Login(graphtest.IP(1), 30, 60, 50)
		}, [][]string{{"a", "b"}}},
		{"one name on one line after each other", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Login(graphtest.IP(1), 1, 29, 50)
			w.Account("okta:bolt", "b", ada).Login(graphtest.IP(1), 30, 60, 50)
		}, [][]string{{"a"}, {"b"}}},
		{"one name in one /64", func(w *graphtest.World) {
			w.Account("okta:acme", "a", ada).Login("2600:1700:1:2::1", 1, 90, 50)
			w.Account("okta:bolt", "b", ada).Login("2600:1700:1:2::ffff", 30, 60, 50)
		}, [][]string{{"a", "b"}}},
		{"first names and initials are no full names", func(w *graphtest.World) {
			w.Account("okta:acme", "a", "Ada").Login(graphtest.IP(1), 1, 90, 50)
			w.Account("okta:bolt", "b", "Ada").Login(graphtest.IP(1), 1, 90, 50)
		}, [][]string{{"a"}, {"b"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := graphtest.New(t)
			test.build(w)
			table := w.Table()
			p := findPersons(t, table)
			if diff := cmp.Diff(test.want, byPerson(table, p)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if len(p.Merges) != len(table.Accounts)-p.Len() {
				t.Errorf("%d merges of %d accounts to %d persons", len(p.Merges), len(table.Accounts), p.Len())
			}
			for _, m := range p.Merges {
				if m.A >= m.B || m.Reason == "" || p.Of[m.A] != p.Of[m.B] {
					t.Errorf("merge %+v", m)
				}
			}
		})
	}
}

func TestNewPersons(t *testing.T) {
	p := linkage.NewPersons([]uint32{7, 3, 7, 1, 3})
	if diff := cmp.Diff([]uint32{0, 1, 0, 2, 1}, p.Of); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]uint32{1, 4}, p.Accounts(1)); diff != "" || p.Len() != 3 {
		t.Error(diff, p.Len())
	}
}
