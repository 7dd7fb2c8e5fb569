package edgelist

// What tests outside of the package hold to examples.
var (
	ReadBlocks   = readBlocks
	Weight       = weight
	Decimal      = decimal
	NewNumberSet = newNumberSet
)

// Rank is rank.
func (s *numberSet) Rank(n uint32) uint32 { return s.rank(n) }

// List is the list of the set.
func (s *numberSet) List() []uint32 { return s.list }
