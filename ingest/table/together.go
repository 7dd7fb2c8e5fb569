package table

import (
	"fmt"
	"slices"

	"samehand/graph/ident"
)

// together maps columns that hold parts of one value: a bank account, a name, an address.
func (g *guess) together(ps []piece) {
	switch ps[0].alias.kind {
	case ident.Payment:
		g.bank(ps)
		g.provider(ps)
	case ident.Name:
		g.parts(ps, []part{firstName, middleName, lastName}, lastName, "a given name alone names nobody")
	case ident.Address:
		g.parts(ps, []part{street, street2, street3, city, state, zip, country}, street, "without a street it does not say which door")
	}
}

// pick returns the columns that hold the wanted parts, in the order wanted, without repeats of a part.
func pick(ps []piece, want []part) []piece {
	var out []piece
	for _, w := range want {
		if i := slices.IndexFunc(ps, func(p piece) bool { return p.alias.part == w }); i >= 0 {
			out = append(out, ps[i])
		}
	}
	return out
}

func places(ps []piece) (at []int, names List) {
	for _, p := range ps {
		at, names = append(at, p.at), append(names, p.name)
	}
	return at, names
}

// leaveOthers lists the columns that were not picked.
func (g *guess) leaveOthers(ps, picked []piece, why string) {
	for _, p := range ps {
		if !slices.ContainsFunc(picked, func(q piece) bool { return q.at == p.at }) {
			g.leave(p.column, why)
		}
	}
}

// parts maps the parts of a name or an address, which say nothing without the one that is needed.
func (g *guess) parts(ps []piece, want []part, need part, without string) {
	picked := pick(ps, want)
	kind := ps[0].alias.kind
	if !slices.ContainsFunc(picked, func(p piece) bool { return p.alias.part == need }) {
		g.leaveOthers(ps, nil, without)
		return
	}
	g.leaveOthers(ps, picked, "another column holds the same part")
	at, names := places(picked)
	values := g.joined(at, " ", 0)
	n := readable(kind, "", values)
	why := fmt.Sprintf("headers of the parts of one %s; %d of %d together can be read so", kind, n, len(values))
	if n*2 < len(values) {
		g.leaveOthers(ps, nil, fmt.Sprintf("by its header part of one %s, but only %d of %d can be read so", kind, n, len(values)))
		return
	}
	v := Value{Columns: names, Kind: kind.String(), Relation: string(picked[0].relation)}
	if kind == ident.Address {
		join := ", "
		v.Join = &join
	}
	g.add(picked[0].at, why, v)
}

// bank maps routing and account number.
func (g *guess) bank(ps []piece) {
	r, a := pick(ps, []part{routing}), pick(ps, []part{bankAccount})
	switch {
	case len(r) > 0 && len(a) > 0:
		g.bankPair(r[0], a[0])
		return
	case len(r) > 0:
		g.leave(r[0].column, "a routing number alone is shared by all customers of the bank")
	case len(a) > 0:
		g.single(a[0])
	}
}

// abaPrefix says that a number is a routing number, so that nothing else is read out of it.
const abaPrefix = "aba:"

// bankPair maps the pair, filling routing numbers with the zeros that spreadsheets eat.
func (g *guess) bankPair(r, a piece) {
	colon, zeros := ":", 0
	n := readable(ident.Payment, abaPrefix, r.values)
	if slices.ContainsFunc(r.values, func(s string) bool { return len(s) == 7 || len(s) == 8 }) {
		if filled := readable(ident.Payment, abaPrefix, g.joined([]int{r.at}, "", 9)); filled > n {
			n, zeros = filled, 9
		}
	}
	if n*2 < len(r.values) {
		g.leave(r.column, fmt.Sprintf("by its header a routing number, but only %d of %d values pass the ABA check", n, len(r.values)))
		g.single(a)
		return
	}
	why := fmt.Sprintf("header %q, %d of %d values pass the ABA check; with account %q", r.name, n, len(r.values), a.name)
	if zeros > 0 {
		why += "; some have lost their leading zeros"
	}
	g.add(r.at, why, Value{Columns: List{r.name, a.name}, Join: &colon, Zeros: zeros, Kind: ident.Payment.String(), Relation: string(r.relation)})
}

// provider maps the way of payment and the account there.
func (g *guess) provider(ps []piece) {
	m, a := pick(ps, []part{payProvider}), pick(ps, []part{payAccount})
	if len(a) == 0 {
		for _, p := range m {
			g.dull = append(g.dull, p.name)
		}
		return
	}
	if len(m) > 0 {
		colon := ":"
		values := g.joined([]int{m[0].at, a[0].at}, colon, 0)
		n := readable(ident.Payment, "", values)
		if alone := readable(ident.Payment, "", a[0].values); n > alone || n*10 >= len(values)*9 && n == alone {
			g.add(m[0].at, fmt.Sprintf("headers %q and %q, %d of %d together can be read as payment", m[0].name, a[0].name, n, len(values)),
				Value{Columns: List{m[0].name, a[0].name}, Join: &colon, Kind: ident.Payment.String(), Relation: string(a[0].relation)})
			return
		}
		g.dull = append(g.dull, m[0].name)
	}
	g.single(a[0])
}
