package evaluate

import (
	"cmp"
	"fmt"
	"slices"

	"samehand/graph"
)

// Truth says who runs which account: rings, in which many claimed persons have one hand behind them, and innocents, some
// of them in groups that look like rings. [ReadTruth] reads it.
type Truth struct {
	Scenario string
	Seed     uint64
	People   int      // distinct persons among the accounts
	Rings    []Ring   // as the file lists them, from 1; Rings[0] stands for no ring
	Groups   []Group  // innocent look-alikes, from 1; Groups[0] stands for none
	Sites    []string // where equipment is, from 1; Sites[0] stands for none
	Accounts []Answer // by account
}

// Ring is a set of accounts with one hand behind them.
type Ring struct {
	Name        string
	Kind        string // what sort of ring; "" when the file does not say
	Persons     int    // as the file says; 0 when it does not
	Sites       int    // as the file says; 0 when it does not
	Facilitator bool   // somebody hosts it, receives for it or is paid for it
	// Linkable is the share of its persons that the data tie together at all, 0 to 1; below 0 when the file does not
	// say. More than that cannot be asked for.
	Linkable float64
}

// Group is a set of innocent people who share something.
type Group struct {
	Name string
	Kind string // what sort of look-alike; "" when the file does not say
}

// Answer is what the truth says of one account.
type Answer struct {
	Account graph.AccountID
	Person  uint32 // a number from 0; equal for the accounts of one person, a persona being a person of its own
	Ring    uint32 // in Truth.Rings; 0 for none. Victims and bystanders have one too, and are no members of it
	Group   uint32 // in Truth.Groups; 0 for none
	Site    uint32 // in Truth.Sites; 0 for none
	Role    Role
	Framed  bool   // innocent, with values of a ring planted on it
	at      uint32 // where in the file: accounts[at]
}

// Member reports whether the account belongs to its ring.
func (a Answer) Member() bool {
	return a.Ring != 0 && (a.Role == Persona || a.Role == Facilitator || a.Role == Lender)
}

// Role is what somebody is to a ring.
type Role uint8

// The roles. The first three are members of a ring; the others are innocent.
const (
	Persona     Role = iota // a claimed identity that the hand runs
	Facilitator             // who hosts the ring, receives for it or is paid for it
	Lender                  // whose own identity or purse the ring uses, and who knows
	Victim                  // whose identity a persona uses, and who does not know
	Bystander               // who lives or works where the ring is
	Benign                  // anybody else
)

// Roles lists the roles.
func Roles() []Role { return []Role{Persona, Facilitator, Lender, Victim, Bystander, Benign} }

var roleNames = [...]string{
	Persona: "persona", Facilitator: "facilitator", Lender: "lender", Victim: "victim", Bystander: "bystander", Benign: "benign",
}

// String returns the role as a file of the truth has it.
func (r Role) String() string {
	if int(r) >= len(roleNames) {
		return fmt.Sprintf("role(%d)", uint8(r))
	}
	return roleNames[r]
}

// find returns the place of an account; false when the truth does not name it.
func (t *Truth) find(id graph.AccountID) (int, bool) {
	return slices.BinarySearchFunc(t.Accounts, id, func(a Answer, id graph.AccountID) int { return a.Account.Compare(id) })
}

// sort puts the accounts in order; it fails when two are one.
func (t *Truth) sort() error {
	byAccount := func(a, b Answer) int { return cmp.Or(a.Account.Compare(b.Account), cmp.Compare(a.at, b.at)) }
	if !slices.IsSortedFunc(t.Accounts, byAccount) {
		slices.SortFunc(t.Accounts, byAccount)
	}
	for i := 1; i < len(t.Accounts); i++ {
		if a, b := t.Accounts[i-1], t.Accounts[i]; a.Account == b.Account {
			return fmt.Errorf("accounts[%d] and accounts[%d] are one account; each may be there once", a.at, b.at)
		}
	}
	return nil
}
