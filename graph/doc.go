// Package graph is the vocabulary of samehand: accounts, identifiers, observations, evidence, clusters, runs, and the
// interfaces of a store. It does no I/O.
//
// An observation says that an account had something to do with an identifier: it was registered with this e-mail
// address, it signed in from that IP. All observations together are the identity graph, whose nodes are accounts and
// identifiers. [Table] holds it as integers. A [Run] finds in it [Cluster]s of accounts that one hand may be running.
package graph
