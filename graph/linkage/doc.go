// Package linkage weighs what accounts share.
//
// It works in two layers. [Persons] puts the accounts of one claimed person together, and does so only when strong
// values of their own agree and nothing speaks against it. [Evidence] then looks at every value that two or more
// persons have in common, says what sort of shared value it is (a home's line, an office, a VPN exit, a mailbox shop
// ...), and gives every pair of its holders points: 10 for a value that only these two have, less the more others
// have it too, and less for everything that explains the sharing innocently.
//
// A value is first told apart from what looks like it. An IP that was silent and then in other hands is two values, and
// addresses that the same two people live on one after the other are one line ([Value.Also]): providers give out new ones
// (Padmanabhan et al. 2016, doi:10.1145/2987443.2987461). Addresses that differ by a slip of the keyboard are one door. Account numbers of which
// only an ending is shown may be several, unless more people have one than chance gives. How a value is used says what
// it is ([Class]); how many have it is the last resort. What lists of the user say makes it worth less, never more.
//
// Names, employers, tags and recruiters never tie two persons together, and an application is no employment. Two people
// registered at one address are a household, which is worth nothing by itself; and home and papers of two people of one
// name are worth nothing, because a stolen identity has them in common with its owner. Nothing here looks at nationality
// or at where a name comes from.
//
// The points follow the idea of Fellegi and Sunter (1969, doi:10.1080/01621459.1969.10501049) that agreement on a rare
// value says more, normalised so that a value held by two is worth the same in a case of any size; that a popular
// object must be discounted is from Hooi et al. (FRAUDAR, 2016, doi:10.1145/2939672.2939747), that use at the same
// time counts from Cao et al. (SynchroTrap, 2014, doi:10.1145/2660267.2660269).
package linkage
