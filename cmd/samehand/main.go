// Command samehand finds accounts that are run by the same hand, and says how it knows.
//
// It reads exports into a case, detects clusters of accounts in it, and shows, for each of them, the evidence and the
// file and line it comes from. Data goes to standard output, everything else to standard error; the exit codes are in
// the help of the root command. A cluster is a lead for a person to follow, not a verdict.
package main

import "os"

func main() { os.Exit(runHere(os.Args[1:])) }
