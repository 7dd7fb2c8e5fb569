package main

import "testing"

// Room grows with what is asked for, and is not set again for less or hardly more.
func TestRoom(t *testing.T) {
	const giga = 1 << 30 // more than a test has in use
	var set []int64
	r := room{set: func(n int64) { set = append(set, n) }}
	for _, n := range []int64{giga, giga, giga / 2, giga + giga/32, 2 * giga} {
		r.give(n)
	}
	if len(set) != 2 || set[0] != giga || set[1] != 2*giga {
		t.Errorf("set to %v", set)
	}
	var none room
	none.give(giga)
	if none.limit != 0 {
		t.Error("a room that nobody sets has a limit")
	}
}

// Who sets the collector in the environment decides.
func TestRoomOfTheUser(t *testing.T) {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if r := processRoom(func(s string) string { return map[string]string{name: "1"}[s] }); r.set != nil {
			t.Errorf("%s is set, and overridden", name)
		}
	}
	if r := processRoom(func(string) string { return "" }); r.set == nil {
		t.Error("nobody sets it")
	}
}
