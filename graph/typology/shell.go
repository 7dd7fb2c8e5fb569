package typology

import (
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// shellCompany is T12: a small company sends people to clients who share what colleagues do not.
func shellCompany() Typology {
	return Typology{
		ID: "T12", Name: "shell or staffing company",
		Question:   "Does one small company employ people, placed at several clients, who share a purse, a machine or a paper?",
		Needs:      []Need{Records, Names},
		Settings:   []string{"typology.shell-workers", "typology.shell-persons", "typology.shell-clients", "typology.shell-many-persons", "typology.one-home", "typology.two-homes", "typology.home-ties"},
		LookAlikes: []string{"small agency or consultancy", "payroll provider", "family business"},
		Limits:     "age and address of the company, its invoices and its officers are not in the data",
		find:       findShells,
	}
}

// findShells looks at every employer of record.
func findShells(s *scene) []hit {
	var hits []hit
	for id, us := range s.values {
		if id.Kind() != ident.Employer || int(s.records[us[0].identifier]) > s.options.ShellWorkers {
			continue
		}
		if h, ok := s.shell(id, of(us, graph.EmployedBy)); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

// shell judges those whom one company employs.
func (s *scene) shell(company ident.ID, us []use) (hit, bool) {
	o := s.options
	ps := persons(us)
	n := len(s.named(ps))
	if n < o.ShellPersons || s.household(ps) {
		return hit{}, false
	}
	clients, placed := s.placed(company, ps)
	if len(clients) < o.ShellClients || len(placed) < o.ShellPersons {
		return hit{}, false
	}
	ids, kinds := s.strong(ps)
	if kinds == 0 { // colleagues share an office, not a purse
		return hit{}, false
	}
	strength := medium
	if n >= o.ShellManyPersons || kinds >= 2 {
		strength = high
	}
	reason := fmt.Sprintf("a company with no more than %d accounts on record employs %s, works %d of them at %s, and two or more share a purse, device, paper or contact",
		o.ShellWorkers, count(n, "person"), len(placed), count(len(clients), "other employer"))
	return hit{strength: strength, size: n, reason: reason, accounts: accounts(us), identifiers: append(ids, us[0].identifier)}, true
}

// placed returns the tenants other than the company itself where the persons have accounts, and the persons who do.
func (s *scene) placed(company ident.ID, ps []uint32) (clients []string, placed []uint32) {
	for _, p := range ps {
		for _, a := range s.accountsOf(p) {
			tenant := s.Table.Accounts[a].Tenant()
			if tenant == "" || s.applicant(a) || !s.signsIn(a) {
				continue
			}
			if id, err := ident.Parse(ident.Employer, tenant); err == nil && id == company {
				continue
			}
			if !slices.Contains(clients, tenant) {
				clients = append(clients, tenant)
			}
			if len(placed) == 0 || placed[len(placed)-1] != p {
				placed = append(placed, p)
			}
		}
	}
	return clients, placed
}

// strong returns the purses, devices, papers and contacts that two or more of the persons share and nothing explains, and
// of how many kinds they are.
func (s *scene) strong(ps []uint32) (ids []uint32, kinds int) {
	var found []ident.Kind
	for _, v := range s.group.Values {
		k := s.kind(v.Identifier)
		switch k {
		case ident.Payment, ident.Device, ident.Document, ident.Phone, ident.Email:
		default:
			continue
		}
		if v.Class != classOwn && v.Class != "" || k == ident.Document && isFile(s.Table.Identifiers[v.Identifier]) {
			continue
		}
		n := 0
		for _, h := range v.Holders {
			if _, in := slices.BinarySearch(ps, h.Person); in {
				n++
			}
		}
		if n < 2 {
			continue
		}
		ids = append(ids, v.Identifier)
		if !slices.Contains(found, k) {
			found = append(found, k)
		}
	}
	return ids, len(found)
}
