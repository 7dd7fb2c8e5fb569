package main

import (
	"encoding/json"
	"fmt"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/ident"
)

// What why writes as JSON. Texts from the data are exact, with what does not print escaped; lists are never null.
type (
	jsonMember struct {
		jsonPlace
		Points   float64        `json:"points"`   // what the counting values add
		Need     float64        `json:"need"`     // what it takes to be a member
		TakenIn  bool           `json:"taken_in"` // a member only because the others are flagged
		Agrees   bool           `json:"agrees"`   // points are what the last detection says
		Counting []jsonShared   `json:"counting"`
		Nothing  []jsonShared   `json:"nothing"`
		Leaves   [][]int        `json:"leaves"` // smallest sets of counting values, by number from 0, without which it would leave
		Relies   []jsonReliance `json:"relies"`
		Beyond   []jsonShared   `json:"beyond"`
		Merges   []jsonMerge    `json:"merges"`
		Jobs     []jsonJob      `json:"jobs"`    // of a person who is flagged for the number of them
		Context  []jsonClaim    `json:"context"` // of its own person
		Partners []jsonPartner  `json:"partners"`
		More     int            `json:"more_partners"`
	}
	jsonPair struct {
		A         jsonPlace    `json:"a"`
		B         jsonPlace    `json:"b"`
		OnePerson bool         `json:"one_person"`
		Merges    []jsonMerge  `json:"merges"`
		Points    float64      `json:"points"`
		SoftOnly  bool         `json:"soft_only"`
		Counting  []jsonShared `json:"counting"`
		Nothing   []jsonShared `json:"nothing"`
		Path      []jsonStep   `json:"path"`
	}
	jsonPlace struct {
		Account        jsonAccount   `json:"account"`
		Person         string        `json:"person_id"`
		Accounts       []jsonAccount `json:"accounts"`
		Cluster        string        `json:"cluster_id"`
		ClusterFlagged bool          `json:"cluster_flagged"`
		Flagged        bool          `json:"flagged"`
		Apart          []jsonApart   `json:"apart"` // clusters that it is set apart from
	}
	jsonApart struct {
		Cluster string `json:"cluster_id"`
		Role    string `json:"role"`
		Reason  string `json:"reason"`
	}
	jsonAccount struct {
		Platform string `json:"platform"`
		Account  string `json:"account"`
	}
	jsonValue struct {
		Kind  string `json:"kind"`
		Value string `json:"value"`
	}
	jsonShared struct {
		jsonValue
		Family  string        `json:"family"`
		Class   string        `json:"class"`
		Holders int           `json:"holders"`
		Points  float64       `json:"points"`
		Factors []jsonFactor  `json:"factors"`
		Echo    float64       `json:"echo"`
		Part    float64       `json:"part"`
		Adds    float64       `json:"adds"`
		Why     string        `json:"why"`
		Overlap string        `json:"overlap"`
		Days    int           `json:"days"`
		With    []jsonAccount `json:"with"`
		Best    *jsonAccount  `json:"best"` // the one of them with whom it is worth most
		Uses    []jsonUse     `json:"uses"`
		Backed  string        `json:"backed"` // why it is not explained away, where that had to be shown
		Backing []jsonUse     `json:"backing"`
		Until   []jsonUse     `json:"until"` // last activity of accounts of which it is assumed that they held it on
	}
	jsonFactor struct {
		Name string  `json:"name"`
		By   float64 `json:"by"`
		Why  string  `json:"why"`
	}
	jsonUse struct {
		Account  jsonAccount `json:"account"`
		Of       *jsonValue  `json:"of"` // the value, where the lines are not of the one they stand with
		Relation string      `json:"relation"`
		First    string      `json:"first"`
		Last     string      `json:"last"`
		Held     string      `json:"held"` // taken as still held until then; "" when nothing is assumed
		Count    uint64      `json:"count"`
		Lines    []jsonLine  `json:"lines"`
	}
	jsonLine struct {
		File string `json:"file"`
		Line int64  `json:"line"`
	}
	jsonMerge struct {
		A      jsonAccount `json:"a"`
		B      jsonAccount `json:"b"`
		Reason string      `json:"reason"`
		By     *jsonValue  `json:"by"`
		Uses   []jsonUse   `json:"uses"`
	}
	jsonStep struct {
		From     jsonAccount  `json:"from"`
		To       jsonAccount  `json:"to"`
		Points   float64      `json:"points"`
		Counting []jsonShared `json:"counting"`
	}
	jsonReliance struct {
		jsonPlace
		Context []jsonClaim `json:"context"`
	}
	jsonClaim struct {
		Account jsonAccount `json:"account"`
		jsonValue
		Relation string     `json:"relation"`
		Lines    []jsonLine `json:"lines"`
	}
	jsonJob struct {
		Employer string    `json:"employer"`
		First    string    `json:"first"`
		Last     string    `json:"last"`
		Uses     []jsonUse `json:"uses"`
	}
	jsonPartner struct {
		Account  jsonAccount  `json:"account"`
		Cluster  string       `json:"cluster_id"`
		Points   float64      `json:"points"`
		Counting []jsonShared `json:"counting"`
	}
)

