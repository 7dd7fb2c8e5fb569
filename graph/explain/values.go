package explain

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// evidence explains the values that the run weighed, most points first.
func (w *work) evidence() []Value {
	var out []Value
	for _, e := range w.c.Evidence {
		v := Value{
			Identifier: e.Identifier, Family: e.Family, Class: e.Class, Points: e.Points, Holders: e.Holders,
			Inside: e.Inside, Reason: AsSentence(e.Note), Also: e.Also,
		}
		w.trace(&v, e)
		if len(v.Uses) == 0 { // no line is left to say otherwise
			v.First, v.Last = e.First, e.Last
		}
		out = append(out, v)
	}
	slices.SortStableFunc(out, compareValues)
	return out
}

func compareValues(a, b Value) int {
	return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(b.Inside, a.Inside), a.Identifier.Compare(b.Identifier),
		cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), strings.Compare(a.Class, b.Class))
}

// trace fills in what the table says of a weighed value. A value may be there more than once, for different
// times (a recycled IP address); only what was seen with these accounts at these times is cited. Where that leaves an account of the evidence
// without a line, all its lines are.
func (w *work) trace(v *Value, e graph.Evidence) {
	hs := w.have[e.Identifier]
	if len(e.Also) > 0 {
		hs = slices.Clone(hs)
		for _, id := range e.Also {
			hs = append(hs, w.have[id]...)
		}
		slices.SortStableFunc(hs, func(a, b held) int { return cmp.Compare(a.member, b.member) })
	}
	for lo := 0; lo < len(hs); {
		hi := lo
		for hi < len(hs) && hs[hi].member == hs[lo].member {
			hi++
		}
		if len(e.Accounts) == 0 || slices.Contains(e.Accounts, w.c.Members[hs[lo].member].Account) {
			us := w.uses(e.Identifier, hs[lo:hi], e.First, e.Last)
			if len(us) == 0 {
				us = w.uses(e.Identifier, hs[lo:hi], 0, 0)
			}
			v.Uses = append(v.Uses, us...)
		}
		lo = hi
	}
	w.count(v)
	v.Accounts = max(v.Accounts, len(e.Accounts))
	if v.Inside == 0 {
		v.Inside = len(w.holders(*v))
	}
}

// count fills in who had the value and when, from its uses.
func (w *work) count(v *Value) {
	for i, u := range v.Uses {
		v.First, v.Last = widen(v.First, v.Last, u.First, u.Last)
		v.Held = max(v.Held, u.Held)
		if i == 0 || v.Uses[i-1].Account != u.Account {
			v.Accounts++
		}
	}
	v.Overlap = w.overlap(*v)
}

// holders returns the numbers of the persons who have the value, sorted.
func (w *work) holders(v Value) []int {
	var ps []int
	for _, u := range v.Uses {
		ps = append(ps, w.persons[u.Account])
	}
	slices.Sort(ps)
	return slices.Compact(ps)
}

// overlap compares the periods in which persons had the value: those of the cited lines, and those the run weighed,
// which take what was given once as held on (see [linkage.Held]). A gap that the run forgives is no proof of anything.
func (w *work) overlap(v Value) Overlap {
	held, all := w.periods(v)
	switch {
	case w.metInLines(v):
		return Together
	case len(held) < 2:
		return Unknown
	case overlapping(held, 0):
		return Assumed
	case !all, overlapping(held, graph.Time(linkage.Defaults().Tolerance.Microseconds())):
		return Unknown
	}
	return InTurn
}

// metInLines reports whether uses of two persons overlap as they are cited. The accounts of one person are not put
// together for it: two single days of two accounts are no period.
func (w *work) metInLines(v Value) bool {
	period := func(u Use) bool { return u.First != 0 && (u.First < u.Last || inUse(u.Relation)) }
	for i, a := range v.Uses {
		for _, b := range v.Uses[:i] {
			if period(a) && period(b) && w.persons[a.Account] != w.persons[b.Account] && a.First <= b.Last && b.First <= a.Last {
				return true
			}
		}
	}
	return false
}

