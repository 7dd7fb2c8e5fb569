package cluster

import (
	"slices"

	"samehand/graph"
	"samehand/graph/community"
)

// Settings lists every option by name, in a fixed order, each with what it is and why.
func (o *Options) Settings() []graph.Setting {
	method := graph.Setting{Name: "method", Group: "Method", S: &o.Method, OneOf: methodNames(),
		Why: "how persons are grouped: leiden is what everything else was set on; components is for comparison and flags nothing"}
	return slices.Concat([]graph.Setting{method}, o.Linkage.Settings(), o.communitySettings(), o.ownSettings(), o.Typology.Settings())
}

func methodNames() []string {
	var names []string
	for _, m := range community.Methods() {
		names = append(names, m.Name())
	}
	return names
}

// communitySettings lists the options of community that change what is found. [community.Options.Validate] is stricter.
func (o *Options) communitySettings() []graph.Setting {
	const g = "Grouping persons"
	c := &o.Community
	return []graph.Setting{
		{Name: "community.objective", Group: g, S: (*string)(&c.Objective), OneOf: []string{"", string(community.CPM), string(community.Modularity)},
			Why: "what the grouping makes as large as it can be; empty is what is usual for the method: cpm, whose groups do not depend on how large the case is, and modularity for louvain"},
		{Name: "community.resolution", Group: g, Unit: "points", F: &c.Resolution, Lo: 0, Hi: 1e6,
			Why: "points above 0 that a pair of persons must be worth to be together (cpm), or a factor of what chance would tie (modularity); more gives smaller groups"},
		{Name: "community.seed", Group: g, U: &c.Seed,
			Why: "what the order is drawn from in which persons are looked at; 0 is their own order. Another seed shows what hangs on the order"},
		{Name: "community.iterations", Group: g, Unit: "rounds", N: &c.Iterations, Lo: 0, Hi: 1e6,
			Why: "rounds of leiden; 0 goes on until nothing is gained, and from the tenth on until little is"},
		{Name: "community.max-nodes", Group: g, Unit: "persons", N: &c.MaxNodes, Lo: 2, Hi: 1e9,
			Why: "persons that hang together above which louvain leaves the weakest ties out: it is slow on more"},
	}
}

// section makes settings of one group.
type section string

func (g section) points(name string, p *float64, why string) graph.Setting {
	return graph.Setting{Name: "cluster." + name, Group: string(g), Why: why, Unit: "points", F: p, Lo: 0, Hi: 100}
}

func (g section) factor(name string, p *float64, hi float64, why string) graph.Setting {
	return graph.Setting{Name: "cluster." + name, Group: string(g), Why: why, Unit: "factor", F: p, Lo: 0, Hi: hi}
}

func (g section) share(name string, p *float64, why string) graph.Setting {
	return graph.Setting{Name: "cluster." + name, Group: string(g), Why: why, Unit: "share", F: p, Lo: 0, Hi: 1}
}

func (g section) count(name string, p *int, lo, hi float64, unit, why string) graph.Setting {
	return graph.Setting{Name: "cluster." + name, Group: string(g), Why: why, Unit: unit, N: p, Lo: lo, Hi: hi}
}