// writeJSON writes one value, indented.
func (d *whyPage) writeJSON(v any) error {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return fmt.Errorf("why: %w", err)
	}
	_, err = d.w.Write(append(explain.EscapeJSON(data), '\n'))
	return err
}

// each converts a list; it never returns nil.
func each[A, B any](list []A, convert func(A) B) []B {
	out := make([]B, len(list))
	for i, x := range list {
		out[i] = convert(x)
	}
	return out
}

func accountJSON(a graph.AccountID) jsonAccount { return jsonAccount{a.Platform, a.Native} }

func valueJSON(id ident.ID) jsonValue { return jsonValue{id.Kind().String(), id.Key()} }

func (d *whyPage) placeJSON(p explain.Place) jsonPlace {
	return jsonPlace{accountJSON(p.Account), p.Person, each(p.Accounts, accountJSON), p.Cluster, p.Flagged, p.Member.Flagged,
		each(p.Apart, func(a explain.ApartFrom) jsonApart { return jsonApart{a.Cluster, a.Role, a.Reason} })}
}

func (d *whyPage) useJSON(u explain.Use) jsonUse {
	j := jsonUse{
		Account: accountJSON(u.Account), Relation: string(u.Relation), First: u.First.String(), Last: u.Last.String(), Held: u.Held.String(),
		Count: u.Count, Lines: each(u.Citations, d.lineJSON),
	}
	if u.Of.Valid() {
		v := valueJSON(u.Of)
		j.Of = &v
	}
	return j
}

func (d *whyPage) lineJSON(c explain.Citation) jsonLine {
	return jsonLine{d.x.Source(c.Source), c.Line}
}

func (d *whyPage) claimJSON(c explain.Claim) jsonClaim {
	return jsonClaim{accountJSON(c.Account), valueJSON(c.Identifier), string(c.Relation), each(c.Citations, d.lineJSON)}
}

func (d *whyPage) sharedJSON(s explain.Shared) jsonShared {
	j := jsonShared{
		jsonValue: valueJSON(s.Identifier), Family: string(s.Family), Class: s.Class, Holders: s.Holders, Points: s.Points,
		Factors: []jsonFactor{}, Echo: s.Echo, Part: s.Part, Adds: s.Adds, Why: s.Why,
		Overlap: [...]string{explain.Unknown: "unknown", explain.Together: "together", explain.InTurn: "in turn", explain.Assumed: "assumed"}[s.Overlap],
		Days:    s.Days, With: each(s.With, accountJSON), Uses: each(s.Uses, d.useJSON), Until: each(s.Until, d.useJSON),
		Backed: s.Backed, Backing: each(s.Backing, d.useJSON),
	}
	if s.Best.Valid() {
		best := accountJSON(s.Best)
		j.Best = &best
	}
	for _, f := range s.Factors {
		j.Factors = append(j.Factors, jsonFactor{f.Name, f.By, f.Why})
	}
	return j
}

func (d *whyPage) mergeJSON(m explain.Merge) jsonMerge {
	j := jsonMerge{A: accountJSON(m.A), B: accountJSON(m.B), Reason: m.Reason, Uses: each(m.Uses, d.useJSON)}
	if m.Identifier.Valid() {
		v := valueJSON(m.Identifier)
		j.By = &v
	}
	return j
}

func (d *whyPage) jobJSON(j explain.Job) jsonJob {
	return jsonJob{j.Employer, j.First.String(), j.Last.String(), each(j.Uses, d.useJSON)}
}

func (d *whyPage) stepJSON(s explain.Step) jsonStep {
	return jsonStep{accountJSON(s.From), accountJSON(s.To), s.Points, each(s.Counting, d.sharedJSON)}
}

func (d *whyPage) memberJSON(m explain.Membership) jsonMember {
	return jsonMember{
		jsonPlace: d.placeJSON(m.Place), Points: m.Points, Need: m.Need, Agrees: m.Agrees, TakenIn: m.TakenIn,
		Counting: each(m.Counting, d.sharedJSON), Nothing: each(m.Nothing, d.sharedJSON),
		Leaves: each(m.Leaves, func(s []int) []int { return s }), Beyond: each(m.Beyond, d.sharedJSON), Merges: each(m.Merges, d.mergeJSON),
		Jobs: each(m.Jobs, d.jobJSON), Context: each(m.Context, d.claimJSON),
		Relies: each(m.Relies, func(r explain.Reliance) jsonReliance {
			return jsonReliance{d.placeJSON(r.Place), each(r.Context, d.claimJSON)}
		}),
		Partners: each(m.Partners, func(p explain.Partner) jsonPartner {
			return jsonPartner{accountJSON(p.Account), p.Cluster, p.Points, each(p.Counting, d.sharedJSON)}
		}),
		More: m.More,
	}
}

func (d *whyPage) pairJSON(p explain.Pair) jsonPair {
	return jsonPair{
		A: d.placeJSON(p.A), B: d.placeJSON(p.B), OnePerson: p.OnePerson, Merges: each(p.Merges, d.mergeJSON), Points: p.Total, SoftOnly: p.SoftOnly,
		Counting: each(p.Counting, d.sharedJSON), Nothing: each(p.Nothing, d.sharedJSON), Path: each(p.Path, d.stepJSON),
	}
}
