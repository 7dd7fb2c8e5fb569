package report

import "samehand/graph/ident"

// SchemaName and SchemaVersion say what a [Model] is written as in JSON. The version grows when a field changes its
// meaning or goes away; new fields may be added without. The schema is in schema.json, beside this file.
//
// Version 2: why a cluster is not flagged moved from against to why_not and considered, and without tells what the
// detection itself leaves of a cluster. New are alarms, missing, candidates, sites, apart, considered, patterns, dropped,
// steady, lowest, highest and stability.
const (
	SchemaName    = "samehand-report"
	SchemaVersion = 2
)

// Model is a report: everything that any encoder prints, sorted and in words. Encoders only print it.
//
// Texts named Shown, and all texts without an exact twin, are printable on one line (see [explain.Visible]); still they
// may hold markup of every sort, which each encoder defuses in its own way. Value and Native are exact, and only the JSON
// encoder prints them. Times are RFC 3339 in UTC, "" when not known. Lists are empty, never nil.
type Model struct {
	Schema    string    `json:"schema"`    // [SchemaName]
	Version   int       `json:"version"`   // [SchemaVersion]
	Case      string    `json:"case"`      // name of the case; may be ""
	Generated string    `json:"generated"` // when the report was made; "" when the maker did not say
	Tool      string    `json:"tool"`      // what made it, with its version
	Lead      []string  `json:"lead"`      // how a reader must take what follows; the first is [Lead]
	Run       Run       `json:"run"`
	Sources   []Source  `json:"sources"`  // by name, hash and ID
	Clusters  []Cluster `json:"clusters"` // flagged first; then by score, highest first; then by ID
	LeftOut   int       `json:"left_out"` // clusters of the run that are not in the report
	Hubs      []Hub     `json:"hubs"`     // most holders first, then by value
	Notes     []string  `json:"notes"`    // what a reader must know about this report
}

// Run says how the detection was made.
type Run struct {
	ID      string   `json:"id"`
	Started string   `json:"started"`
	Method  string   `json:"method"`
	Options []Option `json:"options"` // by name
	Counts  Counts   `json:"counts"`
	// Alarms are sentences that a reader of any cluster must know first, such as that one swallowed too much.
	Alarms  []string  `json:"alarms"`
	Missing []Missing `json:"missing"` // patterns that could not be looked for
}

// Missing is a pattern that could not be looked for. Not analysed is not clean.
type Missing struct {
	Pattern string `json:"pattern"` // its ID
	Name    string `json:"name"`
	Lacks   string `json:"lacks"` // what the data do not have
}

// Option is an option of the run.
type Option struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Counts says how much the run looked at and found. Members are accounts.
type Counts struct {
	Accounts       int `json:"accounts"`
	Identifiers    int `json:"identifiers"`
	Rows           int `json:"rows"`
	Persons        int `json:"persons"`
	Pairs          int `json:"pairs"`
	Clusters       int `json:"clusters"`
	Flagged        int `json:"flagged"`
	Members        int `json:"members"`
	FlaggedMembers int `json:"flagged_members"`
}

// Source is a file that was read.
type Source struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Format   string   `json:"format"`
	SHA256   string   `json:"sha256"` // of the file, in hex; "" when not known
	Bytes    int64    `json:"bytes"`
	Ingested string   `json:"ingested"`
	Options  string   `json:"options"`
	Records  int64    `json:"records"`
	Accepted int64    `json:"accepted"`
	Rejected int64    `json:"rejected"`
	Values   int64    `json:"values"`
	Kept     int64    `json:"kept"`
	InRun    bool     `json:"in_run"` // whether the detection was made from it
	Notes    []string `json:"notes"`
}

// Value is an identifier.
type Value struct {
	Kind  string `json:"kind"`
	Mark  string `json:"mark"`  // why it is not an ordinary value; "" when it is
	Value string `json:"value"` // exact
	Shown string `json:"shown"` // printable and of bounded length; of names, as they were written

	kind ident.Kind
}

// Account is an account.
type Account struct {
	Platform string `json:"platform"` // exact
	Native   string `json:"native"`   // exact
	Shown    string `json:"shown"`    // platform/native, printable and of bounded length

	platform, native string // shown
}

// Text is a sentence in parts; in JSON it is one string, with texts from the data in quotation marks.
type Text []Part

// Part is a piece of a [Text].
type Part struct {
	Text  string
	Value bool // from the data
}

