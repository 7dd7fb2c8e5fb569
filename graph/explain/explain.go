// Package explain says why a cluster was put together, and what speaks against it, in words that can be pasted into a
// case file.
//
// It reads a [graph.Cluster] beside the observations of its accounts and gives back the same cluster with every shared
// value traced to the lines it was read from, every member with what ties it to the rest, the shared values that were
// discounted and why, innocent explanations to rule out, and what would refute the whole (the cluster is taken apart
// value by value to see what it hangs on). It weighs nothing anew: points, classes and flags are those of the run.
//
// The words never call anybody guilty. A cluster is a lead, not a verdict.
//
// Texts from the data appear in a [Sentence] only as parts marked as values, made visible by [Visible], so that a
// printer can keep them apart from our own words.
package explain

import (
	"samehand/graph"
	"samehand/graph/ident"
)

// Cluster is a cluster explained.
type Cluster struct {
	graph.Cluster
	Headline   string            // "9 accounts, 9 names, 6 employers, tied by network, device and money"
	Unnamed    Sentence          // of how many no full name is known, where so few are that little of what is shared counts; nil for others
	Why        []string          // why it is flagged, in the words of the run; empty when it is not
	WhyNot     []string          // why it is not flagged, as sentences, beside the look-alikes in Considered that hold; empty when it is
	Against    []Sentence        // what the data show that speaks against it
	RuleOut    []Doubt           // innocent explanations to rule out, which data cannot
	Refute     []Sentence        // what would refute it
	Holding    []Sentence        // how it hangs together, where no single value does it; may be empty
	Steady     []Sentence        // from where to where it is found, and how often members stay; empty when that was not looked at
	Ranked     []Candidate       // its candidates explained, the likeliest first
	Leading    Sentence          // how far the first candidate is ahead, or that there is none; nil when it is not flagged
	Around     []Outsider        // those set apart from it, by person: possible victims, then lenders, then bystanders
	Values     []Value           // the shared values that count, most points first
	Discounted []Value           // values its persons share that do not count, by kind and key
	Jobs       []Job             // of those who are flagged for the number of their jobs, by person, then by when they begin; nil for most clusters
	Explained  []Member          // its members with what ties them, by person (most points first), then by account
	First      graph.Time        // first and last activity of its accounts in the table; zero when not known
	Last       graph.Time        //
	Missing    []graph.AccountID // members of which the table holds nothing
}

// Value is one value that persons of the cluster share, and where that is written.
type Value struct {
	Identifier ident.ID
	Family     graph.Family // "" for a value that the run did not weigh
	Class      string       // "own", a class of hub, or, for what was not weighed, the mark or kind that rules it out
	Points     float64      // what a pair of its holders gets for it; 0 when it does not count
	Holders    int          // persons in the whole case that have it; 0 when not known
	Inside     int          // persons of the cluster that have it
	Accounts   int          // accounts of the cluster that have it
	First      graph.Time   // first and last seen with the cluster's accounts in the cited lines; zero when not known
	Last       graph.Time   //
	Held       graph.Time   // the latest moment it is taken as still held, by assumption (see Use); zero when nothing is assumed
	Overlap    Overlap      // whether persons had it at the same time
	Reason     string       // why it was discounted, or counts only in part; "" when it counts in full
	Without    []int        // persons in each group the cluster falls into without this value, largest first
	Words      Sentence     // the value in words
	Uses       []Use        // by account, then by relation
	Also       []ident.ID   // what was weighed together with it: other addresses of the line, other spellings; sorted, nil for most
}

// Overlap says whether the periods in which persons were seen with a value overlap.
type Overlap uint8

// The overlaps.
const (
	Unknown  Overlap = iota // fewer than two persons have known times
	Together                // at least two persons had it at the same time, as the cited lines say
	InTurn                  // one person after another, never two at once, also if it is taken as held on
	Assumed                 // at the same time only if what was given once is taken as still held
)

// Doubt is an innocent explanation of one family of evidence, and whom to ask.
type Doubt struct {
	Family graph.Family
	Text   string
}

// Use is what one account had to do with a value.
type Use struct {
	Account     graph.AccountID
	Person      string
	Relation    graph.Relation
	First, Last graph.Time // as the cited lines say; zero when not known
	Held        graph.Time // given once, and taken as still held until then, the account's last activity: see [linkage.Held]; zero when nothing is assumed
	Count       uint64
	Citations   []Citation // every line that says so, by source and line
	Of          ident.ID   // the value, where the uses stand with another one or with none, as those of [Shared.Backing] do; zero for others
	As          ident.ID   // which of [Value.Also] the account had; zero for the value itself
}

// Citation is one line of one file that says so.
type Citation struct {
	Source      int   // counts in the table's Sources; -1 when the table does not know the source
	Line        int64 // from 1
	First, Last graph.Time
	Count       uint32
	Raw         string // the value as it was written; "" when it was written as its key
}

// Member is a member with what ties it to the rest. Names, employers and homes are the account's own; where it has
// none, those of the other accounts of its person in the cluster.
type Member struct {
	graph.Member
	Standing    string     // the role in words, always as a candidate; with Aside, "shown, not flagged"; "" when not known
	Aside       string     // why a member of a flagged cluster is itself not flagged, as a sentence; "" for all others
	Sum         string     // how its points add up, "10.0 × 1.25 + 3.5 × 1.25 = 16.9"; "" when what the run kept does not give the sum
	Certainty   string     // the confidence in words
	Names       []Name     // sorted
	Employers   []Employer // sorted
	Homes       []ident.ID // registered addresses, sorted
	First, Last graph.Time // first and last activity in the table; zero when not known
	Ties        []Tie      // strongest first
	Words       Sentence
}

// Name is a full name, and how it was written: the most frequent spelling, or "" when it was written as the key.
type Name struct {
	ID      ident.ID
	Written string
}

// Shown returns the name as it was written, printable.
func (n Name) Shown() string {
	if n.Written == "" {
		return Shown(n.ID.Key())
	}
	return Shown(n.Written)
}

// Employer is an employer of a member: the tenant of an account's platform, or a value of kind employer.
type Employer struct {
	Name   string
	Tenant bool // read from the account's platform
}

// Tie is one counting value of a member.
type Tie struct {
	Value  int // counts in Cluster.Values
	Points float64
	Others int // other persons of the cluster that have it
}
