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
}

// HubValue is a value that too many, or the wrong sort of, holders share to link by.
type HubValue struct {
	Identifier ident.ID
	Class      string
	Holders    int // persons
	Reason     string
}
