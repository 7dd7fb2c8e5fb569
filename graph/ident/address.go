package ident

func parseAddress(_ Parser, s, _ string) (ID, error) { return makeID(Address, Ordinary, fold(s)) }