// periods returns the period of each person with known times, held on, and whether that is everybody. A delivery or payment is a moment and says nothing about when the value ceased to be
// theirs, unless the run weighs the times of values of that kind.
func (w *work) periods(v Value) (ps []period, all bool) {
	byPerson, without := map[int]period{}, map[int]bool{}
	for _, u := range v.Uses {
		n := w.persons[u.Account]
		last := max(u.Last, u.Held)
		if u.First == 0 || u.First == last && !inUse(u.Relation) && !linkage.WeighsTime(v.Identifier.Kind()) {
			without[n] = true
			continue
		}
		p := byPerson[n]
		p.first, p.last = widen(p.first, p.last, u.First, last)
		byPerson[n] = p
	}
	for n, p := range byPerson {
		ps = append(ps, p)
		delete(without, n)
	}
	return ps, len(without) == 0
}

// inUse reports whether one sight of a relation is a use of the value at that moment.
func inUse(r graph.Relation) bool {
	return r == graph.Login || r == graph.MFA || r == graph.Uses || r == graph.Transfer
}

type period struct{ first, last graph.Time }

// overlapping reports whether any two periods overlap, or are no more than gap apart, in whatever order they come.
func overlapping(ps []period, gap graph.Time) bool {
	slices.SortFunc(ps, func(a, b period) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last)) })
	last := ps[0].last
	for _, p := range ps[1:] {
		if p.first <= last+gap {
			return true
		}
		last = max(last, p.last)
	}
	return false
}

// weak takes out of values those that got no points, and returns them.
func (w *work) weak(values *[]Value) []Value {
	var keep, out []Value
	for _, v := range *values {
		if v.Points > 0 {
			keep = append(keep, v)
			continue
		}
		if v.Reason == "" {
			v.Reason = "Too little is left for a pair of its holders to count: " + Count(max(v.Holders, v.Inside), "person") + map[bool]string{true: " has", false: " have"}[max(v.Holders, v.Inside) == 1] + " it in the whole case."
		}
		out = append(out, v)
	}
	*values = keep
	return out
}

