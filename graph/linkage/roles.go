package linkage

import (
	"samehand/graph"
	"samehand/graph/ident"
)

// Role says in what way a person has to do with a value. A person may have several.
type Role uint8

// The roles.
const (
	Own    Role = 1 << iota // the person's own: registered with it, signs in with it, is paid there
	Lives                   // an address the person is registered at
	Door                    // an address equipment was sent to
	Vouch                   // a contact that vouches for the person
	Moved                   // money went from or to it
	Dossed                  // a file or profile that describes the person
	Loosed                  // a relation not known to mean more
)

// has reports whether all of q is in r.
func (r Role) has(q Role) bool { return r&q == q }

// roleOf returns the role that a relation to an identifier gives; 0 when it never links.
func roleOf(id ident.ID, rel graph.Relation) Role {
	if !id.Mark().Links() {
		return 0
	}
	return kindRole(id.Kind(), rel)
}

// kindRole is [roleOf] for identifiers of a kind that may link.
func kindRole(k ident.Kind, rel graph.Relation) Role {
	if rel == graph.Recruiter || rel == graph.EmployedBy {
		return 0
	}
	switch k {
	case ident.Name, ident.Employer, ident.Tag:
		return 0
	case ident.Address:
		if rel == graph.ShipTo {
			return Door
		}
		return Lives
	case ident.Document:
		return documentRole(rel)
	}
	switch rel {
	case graph.Registered, graph.Recovery, graph.Login, graph.MFA, graph.Uses, graph.Payout, graph.ShipTo:
		return Own
	case graph.Transfer:
		if k == ident.Payment {
			return Moved
		}
	case graph.Referee:
		return Vouch
	}
	return Loosed
}

// documentRole tells an identity document, shown when an account was opened, from a file that the account merely uses.
func documentRole(rel graph.Relation) Role {
	switch rel {
	case graph.Registered, graph.Recovery, graph.MFA:
		return Own
	case graph.Referee:
		return Vouch
	}
	return Dossed
}