// ownSettings lists the options of this package.
func (o *Options) ownSettings() []graph.Setting {
	const join, flag, odd section = "Clusters from groups", "What flags a cluster", "Clusters that are too large, and what hangs on one value"
	return []graph.Setting{
		join.points("floor", &o.Floor, "points of a pair below which it is no tie between persons: hubs leave many crumbs"),
		join.points("join-one", &o.JoinOne, "points of one value of their own that join two groups: a device, purse, contact or paper, nearly undiscounted"),
		join.points("join-many", &o.JoinMany, "points that values of two families must have together to join two groups"),
		join.points("need", &o.Need, "points that must tie a member to the rest: two thirds of an undiscounted value"),
		join.factor("echo", &o.Echo, 10, "what each further holder inside adds to a value: a value of many members says more than one of two"),
		join.factor("echo-max", &o.EchoMax, 100, "what a value is multiplied by at most because of its holders inside: one value may not decide alone"),
		join.points("hold", &o.Hold, "points of a pair below which it does not hold a cluster together"),
		{Name: "cluster.take-in", Group: string(join), Unit: "points and bits", F: &o.TakeIn, Lo: 0, Hi: 1000,
			Why: "points of what ties somebody to a flagged group, and bits of habits, from which they belong to it, if habits do not speak against it where one thing is all that ties: six points say more than chance meetings between a few people do"},
		join.points("take-in-flagged", &o.TakeInFlagged, "points that tie two flagged groups together, of whatever sort but lines: two rings that have a rare thing in common are one"),
		flag.points("family-need", &o.FamilyNeed, "points from which a family counts: less may show a member, and proves nothing"),
		flag.count("names", &o.Names, 1, 1000, "names", "distinct full names a flagged cluster has at least: two are a couple"),
		flag.count("families", &o.Families, 1, 1000, "families", "independent sorts of evidence that a flagged cluster has at least (a family each, but mailbox, phone and handle are three, and several jobs at once are one more): one may be planted"),
		flag.count("homes", &o.Homes, 1, 1000, "homes", "homes at least that a flagged cluster lives in, and that more than one value ties to the others: a household has one, and its relatives another"),
		flag.share("one-home", &o.OneHome, "share of the members who could live in one home that makes it that home's, and of those whose home is known who are registered elsewhere that makes it nobody's"),
		flag.share("one-account", &o.OneAccount,
			"share of members tied by one account only, beside a life of their own, that makes it a service's customers"),
		flag.share("bundle", &o.Bundle, "share of the members who have a value, from which it is everybody's: when all that ties them is such values of money and contact, they are one person's who is paid or called for the others"),
		flag.share("alike", &o.Alike, "share of the holders of two values of money or contact who have both, from which the two count as one: a bookkeeper's account and number come together"),
		flag.share("own-line", &o.OwnLine, "share of somebody's sign-ins on lines that nobody else has, from which they live elsewhere: servers and proxies of personas take a fifth to a third"),
		flag.count("site", &o.Site, 1, 1000, "names", "names from which people on one line are more than share a flat"),
		flag.count("same-person", &o.SamePerson, 2, 100, "kinds", "kinds of things kept to oneself that two have all in common, from which they are counted as one person, whatever their names: couples share a purse and a number"),
		flag.count("planted", &o.Planted, 0, 100, "values", "values at most that may have been put on somebody who lives and works elsewhere, on top of their own: more are too much trouble to plant"),
		{Name: "cluster.brief", Group: string(flag), D: &o.Brief, Lo: 0, Hi: 365 * 24,
			Why: "time for which a value is held at most that comes and goes on an account that lives much longer: what is planted does not stay, a job does"},
		flag.count("busy", &o.Busy, 1, 1000, "persons", "members with two jobs or more at once from which living together does not explain what they share: one or two people in a hundred have two"),
		flag.share("busy-share", &o.BusyShare, "share of the members that these are at least"),
		{Name: "cluster.habits", Group: string(flag), Unit: "bits", F: &o.Habits, Lo: -100, Hi: 1000,
			Why: "bits from which the habits of a group are those of personas and not of people who live together: 3 is eight times as likely, by what published cases say and the case shows of others"},
		{Name: "cluster.habits-alone", Group: string(flag), Unit: "bits", F: &o.HabitsAlone, Lo: -100, Hi: 1000,
			Why: "bits from which habits speak for themselves, and no explanation by home, workplace, service or chance is enough: 4 is sixteen times as likely"},
		flag.count("jobs", &o.Jobs, 1, 1000, "employers", "employers of one person that nobody works for alone: over-employed people have two to four"),
		flag.count("jobs-at-once", &o.JobsAtOnce, 1, 1000, "employers", "how many of these at one time nobody works for alone"),
		odd.count("oversize", &o.Oversize, 3, 1e6, "persons",
			"persons above which a cluster is split where it hangs together by little: one home has had 68 personas"),
		odd.share("bridge", &o.Bridge, "share of the weight on the lighter side that a bridge has at most"),
		odd.share("giant", &o.Giant, "share of all persons above which a cluster is not to be believed"),
		odd.count("giant-min", &o.GiantMin, 3, 1e6, "persons", "persons from which a cluster can be one: in a small case a ring is a large part"),
		odd.count("replicates", &o.Replicates, 0, 1000, "times", "times that values are left out at random to see who stays; 0 leaves that away"),
		{Name: "cluster.leave-out", Group: string(odd), Unit: "probability", F: &o.LeaveOut, Lo: 0, Hi: .9,
			Why: "probability that a value is left out: what a bootstrap sample leaves out is 1/e"},
	}
}
