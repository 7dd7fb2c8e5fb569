// Package cluster finds the clusters of a case: accounts that the evidence ties together, and what speaks for and
// against one hand behind them.
//
// [Detect] puts accounts to persons and weighs what persons share (package linkage), divides the graph of persons into
// groups (package community), joins groups that several values of different sorts tie together, takes out every member
// that too little ties to the rest, and flags a group only when two independent families of evidence say what
// no household, office or service explains. A cluster is a lead, not a verdict; what is not flagged is not cleared.
package cluster