// unweighed explains what persons of the cluster share that the run did not weigh at all.
func (w *work) unweighed() []Value {
	weighed := map[ident.ID]bool{}
	for _, e := range w.c.Evidence {
		weighed[e.Identifier] = true
		for _, id := range e.Also {
			weighed[id] = true
		}
	}
	var ids []ident.ID
	for id := range w.have {
		if !weighed[id] && id.Kind() != ident.Tag && w.sharedBy(w.have[id]) > 1 {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, ident.ID.Compare)
	var out []Value
	for _, id := range ids {
		v := Value{Identifier: id, Inside: w.sharedBy(w.have[id]), Uses: w.uses(id, w.have[id], 0, 0)}
		w.count(&v)
		w.whyNot(&v)
		out = append(out, v)
	}
	return out
}

func (w *work) sharedBy(hs []held) int {
	ps := map[int]bool{}
	for _, h := range hs {
		ps[w.persons[w.c.Members[h.member].Account]] = true
	}
	return len(ps)
}

// whyNot says why a value that is shared was not weighed: first what the run found out, then what lies in the value itself.
func (w *work) whyNot(v *Value) {
	id := v.Identifier
	hub, isHub := w.hubs[id]
	switch {
	case isHub:
		v.Class, v.Reason, v.Holders = hub.Class, AsSentence(hub.Reason), hub.Holders
	case !id.Mark().Links():
		v.Class, v.Reason = id.Mark().String(), "It is "+ClassWords(id.Mark().String())+": it ties nobody to anybody."
	case id.Kind() == ident.Employer:
		v.Class, v.Reason = "employer", "An employer is a property of an account and never a tie: colleagues are not one hand."
	case id.Kind() == ident.Name:
		v.Class, v.Reason = "name", "People who bear the same name are not the same person; a name ties nobody on its own."
	case allRelations(v.Uses, graph.Recruiter):
		v.Class, v.Reason = "recruiter", "It belongs to somebody who handled the applications, not to the applicants."
	case id.Kind() == ident.Address && allRelations(v.Uses, graph.Registered):
		v.Class, v.Reason = "own", "All are registered there: that is a home they share, and speaks for a household."
	default:
		v.Class, v.Reason = "unweighed", unweighedWhy(*v)
	}
	if v.Reason == "" {
		v.Reason = "It is " + ClassWords(v.Class) + "."
	}
}

// unweighedWhy says why a value that could tie people was not weighed for those who share it here.
func unweighedWhy(v Value) string {
	able := map[graph.AccountID]bool{}
	for _, u := range v.Uses {
		if linkage.Links(v.Identifier, u.Relation) {
			able[u.Account] = true
		}
	}
	switch {
	case len(able) < 2:
		return "Fewer than two of them have it in a way that can tie people to each other."
	case v.Identifier.Kind() == ident.IP && v.Overlap != Together:
		return "They had it at different times, with silence between: an IP address goes to other customers, and is weighed by period."
	case v.Identifier.Kind() == ident.IP:
		return "It is one of several addresses of a line, and was weighed with that line, under another of them."
	}
	return "It was weighed under another spelling, or it came with a file that was added after the detection. Detect again to know."
}

func allRelations(us []Use, r graph.Relation) bool {
	return !slices.ContainsFunc(us, func(u Use) bool { return u.Relation != r })
}

// describe puts a value in words.
func (w *work) describe(v Value) Sentence {
	s := say("The ").identifier(v.Identifier).say(" was seen with ", Count(v.Accounts, "account"), " of ", Count(v.Inside, "person"),
		" of this cluster, ", Period(v.First, v.Last), ".")
	if n := len(v.Also); n > 0 {
		what := " other spellings of it that files have"
		if v.Identifier.Kind() == ident.IP {
			what = " other addresses that the line had"
		}
		s = s.say(" It was weighed as one with", what, ": ", strconv.Itoa(n), ".")
	}
	if v.Held > v.Last {
		s = s.say(" Where an account gave it only once, it is taken as still held until that account's last activity, ", Day(v.Held),
			" at the latest, which is an assumption.")
	}
	s = s.say(inCase(v))
	switch {
	case v.Overlap == Together:
		s = s.say(" The periods in which they were seen with it overlap.")
	case v.Overlap == Assumed && v.Held <= v.Last:
		s = s.say(" No cited line shows two persons with it at the same time, but they were seen with it by turns.")
	case v.Overlap == Assumed:
		s = s.say(" No cited line shows two persons with it at the same time: that they had it together rests on that assumption, or on sights by turns.")
	case v.Overlap == InTurn && v.Held > v.Last:
		s = s.say(" They were seen with it one after another, never at the same time, also by that assumption.")
	case v.Overlap == InTurn:
		s = s.say(" They were seen with it one after another, never at the same time.")
	}
	if v.Points > 0 {
		s = s.say(" It counts ", Points(v.Points), " points for a pair of its holders.")
	}
	switch {
	case v.Reason != "" && v.Points > 0:
		s = s.say(" It counts only in part. ", v.Reason)
	case v.Reason != "":
		s = s.say(" It is discounted. ", v.Reason)
	}
	return s
}

// inCase says who else has a value. An IP address is weighed by period, since it is given to others later; of other
// periods its number of holders says nothing.
func inCase(v Value) string {
	line := v.Identifier.Kind() == ident.IP
	switch {
	case v.Holders > v.Inside && line:
		return " In the whole case " + Count(v.Holders, "person") + " had it in this period."
	case v.Holders > v.Inside:
		return " In the whole case " + Count(v.Holders, "person") + " have it."
	case v.Holders > 0 && line:
		return " Nobody else in the case is seen with it in this period."
	case v.Holders > 0:
		return " Nobody else in the case has it."
	}
	return ""
}

// AsSentence makes our own words, or a reason of a run, one visible line with a capital and a full stop.
func AsSentence(s string) string {
	s = strings.TrimSpace(Shown(s))
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		s = string(s[0]-'a'+'A') + s[1:]
	}
	if s == "" || strings.ContainsRune(".!?", rune(s[len(s)-1])) {
		return s
	}
	return s + "."
}
