package simulate

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// truthParts is what the truth says beside the accounts.
type truthParts struct {
	rings  []truthRing
	groups []groupNote
}

// truthRing is a ring in the truth.
type truthRing struct {
	Ring        string  `json:"ring"`
	Kind        string  `json:"kind"`
	Persons     int     `json:"persons"`
	Sites       int     `json:"sites"`
	Facilitator bool    `json:"facilitator"`
	Linkable    float64 `json:"linkable"`
	Note        string  `json:"note"`
}

// truthGroup is a group of the truth.
type truthGroup struct {
	Group string `json:"group"`
	Kind  string `json:"kind"`
	Note  string `json:"note"`
}

// truthAccount is an account of the truth.
type truthAccount struct {
	Platform string `json:"platform"`
	Account  string `json:"account"`
	Person   string `json:"person"`
	Ring     string `json:"ring"`
	Site     string `json:"site"`
	Group    string `json:"group"`
	Role     string `json:"role"`
	Framed   bool   `json:"framed"`
}

// add takes the rings and groups of a block that is settled.
func (t *truthParts) add(b *block) {
	for _, g := range b.rings {
		r := truthRing{Ring: g.id, Kind: g.kind, Persons: len(g.members), Sites: g.sites(), Linkable: g.linkable(), Note: g.note}
		for _, a := range g.members {
			r.Facilitator = r.Facilitator || a.role == roleFacilitator && a.inRows()
		}
		t.rings = append(t.rings, r)
	}
	t.groups = append(t.groups, b.groups...)
}

// inRows reports whether an actor has an account that a row speaks of. Of others nobody can say what they are.
func (a *actor) inRows() bool {
	return slices.ContainsFunc(a.accounts, func(acc account) bool { return len(acc.claims) > 0 })
}

// sites counts the farms where a persona's laptop stands.
func (g *ring) sites() int {
	n := 0
	for _, h := range g.hosts {
		for _, a := range g.members {
			if a.site == h.site {
				n++
				break
			}
		}
	}
	return n
}

// writeTruth writes truth.json: rings and groups, then an account a line, made again block by block. It returns how many accounts there are.
func (s *scene) writeTruth(t truthParts, create func(name string) (io.WriteCloser, error)) (n int, err error) {
	to, err := create(TruthName)
	if err != nil {
		return 0, fmt.Errorf("write %s: %w", TruthName, err)
	}
	w := newTruthWriter(to)
	defer func() { err = errors.Join(err, to.Close()) }()
	w.head(s.o.Scenario, s.seed, s.o.People)
	w.list("rings")
	for _, g := range t.rings {
		w.item(g)
	}
	w.list("groups")
	for _, g := range t.groups {
		w.item(truthGroup{g.id, g.kind, g.note})
	}
	w.list("accounts")
	for k := range s.blocks {
		b := s.block(k)
		b.build()
		for _, a := range b.people {
			for _, acc := range a.accounts {
				n++
				w.item(truthAccount{acc.id.Platform, acc.id.Native, a.id(), a.ring, a.site, a.group, a.role, a.framed})
			}
		}
	}
	return n, w.end()
}

// truthWriter writes truth.json, an item of its lists a line.
type truthWriter struct {
	buf   *bufio.Writer
	first bool // of its list
	open  bool // a list is
	err   error
}

func newTruthWriter(to io.Writer) *truthWriter {
	return &truthWriter{buf: bufio.NewWriterSize(to, 64<<10)}
}

func (w *truthWriter) text(s string) {
	if w.err == nil {
		_, w.err = w.buf.WriteString(s)
	}
}

func (w *truthWriter) head(scenario string, seed uint64, people int) {
	w.text(fmt.Sprintf("{\"version\":1,\"scenario\":%q,\"seed\":%d,\"people\":%d", scenario, seed, people))
}

// list begins a list, after ending the one before.
func (w *truthWriter) list(name string) {
	if w.open {
		w.text("\n]")
	}
	w.text(",\n\"" + name + "\":[")
	w.first, w.open = true, true
}

// item writes one item of the list.
func (w *truthWriter) item(v any) {
	b, err := json.Marshal(v)
	if err != nil {
		w.err = errors.Join(w.err, err)
		return
	}
	if !w.first {
		w.text(",")
	}
	w.first = false
	w.text("\n" + string(b))
}

// end ends the file. It returns the first error of all that was written.
func (w *truthWriter) end() error {
	w.text("\n]}\n")
	if w.err != nil {
		return w.err
	}
	return w.buf.Flush()
}
