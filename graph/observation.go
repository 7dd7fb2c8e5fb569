package graph

import (
	"time"

	"samehand/graph/ident"
)

// Relation says in what way an account has to do with an identifier. Unknown
// words are kept as they are, in lower case, and weigh little.
type Relation string

// The relations that mean something to the evidence model.
const (
	Registered Relation = "registered"  // given when the account was opened, or in a profile
	Recovery   Relation = "recovery"    // a way back into the account
	Login      Relation = "login"       // seen at a sign-in
	MFA        Relation = "mfa"         // a second factor
	Uses       Relation = "uses"        // used by the account
	Payout     Relation = "payout"      // where the account is paid
	Transfer   Relation = "transfer"    // money went from or to it
	EmployedBy Relation = "employed_by" // the account's employer
	ShipTo     Relation = "ship_to"     // where equipment was sent
	Referee    Relation = "referee"     // somebody who vouches for the account
	Recruiter  Relation = "recruiter"   // somebody who handles the account's application; never a link
)

// Relations lists the known relations in the order above.
func Relations() []Relation {
	return []Relation{Registered, Recovery, Login, MFA, Uses, Payout, Transfer, EmployedBy, ShipTo, Referee, Recruiter}
}

// Time is a moment in microseconds since 1970-01-01 UTC. The zero Time means "not known".
type Time int64

// TimeOf returns t as a Time; the zero time.Time gives the zero Time.
func TimeOf(t time.Time) Time {
	if t.IsZero() {
		return 0
	}
	return Time(t.UnixMicro())
}

// Std returns t as a time.Time in UTC; the zero Time gives the zero time.Time.
func (t Time) Std() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(t)).UTC()
}

// String returns t as RFC 3339 in UTC, or "" when it is not known.
func (t Time) String() string {
	if t == 0 {
		return ""
	}
	return t.Std().Format(time.RFC3339)
}

// Observation is one claim of one record: the account had this to do with the identifier, then, so often, says that line.
type Observation struct {
	Account     AccountID
	Identifier  ident.ID
	Raw         string // the value as it was written; "" when it is the identifier's key to the letter
	Relation    Relation
	First, Last Time   // zero when not known; Last is never before First
	Count       uint32 // how often; at least 1
	Ref         Ref
}

// Ref says where a claim comes from.
type Ref struct {
	Source string // the source's ID
	File   string // the file's name as it was given
	Line   int64  // line (or row, for files without lines) of the record, from 1
}
