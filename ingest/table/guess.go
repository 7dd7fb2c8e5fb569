package table

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/ingest"
	"samehand/ingest/tabular"
)

// Guess proposes a mapping for a table: YAML with a comment at each line that says why, for a person to check and
// correct. It looks at the names of the columns and at the first 1000 rows; values decide where names say something else, and none is
// shown. What was not understood is listed in comments. The result may be incomplete, and then says so; it is the same for the same bytes.
// in.Tenant, when it is given, becomes the tenant of the platform. It fails when there is no table.
func Guess(r io.Reader, in ingest.Input) ([]byte, error) {
	rows, err := tabular.Open(r, in, tabular.Options{})
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if _, keys := rows.(*tabular.JSONLinesReader); !keys { // of JSON lines, those keys are left out that look like values
		if err := tabular.NoHeader(rows.Columns()); err != nil {
			return nil, err
		}
	}
	p, err := sample(rows)
	if err != nil {
		return nil, err
	}
	g := &guess{profile: p, used: make([]bool, len(p.columns)), why: map[string]string{}}
	g.platform(in.Tenant)
	g.account()
	g.first = g.moment(firstNames, "first_seen")
	g.last = g.moment(lastNames, "last_seen")
	g.skips()
	g.values()
	return g.render(), nil
}

// guess is a mapping in the making.
type guess struct {
	*profile
	used        []bool            // columns that are part of the mapping, by number
	why         map[string]string // comments, by key of the mapping
	domain      *domain
	platformOf  string
	accountOf   string
	first, last *Moment
	skip        []Skip
	list        []guessed
	odd         []oddColumn
	dull        []string
}

// guessed is a value of the mapping, with the reason for it.
type guessed struct {
	Value
	why string
	at  int // its first column, for the order
}

// oddColumn is a column that is left out, with the reason, and what it could be (0 when there is no telling).
type oddColumn struct {
	name, why string
	kind      ident.Kind
	prefix    string
}

// platform tells the sort of export by its columns.
func (g *guess) platform(tenant string) {
	best := 0
	var marks []string
	for i := range domains {
		var found []string
		for _, c := range g.columns {
			if slices.Contains(domains[i].marks, c.key) {
				found = append(found, c.name)
			}
		}
		if len(found) > best {
			best, g.domain, marks = len(found), &domains[i], found
		}
	}
	g.platformOf = "import"
	g.why["platform"] = "no column tells what sort of export this is: write a word for the system"
	if g.domain != nil {
		g.platformOf = g.domain.platform
		g.why["platform"] = "looks like " + g.domain.about + " (" + tabular.Names(marks[:min(len(marks), 4)]) + ")"
	}
	if tenant = strings.ToLower(strings.TrimSpace(tenant)); tenant != "" {
		g.platformOf += ":" + tenant
	} else {
		g.why["platform"] += "; if it is one employer's, add it: " + g.platformOf + ":acme"
	}
}

// account picks the column that names the account: the best name that nearly every row has something for.
func (g *guess) account() {
	names := anyAccounts
	if g.domain != nil {
		names = slices.Concat(g.domain.accounts, anyAccounts)
	}
	for _, n := range names {
		for _, c := range g.columns {
			if c.key != n || len(c.values)*10 < len(g.rows)*9 || len(c.values) == 0 {
				continue
			}
			g.accountOf = c.name
			g.why["account"] = fmt.Sprintf("header %q; %s", c.name, g.filled(c))
			return
		}
	}
	for _, c := range g.columns { // any column that is different in every row
		if len(c.values) > 1 && c.unique == len(g.rows) {
			g.accountOf = c.name
			g.why["account"] = "check this: no header names an account, but " + g.filled(c)
			return
		}
	}
}

// filled says how many rows have a value, and how many different ones there are.
func (g *guess) filled(c column) string {
	return fmt.Sprintf("%d of %d rows have a value, %d different", len(c.values), len(g.rows), c.unique)
}

// moment picks a column of times, by the order of the names, when most of its values can be read.
func (g *guess) moment(names []string, key string) *Moment {
	for _, n := range names {
		for i, c := range g.columns {
			if g.used[i] || c.key != n || len(c.values) == 0 {
				continue
			}
			layout, fit, ambiguous := guessLayout(c.values)
			if layout == "" {
				continue
			}
			g.used[i] = true
			g.why[key] = fmt.Sprintf("header %q, %d of %d values are %s", c.name, fit, len(c.values), layout)
			if ambiguous {
				g.why[key] += "; check this: no day is above 12, it could be eu-date"
			}
			return &Moment{Column: c.name, Layout: layout}
		}
	}
	return nil
}

// skips finds columns that mark rows that say nothing.
func (g *guess) skips() {
	for i, c := range g.columns {
		if g.used[i] || !slices.Contains(skipNames, c.key) {
			continue
		}
		marked, plain := 0, true
		for _, v := range c.values {
			v = strings.ToLower(v)
			if slices.Contains(trueWords, v) {
				marked++
			} else if !slices.Contains(falseWords, v) {
				plain = false
			}
		}
		if !plain {
			continue
		}
		g.used[i] = true
		g.why["skip."+c.name] = fmt.Sprintf("header %q; %d of %d rows are marked", c.name, marked, len(g.rows))
		g.skip = append(g.skip, Skip{Column: c.name, Values: trueWords})
	}
}

