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
		{"Candidate", "A role is read from the shape of the graph alone. It is a place to look first, not a statement about the person."},
		{"First and last seen", "When the records mention the value with the account. It was not necessarily in use all the time between."},
		{"⟨U+202E⟩", "A character that does not print, shown by its number. Such characters are used to hide text; the files hold the value exactly."},
	}
}
