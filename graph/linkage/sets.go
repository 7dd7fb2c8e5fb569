package linkage

// Sets is a disjoint-set forest (Tarjan 1975, doi:10.1145/321879.321884) that grows. The zero Sets is empty.
type Sets struct{ u union }

// NewSets returns n sets of one: what n times Add gives, in one piece of memory.
func NewSets(n int) Sets { return Sets{newUnion(n)} }

// Add adds a set of its own and returns its number: 0, 1, ...
func (s *Sets) Add() int {
	s.u = append(s.u, uint32(len(s.u)))
	return len(s.u) - 1
}

// Join makes one set of those of i and j.
func (s *Sets) Join(i, j int) { s.u.join(uint32(i), uint32(j)) }

// Find returns the smallest number in i's set.
func (s *Sets) Find(i int) int { return int(s.u.find(uint32(i))) }

// union is a disjoint-set forest (Tarjan 1975) whose sets are named by their smallest member.
type union []uint32

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = uint32(i)
	}
	return u
}

// find returns the smallest member of i's set.
func (u union) find(i uint32) uint32 {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

// join makes one set of two and returns its name.
func (u union) join(i, j uint32) uint32 {
	i, j = u.find(i), u.find(j)
	if j < i {
		i, j = j, i
	}
	u[j] = i
	return i
}

// number numbers the sets by their smallest members and returns each member's number and how many there are.
func (u union) number() ([]uint32, int) {
	of, n := make([]uint32, len(u)), 0
	for i := range u {
		if r := u.find(uint32(i)); r == uint32(i) {
			of[i] = uint32(n)
			n++
		} else {
			of[i] = of[r] // r < i, numbered before
		}
	}
	return of, n
}