// piece is a column that an alias knows.
type piece struct {
	column
	alias    *alias
	owner    string // the word in front of the name
	relation graph.Relation
}

// values finds what the rows say: values of one column, and values that are put together.
func (g *guess) values() {
	groups := map[string][]piece{} // by owner and kind, for values of several columns
	var order []string
	for i, c := range g.columns {
		if g.used[i] {
			continue
		}
		p, other := know(c)
		if p == nil && other == "" && g.besideRouting(c) {
			a := lookUp("accountnumber")
			p = &piece{column: c, alias: a, relation: a.relation}
		}
		switch {
		case other != "":
			g.leave(c, other)
		case p == nil || slices.Contains(dullNames, c.key):
			g.unknown(c)
		case p.alias.part == whole:
			g.single(*p)
		default:
			key := p.owner + "/" + p.alias.kind.String()
			if _, ok := groups[key]; !ok {
				order = append(order, key)
			}
			groups[key] = append(groups[key], *p)
		}
	}
	for _, key := range order {
		g.together(groups[key])
	}
	slices.SortStableFunc(g.list, func(a, b guessed) int { return cmp.Compare(a.at, b.at) })
}

// besideRouting reports whether a column that is only called account is a bank account: one with a routing number beside
// it, that does not name the accounts of the table.
func (g *guess) besideRouting(c column) bool {
	if c.key != "account" && c.key != "acct" || c.name == g.accountOf {
		return false
	}
	return slices.ContainsFunc(g.columns, func(o column) bool {
		a := lookUp(o.key)
		return a != nil && a.part == routing
	})
}

// know looks a column's name up, whole, without a number at its end, and without an owner in front.
// other says why a column of somebody else is not read.
func know(c column) (p *piece, other string) {
	for _, key := range []string{c.key, strings.TrimRight(c.key, "0123456789")} {
		if a := lookUp(key); a != nil {
			return &piece{c, a, "", a.relation}, ""
		}
		for _, o := range owners {
			rest, ok := strings.CutPrefix(key, o.word)
			if !ok || rest == "" {
				continue
			}
			if o.other != "" {
				return nil, o.other
			}
			rest = strings.TrimLeft(rest, "0123456789") // reference 2 phone
			if a := lookUp(rest); a != nil {
				return &piece{c, a, o.word, cmp.Or(o.relation, a.relation)}, ""
			}
		}
	}
	return nil, ""
}

func lookUp(key string) *alias {
	for i := range aliases {
		if slices.Contains(aliases[i].names, key) {
			return &aliases[i]
		}
	}
	return nil
}

func (g *guess) leave(c column, why string) { g.odd = append(g.odd, oddColumn{name: c.name, why: why}) }

// unknown looks at the values of a column whose name says nothing.
func (g *guess) unknown(c column) {
	if c.name == g.accountOf && !strings.Contains(c.key, "mail") {
		return
	}
	if slices.Contains(dullNames, c.key) {
		g.dull = append(g.dull, c.name)
		return
	}
	if s, n, ok := shapeOf(c.values); ok {
		// It may be somebody else's (an agent's, a landlord's), and would tie the account to the wrong hand: a person must say.
		why := fmt.Sprintf("the header is not known, but %d of %d values are %s; if they are the account's own, take the # away", n, len(c.values), s.about)
		g.odd = append(g.odd, oddColumn{c.name, why, s.kind, s.prefix})
		return
	}
	g.leave(c, "not understood; "+g.filled(c))
}

func (g *guess) add(at int, why string, v Value) { g.list = append(g.list, guessed{v, why, at}) }

// single maps a column to a value of its own, if its values agree with its name.
func (g *guess) single(p piece) {
	if p.relation == graph.ShipTo && p.alias.kind == ident.Employer {
		g.leave(p.column, "the company of an address is no employer")
		return
	}
	k, prefix := p.alias.kind, p.alias.prefix
	n := readable(k, prefix, p.values)
	if k == ident.Website && n*2 < len(p.values) && strings.Contains(p.key, "linkedin") { // the bare name of a profile
		k, prefix = ident.Handle, "linkedin:"
		n = readable(k, prefix, p.values)
	}
	switch {
	case len(p.values) == 0:
		g.add(p.at, fmt.Sprintf("header %q; empty in the rows looked at", p.name), p.value(k, prefix))
	case n*2 >= len(p.values):
		g.add(p.at, fmt.Sprintf("header %q, %d of %d values can be read as %s", p.name, n, len(p.values), k), p.value(k, prefix))
	case p.name == g.accountOf:
	default:
		if s, m, ok := shapeOf(p.values); ok {
			g.add(p.at, fmt.Sprintf("check this: header %q, but %d of %d values are %s", p.name, m, len(p.values), s.about), p.value(s.kind, s.prefix))
			return
		}
		g.leave(p.column, fmt.Sprintf("by its header %s, but only %d of %d values can be read so", k, n, len(p.values)))
	}
}

func (p piece) value(k ident.Kind, prefix string) Value {
	return Value{Columns: List{p.name}, Kind: k.String(), Relation: string(p.relation), Prefix: prefix}
}
