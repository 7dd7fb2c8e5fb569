package typology

// compareNames tells once for the group which of its persons have a name in common. Which person stands for several follows from the order of the persons.
func (s *scene) compareNames() {
	s.name = make(map[uint32]uint32, len(s.group.Persons))
	first := map[uint32]uint32{} // name -> the person who stands for it
	for _, p := range s.group.Persons {
		names := s.Facts.Names(p)
		if len(names) == 0 {
			continue
		}
		one := p
		for _, n := range names {
			if q, ok := first[n]; ok {
				one = q
				break
			}
		}
		s.name[p] = one
		for _, n := range names {
			if _, ok := first[n]; !ok {
				first[n] = one
			}
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
