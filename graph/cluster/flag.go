package cluster

import (
	"fmt"
	"slices"

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
	es := []excuse{
		{"one person or a couple", s.names < o.Names, fmt.Sprintf("different full names: %d, fewer than %d", s.names, o.Names),
			fmt.Sprintf("there are %d different full names", s.names)},
		{"chance", s.sorts < o.Families, fmt.Sprintf("independent sorts of evidence that count: %d, fewer than %d", s.sorts, o.Families),
			fmt.Sprintf("%d independent sorts of evidence tie them together", s.sorts)},
		{"chance meetings", s.tied < o.Homes, fmt.Sprintf("%s more than one thing in common with those of other homes, and a ring has %d such homes at least: the rest hang on one value each, which may be chance", membersOf(s.tied), o.Homes),
			fmt.Sprintf("members of %d homes have more than one thing in common with those of other homes", s.tied)},
		{"pairs of acquaintances", s.pairs, "they are few, each two share something else, nothing is shared by three, and they do not do as personas do: people who know each other do so",
			"three of them have one value, they are more, or they do as personas do"},
		{"household", s.units < o.Homes, fmt.Sprintf("a household could explain it: they could live in %s (who is not known to live elsewhere counts to the others on their line)", homesWord(s.units)),
			fmt.Sprintf("they live in %d homes at least, and what they share they share across these", s.units)},
		{"one home and its guests", s.oneHome, "most could live in one home, a household or a dormitory, and little but line and door ties the others to it",
			"no one home has most of them, or more than line and door ties the others to it"},
		{"one employer", s.oneEmployer, "all members are with one employer, which explains what they share",
			fmt.Sprintf("no employer has all of them; employers that are known: %d", s.employers)},
		{"firm", s.firm, "nearly all have one purse and one number, mailbox or line in common, and most are not known to live each by themselves: a family firm or a consultancy does so",
			"no purse and number is everybody's, or most are registered at homes of their own"},
		{"payees of one account", s.moneyOnly, "values of money and contact that nearly all have are all that ties them, as those of a guardian or an agent do: who is paid is not who works",
			"more than money and contacts ties them, or they share several such values, each by a few"},
		{"shared flat", s.site, "lines and delivery addresses are all that ties them, and most are not known to live elsewhere: people who share a flat do",
			"more than lines and doors ties them, or most are registered at homes of their own elsewhere"},
		{"flat-mates registered elsewhere", s.flat && !s.site, "they are few, live on one line, and share nothing that people who live together do not share: some may be registered elsewhere",
			"they are many, live on several lines, hold several jobs at once, or share what people who live together do not"},
		{"people who live there", s.residents, "most of them sign in from the lines they share and hardly from elsewhere, and most are not known to have homes of their own, or they are few, and lines and doors are all that ties them: they may really live or work there",
			"most sign in from elsewhere, too, or are registered at homes of their own"},
		{"shared workplace", s.workplace, "lines, delivery addresses and numbers are all that ties them, and half of those who sign in do so from lines of their own: they may work at one place, or for one agency, and live elsewhere",
			"more than lines, doors and numbers ties them, or most sign in from nowhere of their own"},
		{"service", s.oneAccount, "most members are tied by one account each and lead a life of their own on others: a service could explain it",
			"most are tied by more than one account each, or have no other account that would show a life of their own"},
	}
	if s.ghosts {
		setAside(es, notOfGhosts, "it would explain what people share, and does not explain that they are paid and never sign in where others of that employer do")
	}
	if s.habits >= o.HabitsAlone {
		setAside(es, notOfPersonas, "it would explain what people share, and does not explain that they do as personas do: "+d.habitsInWords(s))
	}
	return es
}

// notOfGhosts names the explanations that say nothing about people who may not exist.
var notOfGhosts = []string{
	"chance", "chance meetings", "pairs of acquaintances", "household", "one home and its guests", "one employer", "firm", "payees of one account", "shared flat", "people who live there",
}

// notOfPersonas names the explanations that say nothing about people whose habits are those of personas by far. A firm and its payees do
// some of that, too.
var notOfPersonas = []string{
	"chance", "chance meetings", "household", "one home and its guests", "shared flat", "flat-mates registered elsewhere", "shared workplace", "service",
}

// setAside sets aside those of some explanations that hold, and says why.
func setAside(es []excuse, names []string, why string) {
	for i := range es {
		if es[i].holds && slices.Contains(names, es[i].name) {
			es[i].holds, es[i].aside = false, why
		}
	}
}

// decide flags a group when no innocent explanation holds for all of it, nor for those members alone who are more than
// passing: that many are, and counting sums up the others, when it is asked. It returns the reasons, and the explanations that were considered.
func (d *detection) decide(all summary, passing int, counting func() summary) (bool, []string, []graph.LookAlike) {
	if d.plain() {
		return false, []string{"connected components are for comparison: nothing is weighed, so nothing is flagged"}, nil
	}
	es := d.excuses(all)
	against := holding(es)
	if len(against) > 0 {
		return false, against, lookAlikes(es)
	}
	if passing == 0 {
		return true, d.grounds(all), lookAlikes(es)
	}
	core := counting()
	es = d.excuses(core)
	shown := fmt.Sprintf("persons who may be in it without their doing, who are shown and not counted: %d (one value ties them, or they only live where the parcels go)", passing)
	if against = holding(es); len(against) > 0 {
		return false, append(against, shown), lookAlikes(es)
	}
	return true, append(d.grounds(core), shown), lookAlikes(es)
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

// reasonBusy is left out where a habit says the same with numbers.
const reasonBusy = "several of them hold more than one job at once, which few people do"

// grounds says why a group is flagged.
func (d *detection) grounds(s summary) []string {
	first := fmt.Sprintf("%d persons with %d different full names share values that few others have", s.persons, s.names)
	if !s.ghosts { // with these it is not asked
		first += ", and the data show no household, employer or known service that explains all of it"
	}
	why := []string{first}
	if len(s.families) > 1 {
		why = append(why, fmt.Sprintf("%d families of evidence tie them together; two of them may come from one record", len(s.families)))
	}
	if s.homes >= d.o.Homes {
		why = append(why, fmt.Sprintf("they are registered at %d different homes", s.homes))
	}
	if s.busy {
		why = append(why, reasonBusy)
	}
	if s.ghosts {
		why = append(why, graph.ReasonGhosts)
	}
	return why
}

// homesWord says how many homes.
func homesWord(n int) string {
	if n == 1 {
		return "one home"
	}
	return fmt.Sprintf("%d homes", n)
}

// membersOf begins a sentence about the members of few homes.
func membersOf(homes int) string {
	switch homes {
	case 0:
		return "no members have"
	case 1:
		return "members of one home only have"
	}
	return fmt.Sprintf("members of only %d homes have", homes)
}
