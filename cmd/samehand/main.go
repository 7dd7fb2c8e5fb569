// Command samehand finds accounts that are run by the same hand, and says how it knows.
package main

func main() {}
