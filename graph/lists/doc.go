// Package lists reads lists that the user has of values which are not one person's: lines of VPNs and of hosting
// companies, routing numbers of sponsor banks, mailboxes of programs, wallets of exchanges, addresses of mailbox shops.
// How values are used tells most of these too, but only once many use them; a list tells them at once.
//
// A list is a text file with one value in each line (blank lines and lines that begin with # do not count), UTF-8, at most
// 64 MB and a million values; see [Kinds] for what a line of each kind holds. Or it is a MaxMind DB (.mmdb, specification at
// maxmind.github.io/MaxMind-DB) of networks, of which the fields are read that say what sort of network it is; see
// [Network]. Reading is strict: a line that cannot be read is an error with its number, and no list is used in part.
// Errors and reasons never hold a value.
//
// No list is ever complete. That a list does not have a value says nothing; [Lists.Unknown] says what there is no list of.
package lists