// Cluster is a cluster with everything that is known about it.
type Cluster struct {
	ID        string   `json:"id"`
	Headline  string   `json:"headline"`
	Flagged   bool     `json:"flagged"`
	Score     float64  `json:"score"` // mean points that tie a person to the rest
	Families  []Family `json:"families"`
	Accounts  int      `json:"accounts"`
	Persons   int      `json:"persons"`
	Names     int      `json:"names"`
	Employers int      `json:"employers"`
	Homes     int      `json:"homes"`
	Tags      []string `json:"tags"`
	First     string   `json:"first"` // first and last activity of its accounts
	Last      string   `json:"last"`
	Why       []string `json:"why"`     // why it is flagged; empty when it is not
	WhyNot    []string `json:"why_not"` // why it is not flagged, beside the look-alikes that hold; empty when it is

	Candidates []Candidate `json:"candidates"` // who may host or run it, the likeliest first
	Leading    Text        `json:"leading"`    // how far the first candidate is ahead, or that there is none
	Sites      []Site      `json:"sites"`      // most persons first
	Apart      []Outsider  `json:"apart"`      // no members: possible victims, lenders, bystanders
	Patterns   []Pattern   `json:"patterns"`   // by ID
	Considered []LookAlike `json:"considered"` // innocent explanations that were considered; those that hold first

	Against    []Text     `json:"against"`    // what the data show that speaks against it
	RuleOut    []Doubt    `json:"rule_out"`   // innocent explanations to rule out, which data cannot
	Refute     []Text     `json:"refute"`     // what would change or refute it
	Dropped    []WhatIf   `json:"dropped"`    // values without which it would look otherwise, the most telling first
	Holding    []Text     `json:"holding"`    // how it hangs together, where nothing alone does it
	Steady     []Text     `json:"steady"`     // lowest, highest and stability in words
	Lowest     float64    `json:"lowest"`     // multiples of the resolution between which it is found; both 0 when not looked at
	Highest    float64    `json:"highest"`    //
	Stability  float64    `json:"stability"`  // mean of its members'; 0 when not looked at
	Members    []Member   `json:"members"`    // by person, most points first
	Evidence   []Evidence `json:"evidence"`   // values that count, most points first
	Discounted []Evidence `json:"discounted"` // shared values that do not count, by kind and value

	times times
}

// Family is a sort of evidence with what it is called.
type Family struct {
	Name  string `json:"name"`
	Words string `json:"words"`
}

// Doubt is an innocent explanation of one family of evidence, and whom to ask.
type Doubt struct {
	Family Family `json:"family"`
	Text   string `json:"text"`
}

// Member is an account in a cluster.
type Member struct {
	Account    Account  `json:"account"`
	Person     string   `json:"person"`
	Role       string   `json:"role"`     // as the run gave it; "" when not known
	Standing   string   `json:"standing"` // the role in words, always as a candidate; "shown, not flagged" where aside says why
	Aside      string   `json:"aside"`    // why a member of a flagged cluster is not flagged; "" for others
	Site       string   `json:"site"`
	Flagged    bool     `json:"flagged"`
	Points     float64  `json:"points"`
	Sum        string   `json:"sum"`        // how the points add up; "" when what the run kept does not give them
	Confidence float64  `json:"confidence"` // 0 to 1
	Certainty  string   `json:"certainty"`  // the confidence in words
	Stability  float64  `json:"stability"`  // 0 to 1: how often it stays when values are left out; 0 also when not looked at
	Steadiness string   `json:"steadiness"` // the stability in words; "" when not looked at
	Names      []Value  `json:"names"`
	Employers  []string `json:"employers"`
	Homes      []Value  `json:"homes"`
	First      string   `json:"first"`
	Last       string   `json:"last"`
	Ties       []Tie    `json:"ties"` // strongest first
	Words      Text     `json:"words"`

	jobs []job // employers, each with what it was read from
}

// job is an employer, shown, and what it was read from.
type job struct {
	Sort string // "tenant" of a platform, or "employer" in a record
	Name string
}

// Candidate is a person who may host or run a cluster: a place to look first, not a statement about the person.
type Candidate struct {
	Person   string    `json:"person"`
	Names    []Value   `json:"names"`
	Accounts []Account `json:"accounts"`
	Member   bool      `json:"member"`   // of the cluster
	Standing string    `json:"standing"` // how they stand to the cluster, in words
	Score    float64   `json:"score"`    // comparable within a cluster
	Reasons  []string  `json:"reasons"`  // the strongest first
}

