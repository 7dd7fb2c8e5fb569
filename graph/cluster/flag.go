package cluster

import (
	"fmt"

	"samehand/graph"
)

// excuse is an innocent explanation of what the members of a group share.
type excuse struct {
	name  string
	holds bool
	why   string // what speaks for it; said when it holds
	aside string // why it was set aside; said when it does not
}

// excuses lists the innocent explanations that are considered, each by one rule. The words hold no values.
func (d *detection) excuses(s summary) []excuse {
	o := d.o
	return []excuse{
		{"one person or a couple", s.names < o.Names, fmt.Sprintf("different full names: %d, fewer than %d", s.names, o.Names),
			fmt.Sprintf("there are %d different full names", s.names)},
		{"chance", s.sorts < o.Families && !s.ghosts, fmt.Sprintf("independent sorts of evidence that count: %d, fewer than %d", s.sorts, o.Families),
			fmt.Sprintf("%d independent sorts of evidence tie them together", s.sorts)},
		{"household", s.oneHome, "most members are registered at one home: a household",
			fmt.Sprintf("they are registered at %d different homes, and no one home has most of them", s.homes)},
		{"household and relatives", s.twoHomes && !s.oneHome, "nearly all members live together in two homes: a household and its relatives or partners",
			"no two homes have nearly all of them"},
		{"one employer", s.oneEmployer && !s.ghosts, "all members are with one employer, which explains what they share",
			fmt.Sprintf("they are with %d employers, none of which has all of them", s.employers)},
		{"household of unknown home", s.homes < o.Homes && !s.hardly && !s.oneHome && !s.twoHomes && !s.unknownHome, // which say it already
			"a household could explain what they share, and their homes are not known to differ",
			"their homes differ, or they share what households do not: a device, document, mailbox, handle, or a purse of several names"},
		{"payees of one account", s.moneyOnly && !s.ghosts, "only money and contacts tie them, and most have work of their own: who is paid is not who works",
			"more than money and contacts ties them, or most do not sign in at work of their own"},
		{"shared flat", s.site, "one line and one delivery address tie them and nothing else: too few members to tell from people who share a flat",
			"more than one line and one door ties them, or they are more than share a flat"},
		{"people of one line", s.unknownHome, "they live on one line and their registered homes are not known: a household could explain it",
			"their registered homes are known, or they are not all on one line"},
		{"service", s.oneAccount, "most members are tied by one account each and lead a life of their own on others: a service could explain it",
			"most are tied by more than one account each, or have no other account that would show a life of their own"},
	}
}

// decide flags a group when no innocent explanation holds for all of it, nor for those members alone who are more than
// passing. It returns the reasons, and the explanations that were considered.
func (d *detection) decide(all, counting summary) (bool, []string, []graph.LookAlike) {
	if d.plain() {
		return false, []string{"connected components are for comparison: nothing is weighed, so nothing is flagged"}, nil
	}
	es := d.excuses(all)
	against := holding(es)
	if len(against) > 0 {
		return false, against, lookAlikes(es)
	}
	passing := all.persons - counting.persons
	if passing == 0 {
		return true, d.grounds(all), lookAlikes(es)
	}
	es = d.excuses(counting)
	shown := fmt.Sprintf("persons who may be in it without their doing, who are shown and not counted: %d (one value ties them, or they only live where the parcels go)", passing)
	if against = holding(es); len(against) > 0 {
		return false, append(against, shown), lookAlikes(es)
	}
	return true, append(d.grounds(counting), shown), lookAlikes(es)
}

// holding returns what speaks for the explanations that hold.
func holding(es []excuse) []string {
	var why []string
	for _, e := range es {
		if e.holds {
			why = append(why, e.why)
		}
	}
	return why
}

// lookAlikes writes down which explanations were considered, and what became of them.
func lookAlikes(es []excuse) []graph.LookAlike {
	list := make([]graph.LookAlike, len(es))
	for i, e := range es {
		list[i] = graph.LookAlike{Name: e.name, Holds: e.holds, Reason: e.aside}
		if e.holds {
			list[i].Reason = e.why
		}
	}
	return list
}

// grounds says why a group is flagged.
func (d *detection) grounds(s summary) []string {
	why := []string{
		fmt.Sprintf("%d persons with %d different full names share values that few others have, and the data show no household, employer or known service that explains all of it", s.persons, s.names),
	}
	if len(s.families) > 1 {
		why = append(why, fmt.Sprintf("%d families of evidence tie them together; two of them may come from one record", len(s.families)))
	}
	if s.homes >= d.o.Homes {
		why = append(why, fmt.Sprintf("they are registered at %d different homes", s.homes))
	}
	if s.hardly {
		why = append(why, "some of it is no household's: a document, mailbox or handle of people of different names, or a device or purse of several who do not live on one line")
	}
	if s.ghosts {
		why = append(why, "most of those paid into one purse never sign in where others of that employer do")
	}
	return why
}
