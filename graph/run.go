package graph

import (
	"time"

	"samehand/graph/ident"
)

// Run is one detection: what it was made from, how, and what it found.
type Run struct {
	ID       string            // from the sources and the options: the same input and options give the same ID
	Started  time.Time         // UTC
	Method   string            // "leiden", "louvain", "components", "labels"
	Options  map[string]string // every option of the run, so that it can be made again
	Sources  []string          // IDs of the sources it was made from, sorted
	Counts   RunCounts
	Clusters []Cluster  // by score, highest first; then by ID
	Hubs     []HubValue // values that were downgraded, and why; most holders first
	// Alarms are plain sentences about the run itself that whoever reads its clusters must know, such as that one
	// swallowed too much; nil when there is nothing to say.
	Alarms []string
	// Missing are the patterns that could not be looked for, and what the data lack for it: not analysed is not clean.
	Missing []Missing
}

// Missing is a pattern that was not looked for in a run.
type Missing struct {
	Pattern string // its ID, such as "T5"
	Name    string // in words
	Lacks   string // what the data do not have, in words
}

// RunCounts says how much a run looked at and found.
type RunCounts struct {
	Accounts, Identifiers, Rows, Persons int
	Pairs                                int // pairs of persons with evidence between them
	Clusters, Flagged                    int
	Members, FlaggedMembers              int // accounts
}

// Cluster is a group of accounts that the evidence ties together. It is a lead, not a verdict.
type Cluster struct {
	ID        string
	Score     float64 // mean points of evidence that tie a person to the rest; comparable within and across runs
	Flagged   bool
	Reasons   []string   // why it is flagged; or, when it is not, what speaks against: plain sentences without values
	Families  []Family   // the families of evidence that count, sorted
	Persons   int        // distinct persons among the members
	Names     int        // distinct full names among the members
	Employers int        // distinct employers among the members
	Homes     int        // distinct registered homes among the members
	Tags      []string   // labels on its accounts, sorted
	Members   []Member   // by account
	Evidence  []Evidence // most points first

	// Candidates are the persons who may host or run it, the likeliest first; nil says that nothing speaks for anybody.
	Candidates []Candidate
	Sites      []Site      // homes that keep the machines of several members, most persons first
	Apart      []Apart     // accounts near it that are set apart from it: identity victims, bystanders; by account
	Considered []LookAlike // innocent explanations that were considered, in a fixed order
	Patterns   []Pattern   // named patterns that it shows, by ID
	// Lowest and Highest bound the multiples of the resolution at which the cluster is found; both are 0 when that was
	// not looked at.
	Lowest, Highest float64
	Stability       float64  // mean of its members'; 0 when it was not looked at
	Dropped         []WhatIf // values without which it would look otherwise, the most telling first
}

// The roles of accounts in and near a cluster. Each is what the data suggest, not what anybody is guilty of.
const (
	RolePersona     = "persona"         // a claimed identity that the hand runs
	RoleFacilitator = "facilitator"     // candidate for the one who hosts, receives or is paid for others
	RoleLender      = "lender"          // candidate for somebody whose own identity or purse is used by others
	RoleVictim      = "identity-victim" // somebody with the name and home of a member, and nothing else in common
	RoleBystander   = "bystander"       // lives or signs in where the cluster is, with a life of their own
)

// What tells a cluster that is flagged otherwise than as a ring: the name of the look-alike that is considered for one
// person with more jobs than one can work at, and the reason of a purse of employees who are paid and never sign in.
const (
	OverEmployment = "over-employment"
	ReasonGhosts   = "most of those paid into one purse never sign in where others of that employer do"
)

// ClearLead is how far apart the scores of two candidates must be to tell them apart: what the weakest clue counts in the detection.
const ClearLead = 1.0

// MostCandidates is how many candidates of a cluster are named at most: where it names that many, there may be more.
const MostCandidates = 12

// Candidate is a person who may host or run a cluster.
type Candidate struct {
	Person   string // as in Member.Person or Apart.Person
	Accounts []AccountID
	Score    float64  // comparable within a cluster
	Reasons  []string // plain sentences without values, the strongest first
}

// Site is a home, or the like, where machines of several members are.
type Site struct {
	ID          string     // "s1", "s2", ... within the cluster, as in Member.Site
	Identifiers []ident.ID // its lines and doors, sorted
	Persons     int        // members whose main place it is
}

// Apart is an account that has to do with a cluster and is no member of it.
type Apart struct {
	Account AccountID
	Person  string // unique within the run, as Member.Person
	Role    string // RoleVictim, RoleBystander or RoleLender
	Reason  string // a plain sentence without values
}

// LookAlike is an innocent explanation of what a cluster's members share.
type LookAlike struct {
	Name   string // "household", "office", "service", ...
	Holds  bool   // it explains the cluster: that is why the cluster is not flagged
	Reason string // why it holds, or why it was set aside: a plain sentence without values
}

// Pattern is a named pattern of fraud that members of a cluster show. It is a description, not a charge.
type Pattern struct {
	ID          string // "T1"
	Name        string // in words
	Strength    string // "low", "medium" or "high"
	Reason      string // a plain sentence without values
	Accounts    []AccountID
	Identifiers []ident.ID
}

// WhatIf says what becomes of a cluster without one value.
type WhatIf struct {
	Identifier ident.ID
	Family     Family
	Pieces     []int // persons in each piece that is left, the largest first; nil when no cluster is left
	Lost       int   // persons who would be in none
	Flagged    bool  // a piece would still be flagged
}

// Member is an account in a cluster.
type Member struct {
	Account    AccountID
	Person     string // the person the account was put to, unique within the run
	Role       string // "" when not known
	Site       string // "" when not known
	Flagged    bool
	Points     float64 // evidence that ties its person to the rest of the cluster
	Confidence float64 // 0 to 1; how sure the membership is
	Stability  float64 // 0 to 1: how often it stays when values are left out at random; 0 also when that was not looked at
}

// Family is a sort of evidence. Two families are independent of each other; two values of one family may not be.
type Family string

// The families. The first six are hard; contacts of referees and CVs are soft.
const (
	Network      Family = "network"
	DeviceFamily Family = "device"
	Money        Family = "money"
	Contact      Family = "contact"
	Place        Family = "address"
	Papers       Family = "document"
	Vouching     Family = "vouching" // referees; soft
	Dossier      Family = "dossier"  // CVs and profiles; soft
)

// Evidence is one value that members of a cluster share.
type Evidence struct {
	Identifier ident.ID
	Family     Family
	Class      string      // what sort of shared value it is: "own", or a class of hub
	Points     float64     // what a pair of its holders gets for it
	Holders    int         // persons in the whole case that have it
	Inside     int         // persons of the cluster that have it
	Accounts   []AccountID // accounts of the cluster that have it, sorted
	First      Time        // first and last seen, over the cluster's accounts
	Last       Time
	Note       string // why it was discounted or is only shown; "" when it counts in full
	// Also are what accounts of the cluster have that was weighed together with it: other addresses that the line had, and other
	// spellings of an address; sorted, nil for most values.
	Also []ident.ID
}

// HubValue is a value that too many, or the wrong sort of, holders share to link by.
type HubValue struct {
	Identifier ident.ID
	Class      string
	Holders    int // persons
	Reason     string
}
