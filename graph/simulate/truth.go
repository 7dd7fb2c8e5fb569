package simulate

import (
	"encoding/json"
	"io"
	"slices"

	"samehand/graph"
)

// Truth is the answer: who runs which account.
type Truth struct {
	Seed     uint64
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
	t := Truth{Seed: w.Seed, Groups: slices.Clone(w.Groups)}
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

// write writes the answer as JSON, an account a line.
func (t Truth) write(out io.Writer) error {
	type group struct {
		Name string `json:"name"`
		Kind string `json:"kind"`
		Flag bool   `json:"flag"`
		Note string `json:"note"`
	}
	type answer struct {
		Platform string `json:"platform"`
		Account  string `json:"account"`
		Person   string `json:"person"`
		Group    string `json:"group,omitempty"`
		Role     string `json:"role,omitempty"`
	}
	v := struct {
		Seed     uint64   `json:"seed"`
		Groups   []group  `json:"groups"`
		Accounts []answer `json:"accounts"`
	}{Seed: t.Seed}
	for _, g := range t.Groups {
		v.Groups = append(v.Groups, group(g))
	}
	for _, a := range t.Accounts {
		v.Accounts = append(v.Accounts, answer{a.Account.Platform, a.Account.Native, a.Person, a.Group, a.Role})
	}
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	_, err = out.Write(append(b, '\n'))
	return err
}