// Site is a home, or the like, where machines of several members are.
type Site struct {
	ID      string  `json:"id"`      // as in the members' site
	Values  []Value `json:"values"`  // its lines and doors
	Persons int     `json:"persons"` // members whose main place it is
}

// Outsider is a person who has to do with a cluster and is no member of it.
type Outsider struct {
	Person   string    `json:"person"`
	Role     string    `json:"role"`
	Standing string    `json:"standing"` // the role in words
	Reason   string    `json:"reason"`
	Names    []Value   `json:"names"`
	Accounts []Account `json:"accounts"`
}

// LookAlike is an innocent explanation of what the members share.
type LookAlike struct {
	Name   string `json:"name"`
	Holds  bool   `json:"holds"`  // it may explain the cluster
	Reason string `json:"reason"` // why it holds, or was set aside
}

// Pattern is a named pattern that members show: a description, not a charge.
type Pattern struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Strength string    `json:"strength"` // "low", "medium" or "high"
	Reason   string    `json:"reason"`
	Accounts []Account `json:"accounts"`
	Values   []Value   `json:"values"`
}

// WhatIf says what becomes of a cluster without one value.
type WhatIf struct {
	Value   Value  `json:"value"`
	Family  Family `json:"family"`
	Pieces  []int  `json:"pieces"`  // persons in each piece that is left, the largest first
	Lost    int    `json:"lost"`    // persons who would be in none
	Flagged bool   `json:"flagged"` // a piece would still be flagged
	Words   Text   `json:"words"`
}

// Tie is a counting value that a member has.
type Tie struct {
	Evidence int     `json:"evidence"` // counts in the cluster's evidence, from 0
	Points   float64 `json:"points"`
	Others   int     `json:"others"` // other persons of the cluster that have it
}

// Evidence is a value that persons of the cluster share.
type Evidence struct {
	Value      Value   `json:"value"`
	Family     Family  `json:"family"` // name "" when the run did not weigh the value
	Class      string  `json:"class"`
	ClassWords string  `json:"class_words"`
	Points     float64 `json:"points"`   // what a pair of its holders gets for it
	Holders    int     `json:"holders"`  // persons in the whole case; 0 when not known
	Inside     int     `json:"inside"`   // persons of the cluster
	Accounts   int     `json:"accounts"` // accounts of the cluster
	First      string  `json:"first"`
	Last       string  `json:"last"`
	HeldUntil  string  `json:"held_until"` // taken as still held until then, by assumption; "" when nothing is assumed
	Overlap    string  `json:"overlap"`    // "together", "in turn", "assumed" (together only if held on), or "" when not known
	Reason     string  `json:"reason"`     // why it was discounted, or counts only in part
	Without    []int   `json:"without"`    // persons in the groups that are left without it; empty when not known
	Words      Text    `json:"words"`
	Uses       []Use   `json:"uses"`

	times times
}

// Use is what one account had to do with a value.
type Use struct {
	Account       Account    `json:"account"`
	Person        string     `json:"person"`
	Relation      string     `json:"relation"`
	RelationWords string     `json:"relation_words"`
	First         string     `json:"first"`
	Last          string     `json:"last"`
	HeldUntil     string     `json:"held_until"` // given once, and taken as still held until then; "" when nothing is assumed
	Count         uint64     `json:"count"`
	Citations     []Citation `json:"citations"`

	times times
}

// Citation is a line of a file.
type Citation struct {
	Source int    `json:"source"` // counts in the report's sources, from 0; -1 when the source is not known
	File   string `json:"file"`
	Line   int64  `json:"line"`
	SHA256 string `json:"sha256"` // of the file
	First  string `json:"first"`
	Last   string `json:"last"`
	Count  uint32 `json:"count"`
	Raw    string `json:"raw"` // the value as it was written, exact; "" when it was written as Value

	rawShown string
}

// Hub is a value that too many, or the wrong sort of, holders share to link by.
type Hub struct {
	Value      Value  `json:"value"`
	Class      string `json:"class"`
	ClassWords string `json:"class_words"`
	Holders    int    `json:"holders"`
	Reason     string `json:"reason"`
}

// times are the first and last moments in seconds since 1970 for drawing; both 0 when not known. Until held, it is taken
// as still held; 0 when nothing is assumed.
type times struct{ first, last, held int64 }

func (t times) known() bool { return t.first != 0 || t.last != 0 }
