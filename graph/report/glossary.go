package report

// term is a word of the report and what it means.
type term struct{ Word, Meaning string }

// glossary explains the words and numbers of a report, in the order in which a reader meets them.
func glossary() []term {
	return []term{
		{"Account", "A login, profile or payee on one platform, as a source names it."},
		{"Person", "One or more accounts that carry the marks of one claimed person: the same full name with the same mailbox, phone or device, for example. Whether that person exists, and is who is named, is not known from data."},
		{"Cluster", "Persons whose accounts share so much that one hand may be running them. A lead to look into, never a finding."},
		{"Flagged", "Three or more names are tied by at least two families of evidence, and a household, an office or a service does not explain it as far as the data show. Everything else is listed, not flagged."},
		{"Points", "What a shared value is worth for a pair of its holders. A value that only two persons in the whole case have is worth 10; the more hold it, the less. Points say how rare a coincidence is. They are not a probability, and not a measure of wrongdoing."},
		{"Points of a member", "The sum over the values its person shares. Each counts its points × (1 + 0.25 for every other person of the cluster that has it, 2 at most); of each family the best counts in full, the rest × 0.25. Where the sum is written out, it is this one. A value can be worth less between two persons than the points listed for it, which are those of the best pair: where that is so, no sum is written out. The factors are options of the detection."},
		{"Score of a cluster", "The mean of the points of its persons."},
		{"Shown, not flagged", "A person in a flagged cluster whom one value, one account or the place where parcels go may have put there. The reason stands beside the name. It is no weaker form of being flagged."},
		{"Employers", "In a headline: how many employers the detection tells apart, counted over the persons of the cluster. In the table of members: a tenant is read from the name of the platform, an employer from a record, so that one company may stand there under two names."},
		{"Taken as still held", "A registration, recovery contact or second factor is recorded once, on one day. The detection takes it as held until the account's last activity. No record says so; every report calls it an assumption, and draws it dashed."},
		{"Confidence", "From 0 to 1: how sure it is that an account belongs to this group rather than being there by coincidence. 0.95 and more is called very strong, from 0.8 strong, from 0.6 moderate, from 0.4 weak, below that very weak. It says nothing about what anybody did."},
		{"Family", "A sort of evidence: network, device, money, contact, address, document; vouching and dossiers are soft. Two values of one family may have one cause; two families rarely do."},
		{"Class", "How a value is used: as one's own, or as an office, a VPN exit, a payroll programme and so on. Only what is somebody's own counts in full."},
		{"Discounted", "Shared, but not counted, or counted in part; the reason stands beside it. It is shown so that you can judge the reason."},
		{"Role", "What the data suggest of an account in or near a cluster. It says nothing of what anybody did, or knew. Persona: a claimed identity that the hand may run; the real person of that name may know nothing of it. Facilitator: the first candidate, of all or at a further site, for who hosts, receives or is paid for others. Identity lender: whose own name, machine or purse others may use. Possible identity victim: has the name and home of a member, and nothing else in common. Possible bystander: lives or signs in where the cluster is, with a life of their own."},
		{"Candidate", "A person whom clues point at as the one who may host or run a cluster: living where the equipment of others is sent, a purse held before others were paid into it, and the like. A place to look first, not a statement about the person. Where nobody is named, nothing in the data points at anybody."},
		{"Clue points", "What the clues for a candidate add up to. They rank the candidates of one cluster; between clusters they say nothing."},
		{"Site", "A line, a delivery address or both that is the main place of several members: a home, or the like, where their machines may be."},
		{"Set apart", "Persons who have to do with a cluster and are no members of it: possible victims, lenders, bystanders. They are named so that nobody takes them for members."},
		{"Named pattern", "A way in which such schemes are known to look in data, with a number such as T1. That accounts look like one describes them; it proves nothing. A pattern that could not be looked for, because the data lack what it needs, is listed as such: not analysed is not clean."},
		{"Stability", "From 0 to 1: how often a person stays in the cluster when shared values are left out at random. From 0.85 it is called highly stable, from 0.75 stable, from 0.6 doubtful, below that unstable."},
		{"Resolution", "How much a pair of persons must share to be together. A cluster that is found from a small fraction to a large multiple of it does not hang on that choice."},
		{"First and last seen", "When the records mention the value with the account. It was not necessarily in use all the time between."},
		{"⟨U+202E⟩", "A character that does not print, shown by its number. Such characters are used to hide text; the files hold the value exactly."},
	}
}
