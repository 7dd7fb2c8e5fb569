package simulate

import (
	"io"
	"slices"

	"samehand/graph"
)

// Truth is the answer of a [World]: who runs which account.
type Truth struct {
	Seed     uint64
	People   int
	Groups   []Group
	Accounts []Answer // by account
}

// Answer says of one account whose it is.
type Answer struct {
	Account graph.AccountID
	Person  string // Person.ID; a persona is a person of its own
	Group   string // "" for none
	Role    string // "" for nobody special
}

// Truth returns the answer for every account that the exports have.
func (w *World) Truth() Truth {
	t := Truth{Seed: w.Seed, People: len(w.People), Groups: slices.Clone(w.Groups)}
	for i := range w.People {
		p := &w.People[i]
		for _, j := range p.Jobs {
			ids := []graph.AccountID{w.Account(j)}
			if j.Payroll {
				ids = append(ids, w.PayrollAccount(j))
			}
			if j.Applied {
				ids = append(ids, w.ApplicantAccount(j))
			}
			for _, id := range ids {
				t.Accounts = append(t.Accounts, Answer{id, p.ID, p.Group, p.Role})
			}
		}
	}
	slices.SortFunc(t.Accounts, func(a, b Answer) int { return a.Account.Compare(b.Account) })
	return t
}

// write writes the answer in the form of [WriteScene]'s truth.json: the groups that one hand is behind are its rings.
func (t Truth) write(to io.Writer) error {
	w := newTruthWriter(to)
	w.head("demo", t.Seed, t.People)
	flagged := map[string]bool{}
	w.list("rings")
	for _, g := range t.Groups {
		if g.Flag {
			flagged[g.Name] = true
			w.item(t.ring(g))
		}
	}
	w.list("groups")
	for _, g := range t.Groups {
		if !g.Flag {
			w.item(truthGroup{g.Name, g.Kind, g.Note})
		}
	}
	w.list("accounts")
	for _, a := range t.Accounts {
		x := truthAccount{Platform: a.Account.Platform, Account: a.Account.Native, Person: a.Person, Group: a.Group, Role: demoRole(a.Role)}
		switch {
		case flagged[a.Group]:
			x.Ring, x.Group = a.Group, ""
		case x.Role == roleVictim || x.Role == roleBystander:
			x.Ring = farmGroup
		}
		if x.Ring == farmGroup && x.Role == rolePersona {
			x.Site = farmGroup + "s1"
		}
		w.item(x)
	}
	return w.end()
}

// farmGroup is the group of the demo's farm, which its victim and its bystander have to do with.
const farmGroup = "farm"

// ring describes a group that one hand is behind. All of it hangs together: a test holds that.
func (t Truth) ring(g Group) truthRing {
	r := truthRing{Ring: g.Name, Kind: g.Kind, Linkable: 1, Note: g.Note}
	if g.Name == farmGroup {
		r.Sites = 1
	}
	persons := map[string]bool{}
	for _, a := range t.Accounts {
		if a.Group == g.Name {
			persons[a.Person] = true
			r.Facilitator = r.Facilitator || a.Role == roleFacilitator
		}
	}
	r.Persons = len(persons)
	return r
}

// demoRole returns the role in the words of truth.json.
func demoRole(role string) string {
	switch role {
	case rolePersona, roleFacilitator, roleBystander:
		return role
	case "identity-victim":
		return roleVictim
	}
	return roleBenign
}
