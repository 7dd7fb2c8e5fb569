package explain

import (
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/ident"
)

// The words give the dates of the cited lines, and call what the run took for granted an assumption.
func TestAssumedIsCalledSo(t *testing.T) {
	dev, line := id(t, ident.Device, ident.Ordinary, "serial:1"), id(t, ident.IP, ident.Ordinary, "198.51.100.1")
	c := graph.Cluster{Members: []graph.Member{{Account: ann, Person: "p1"}, {Account: bob, Person: "p2"}},
		Evidence: []graph.Evidence{{Identifier: dev, Family: graph.DeviceFamily, Class: "own", Points: 10, Holders: 2, Inside: 2, First: at(17), Last: at(150)}}}
	table := tableOf(seen{ann, dev, graph.MFA, 17, -1, 36}, seen{bob, dev, graph.MFA, 20, -1, 37}, seen{ann, line, graph.Login, 1, 150, 1})
	v := NewIndex(table, nil).Cluster(c).Values[0]
	if v.Last != at(20) || v.Held != at(150) || v.Uses[0].Held == v.Uses[1].Held {
		t.Errorf("last %v, held %v, uses %+v", v.Last, v.Held, v.Uses)
	}
	text := v.Words.String()
	for _, want := range []string{"2024-01-18 to 2024-01-21.", "taken as still held until that account's last activity, 2024-05-30 at the latest, which is an assumption",
		"No cited line shows two persons with it at the same time"} {
		if !strings.Contains(text, want) {
			t.Errorf("it is not said: %s\n%s", want, text)
		}
	}
	if strings.Contains(text, "never at the same time") || strings.Contains(text, "were seen with it overlap") {
		t.Errorf("it claims what no line says: %s", text)
	}
}

// Two periods of one IP address that are weighed apart do not contradict each other.
func TestPeriodsOfOneLine(t *testing.T) {
	line := id(t, ident.IP, ident.Ordinary, "198.51.100.1")
	table := tableOf(seen{ann, line, graph.Login, 0, 9, 1}, seen{bob, line, graph.Login, 5, 9, 2}, seen{cam, line, graph.Login, 100, 110, 3}, seen{ann2, line, graph.Login, 101, 103, 4})
	c := graph.Cluster{Members: []graph.Member{{Account: ann, Person: "p1"}, {Account: bob, Person: "p2"}, {Account: cam, Person: "p3"}, {Account: ann2, Person: "p4"}},
		Evidence: []graph.Evidence{
			{Identifier: line, Family: graph.Network, Class: "own", Holders: 2, Inside: 2, Accounts: []graph.AccountID{ann, bob}, First: at(0), Last: at(9)},
			{Identifier: line, Family: graph.Network, Class: "own", Holders: 2, Inside: 2, Accounts: []graph.AccountID{cam, ann2}, First: at(100), Last: at(110)},
		}}
	for _, v := range NewIndex(table, nil).Cluster(c).Discounted {
		if text := v.Words.String(); strings.Contains(text, "Nobody else in the case has it") || !strings.Contains(text, "in this period") {
			t.Error(text)
		}
	}
}

// Who is in a flagged cluster without being flagged is said to be, with the reason; nobody else is.
func TestAside(t *testing.T) {
	for _, m := range explained(t).Explained {
		aside := m.Account == cam
		if (m.Aside != "") != aside || strings.HasPrefix(m.Standing, "shown, not flagged") != aside || strings.Contains(m.Words.String(), "shown, not flagged: one value is all") != aside {
			t.Errorf("%v: %q, %q, %s", m.Account, m.Standing, m.Aside, m.Words)
		}
	}
}

func TestSum(t *testing.T) {
	for _, m := range explained(t).Explained {
		want := map[graph.AccountID]string{cam: "9.0 × 1.25 = 11.2"}[m.Account] // the points of the others are not those of the formula
		if m.Sum != want {
			t.Errorf("%v: %q, want %q", m.Account, m.Sum, want)
		}
	}
}
