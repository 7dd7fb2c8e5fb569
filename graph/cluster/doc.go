// Package cluster finds the clusters of a case: accounts that the evidence ties together, and what speaks for and
// against one hand behind them.
//
// [Detect] puts accounts to persons and weighs what persons share (package linkage), divides the graph of persons into
// groups (package community), joins groups that several values of different sorts tie together, takes out every member
// that too little ties to the rest, and splits what is oversized at its weakest bridge (see [Options.Settings] for the
// numbers, each with its reason).
//
// A group is flagged when no innocent explanation holds for it. Fifteen are considered, and what became of each is kept: a
// couple, chance, chance meetings, pairs of acquaintances, a household, one home and its guests, one employer, a firm, the payees of one account,
// a shared flat, flat-mates who are registered elsewhere, a shared workplace, a service, people who really live there, two
// explained things that one value holds together. What they look at:
//
//   - Members who could be one household count once, and evidence inside a household says nothing. A home that is not
//     known is not another home, and a slip of the keyboard in an address makes no second one.
//
//   - Evidence counts by independent sorts, between people of two names, and a value that the same people have beside
//     another is not a second one.
//
//   - Who may be in a group without their doing is shown and not counted: who hangs on one value that others can put on
//     them, or has only what comes on top of a purse, number and machine of their own, or lives where the parcels go.
//
//   - What the members do beside what they share speaks for personas or against, by how many others of the case do it: several jobs at once, sign-ins
//     from elsewhere all the while, applications to many. Strong habits outweigh most explanations, see [Options.Settings].
//
// Once a group is flagged, less is needed to belong to it, and one that is held together by a single value, between two parts neither of which would be
// flagged, is not.
//
// Ghost employees, who are paid into one purse and never sign in where others do, and one identity with more jobs at once
// than anybody works at are flagged by rules of their own.
//
// A flagged cluster says which of its members look like personas, who may run it, at which sites, whom it only concerns
// (bystanders, and whose identity was taken), how it would look without any one value, and how stable it is: how often each
// member stays when values are left out at random (Efron 1979, doi:10.1214/aos/1176344552; Hennig 2007,
// doi:10.1016/j.csda.2006.11.025), and at which resolutions it is found. A cluster is a lead, not a verdict; what is not
// flagged is not cleared.
package cluster
