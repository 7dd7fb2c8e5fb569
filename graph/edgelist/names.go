package edgelist

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"sync"

	"github.com/zeebo/xxh3"

	"samehand/graph/projection"
)

// Names are the names of nodes 0 to Len()-1, in their order. The zero value is that of no nodes.
type Names struct {
	numbers []uint32 // when all are numbers
	text    []byte   // otherwise
	ends    []uint64 // of each name in the text
}

// Len returns how many names there are.
func (n Names) Len() int { return max(len(n.numbers), len(n.ends)) }

// Numeric reports whether every name is a decimal number up to 4294967295, and the names are in the order of the numbers.
func (n Names) Numeric() bool { return n.numbers != nil }

// Append appends the name of a node, which must be there, to a text.
func (n Names) Append(to []byte, node uint32) []byte {
	if n.numbers != nil {
		return strconv.AppendUint(to, uint64(n.numbers[node]), 10)
	}
	return append(to, cut(n.text, n.ends, node)...)
}

// Name returns the name of a node, which must be there.
func (n Names) Name(node uint32) string { return string(n.Append(nil, node)) }

// Find returns the node of that name; false when there is none.
func (n Names) Find(name string) (uint32, bool) {
	if n.numbers != nil {
		v, ok := decimal([]byte(name))
		if !ok {
			return 0, false
		}
		i, ok := slices.BinarySearch(n.numbers, v)
		return uint32(i), ok
	}
	i, ok := sort.Find(len(n.ends), func(i int) int { return cmp.Compare(name, string(cut(n.text, n.ends, uint32(i)))) })
	return uint32(i), ok
}

// cut returns text i of those that lie behind one another.
func cut(text []byte, ends []uint64, i uint32) []byte {
	from := uint64(0)
	if i > 0 {
		from = ends[i-1]
	}
	return text[from:ends[i]]
}

// table numbers names as they come. It holds no pointers but three: open addressing with linear probing, by half a hash.
type table struct {
	text  []byte
	ends  []uint64
	slots []slot // a power of two of them, at most two thirds used
}

// slot holds half a hash, a number plus one (0 in a free slot), and where the name lies, so that looking one up waits
// for memory twice and not three times: where it begins, by 2^16, and how long it is.
type slot struct {
	hash, n uint32
	at      uint64
}

func (t *table) len() int { return len(t.ends) }

func (t *table) at(n uint32) []byte { return cut(t.text, t.ends, n) }

// hashOf returns the half of a name's hash that tables go by.
func hashOf(name []byte) uint32 { return uint32(xxh3.Hash(name) >> 32) }

// find returns the number of a name; false when it has none.
func (t *table) find(name []byte, hash uint32) (uint32, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	mask := uint32(len(t.slots) - 1)
	for i := hash & mask; t.slots[i].n != 0; i = (i + 1) & mask {
		if s := t.slots[i]; s.hash == hash {
			from := s.at >> 16
			if bytes.Equal(t.text[from:from+s.at&0xffff], name) {
				return s.n - 1, true
			}
		}
	}
	return 0, false
}

// warm looks at what [table.find] will look at, for many names at once: reads that do not wait for one another take as
// long as one, and the tables of a million names lie in slow memory. The sum keeps the reads from being left out.
func (t *table) warm(hashes []uint32) (sum uint32) {
	if len(t.slots) == 0 {
		return 0
	}
	mask := uint32(len(t.slots) - 1)
	for _, h := range hashes {
		sum += t.slots[h&mask].n
	}
	for _, h := range hashes {
		for i := h & mask; t.slots[i].n != 0; i = (i + 1) & mask {
			if s := t.slots[i]; s.hash == h {
				sum += uint32(t.text[s.at>>16])
				break
			}
		}
	}
	return sum
}

// add numbers a name that is not there yet.
func (t *table) add(name []byte, hash uint32) uint32 {
	n, at := uint32(len(t.ends)), uint64(len(t.text))<<16|uint64(len(name)) // a name has at most MaxName bytes
	t.text = append(t.text, name...)
	t.ends = append(t.ends, uint64(len(t.text)))
	if 3*len(t.ends) > 2*len(t.slots) {
		old := t.slots
		t.slots = make([]slot, max(1024, 2*len(old)))
		for _, s := range old {
			if s.n != 0 {
				t.put(s)
			}
		}
	}
	t.put(slot{hash, n + 1, at})
	return n
}

func (t *table) put(s slot) {
	mask := uint32(len(t.slots) - 1)
	i := s.hash & mask
	for t.slots[i].n != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = s
}

// sorted is a name of a table with its first eight bytes, by which most names can be told apart without looking further.
type sorted struct {
	prefix uint64
	n      uint32
}

// sort returns the names of the table in the order of their bytes.
func (t *table) sort() []sorted {
	t.slots = nil // nothing is looked up any more
	list := make([]sorted, t.len())
	for i := range list {
		var prefix [8]byte
		copy(prefix[:], t.at(uint32(i)))
		list[i] = sorted{binary.BigEndian.Uint64(prefix[:]), uint32(i)}
	}
	slices.SortFunc(list, func(a, b sorted) int {
		if a.prefix != b.prefix {
			return cmp.Compare(a.prefix, b.prefix)
		}
		return bytes.Compare(t.at(a.n), t.at(b.n))
	})
	return list
}

// merge makes one list of names of some tables, and returns the number of each table's names in it.
func merge(tables []*table) (Names, [][]uint32, error) {
	lists, numbers, size := make([][]sorted, len(tables)), make([][]uint32, len(tables)), 0
	var wg sync.WaitGroup
	for i, t := range tables {
		numbers[i] = make([]uint32, t.len())
		size = max(size, len(t.text))
		wg.Go(func() { lists[i] = t.sort() })
	}
	wg.Wait()
	out := Names{text: make([]byte, 0, size), ends: []uint64{}}
	for {
		least := -1
		for i, l := range lists {
			if len(l) > 0 && (least < 0 || before(tables[i], l[0], tables[least], lists[least][0])) {
				least = i
			}
		}
		if least < 0 {
			return out, numbers, nil
		}
		name, n := tables[least].at(lists[least][0].n), uint32(len(out.ends))
		if len(out.ends) == 1<<31 {
			return Names{}, nil, fmt.Errorf("%w: more than %d names", projection.ErrTooLarge, len(out.ends))
		}
		out.text = append(out.text, name...)
		out.ends = append(out.ends, uint64(len(out.text)))
		for i, l := range lists {
			if len(l) > 0 && bytes.Equal(tables[i].at(l[0].n), name) {
				numbers[i][l[0].n] = n
				lists[i] = l[1:]
			}
		}
	}
}

// before reports whether a name of a table comes before one of another.
func before(t *table, a sorted, u *table, b sorted) bool {
	if a.prefix != b.prefix {
		return a.prefix < b.prefix
	}
	return bytes.Compare(t.at(a.n), u.at(b.n)) < 0
}
