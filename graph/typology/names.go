package typology

import (
	"strings"
	"unicode/utf8"
)

// maxCompared is how many different names of a group a further one is compared with; what comes after counts as another
// name. It bounds the pairs.
const maxCompared = 300

// compareNames tells once for the group which of its persons have one name, slips of the keyboard aside. Which name
// stands for several that are alike follows from the order of the persons.
func (s *scene) compareNames() {
	s.name = make(map[uint32]uint32, len(s.group.Persons))
	type named struct {
		person uint32
		prints []letters
	}
	var kept []named
	for _, p := range s.group.Persons {
		names := s.Facts.Names(p)
		if len(names) == 0 {
			continue
		}
		n := named{person: p, prints: make([]letters, len(names))}
		for i, id := range names {
			n.prints[i] = lettersOf(s.Table.Identifiers[id].Key())
		}
		s.name[p] = p
		for _, k := range kept[:min(len(kept), maxCompared)] {
			if anyNear(n.prints, k.prints) && s.Facts.SameName(p, k.person) {
				s.name[p] = k.person
				break
			}
		}
		if s.name[p] == p {
			kept = append(kept, n)
		}
	}
}

// named returns those of the persons of the group, sorted, who have a full name, one for each name: two accounts of one
// name are not two names.
func (s *scene) named(persons []uint32) []uint32 {
	var first, kept []uint32
	for _, p := range persons {
		name, ok := s.name[p]
		if !ok {
			continue
		}
		seen := false
		for _, f := range first {
			seen = seen || f == name
		}
		if !seen {
			first, kept = append(first, name), append(kept, p)
		}
	}
	return kept
}

// letters counts the letters of a name. Names that are the same but for the order of their words, a slip of the keyboard
// and initials have nearly the same letters, which is quick to see, and most names do not.
type letters struct {
	count    [32]int8
	initials int // words of one letter
}

// lettersOf counts the letters of a name as identifiers write it.
func lettersOf(name string) letters {
	var l letters
	for w := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		if utf8.RuneCountInString(w) == 1 {
			l.initials++
		}
		for _, r := range w {
			if c := &l.count[uint32(r)%32]; *c < 100 {
				*c++
			}
		}
	}
	return l
}

// near reports whether two names can be the same: a slip changes one letter to another, which counts twice.
func near(a, b *letters) bool {
	left := 2 + a.initials + b.initials
	for i, n := range a.count {
		d := int(n) - int(b.count[i])
		if left -= max(d, -d); left < 0 {
			return false
		}
	}
	return true
}

// anyNear reports whether one of the one and one of the other can be the same.
func anyNear(a, b []letters) bool {
	for i := range a {
		for j := range b {
			if near(&a[i], &b[j]) {
				return true
			}
		}
	}
	return false
}
