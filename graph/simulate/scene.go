package simulate

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
)

// Scenario is a sort of world.
type Scenario struct {
	Name, About string
	perWorld    int      // rings in 2,000 people; larger worlds have one for every 1,000 people when that is more
	rota        []string // kinds of rings, in turn
}

// Scenarios lists the scenarios in the order in which they are shown. The caller may change what it gets.
//
// Large worlds have one ring for every 1,000 people: about six in 1,000 people are then personas, three times the one in 343 that
// is published of applicants, so that there is enough to score in a world of 20,000, and few enough that the innocent decide.
func Scenarios() []Scenario {
	return []Scenario{
		{"farm", "homes with the laptops of three to twelve personas each", 7, []string{"farm"}},
		{"multihost", "rings of several such homes, with shells that wages pass through", 3, []string{"multihost"}},
		{"home68", "one home with the laptops of about 68 personas", 1, []string{"home68"}},
		{"lender", "real people who lend their name to a dozen jobs", 6, []string{"lender"}},
		{"broker", "brokers of marketplace accounts, opened in one place and handed on", 2, []string{"broker"}},
		{"crypto", "developers paid in wallets, tied by a chain of weak overlaps", 6, []string{"crypto"}},
		{"compartmented", "farms whose personas share nothing but line and door", 6, []string{"compartmented"}},
		{"ghosts", "employees who do not exist, on one employer's payroll", 5, []string{"ghosts"}},
		{"confounders", "no ring at all: only people who look like one", 0, nil},
		{"merge-trap", "two farms and a household that share an exit and a mailbox shop", 3, []string{"merge-trap"}},
		{"recycled-ips", "farms whose old addresses go to strangers", 5, []string{"recycled-ips"}},
		{"mix", "all of them", 9, []string{
			"farm", "multihost", "lender", "crypto", "farm", "broker", "compartmented", "ghosts", "recycled-ips", "merge-trap",
			"farm", "home68", "farm", "crypto", "multihost", "farm", "compartmented", "lender", "farm", "ghosts",
		}},
	}
}

// rotated lists what [SceneOptions].Rotate may be.
var rotated = []string{"payment", "phone", "email", "device", "ip", "address"}

// SceneOptions says which world to make.
type SceneOptions struct {
	Scenario      string
	People        int     // at least MinPeople, at most MaxPeople
	Seed          uint64  //
	Batches       int     // folders by time; 0 and 1 mean none
	Rotate        string  // of these kinds, with commas between, nothing is shared in rings; "" for none
	Camouflage    float64 // share of the personas that add an innocent life
	Frame         int     // how many innocents get values of a ring planted on their accounts
	FrameFamilies int     // of how many families each; 0 means 1
	Exports       string  // ExportsObservations, ExportsVendor or ExportsBoth
}

// MinPeople is how many people the look-alikes need.
const MinPeople = 800

// blockPeople is about how many people are made at a time.
const blockPeople = 2000

// Validate names every fault of the options.
func (o SceneOptions) Validate() error {
	var errs []error
	no := func(bad bool, format string, args ...any) {
		if bad {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	s, known := o.scenario()
	var names []string
	for _, x := range Scenarios() {
		names = append(names, x.Name)
	}
	no(!known, "there is no scenario %q; there are %s", o.Scenario, strings.Join(names, ", "))
	no(o.People < MinPeople || o.People > MaxPeople, "%d people; a world has %d to %d", o.People, MinPeople, MaxPeople)
	no(o.Batches < 0 || o.Batches > daysSeen/7, "%d batches; at most one a week, %d", o.Batches, daysSeen/7)
	for _, k := range o.rotate() {
		no(!slices.Contains(rotated, k), "rotate is %q; it may be %s", k, strings.Join(rotated, ", "))
	}
	no(!(o.Camouflage >= 0 && o.Camouflage <= 1), "camouflage is %v; it is a share from 0 to 1", o.Camouflage)
	no(o.Frame < 0 || o.Frame > o.People/50, "%d people framed; at most one in fifty, %d", o.Frame, o.People/50)
	no(!slices.Contains([]string{"", ExportsObservations, ExportsVendor, ExportsBoth}, o.Exports), "exports are %q; they may be observations, vendor or both", o.Exports)
	vendor := o.Exports == ExportsVendor || o.Exports == ExportsBoth
	no(vendor && o.People > maxVendorPeople, "%d people; a world in exports has %d at most, for each employer has a log of its own", o.People, maxVendorPeople)
	no(vendor && o.Batches > 1, "exports have no batches; observations have")
	no(o.FrameFamilies < 0 || o.FrameFamilies > 2, "%d families planted; 1 or 2", o.FrameFamilies)
	no(known && o.Frame > 0 && s.perWorld == 0, "nobody can be framed in %s: it has no ring", o.Scenario)
	return errors.Join(errs...)
}

// HasRings reports whether there is a ring in the scenario.
func (o SceneOptions) HasRings() bool {
	s, _ := o.scenario()
	return s.perWorld > 0
}

// rotate lists the kinds to rotate.
func (o SceneOptions) rotate() []string {
	if o.Rotate == "" {
		return nil
	}
	return strings.Split(o.Rotate, ",")
}

func (o SceneOptions) scenario() (Scenario, bool) {
	for _, s := range Scenarios() {
		if s.Name == o.Scenario {
			return s, true
		}
	}
	return Scenario{}, false
}

// scene is a world in the making.
type scene struct {
	o        SceneOptions
	seed     uint64
	public   *public
	scenario Scenario
	blocks   int
	rings    int
	rotate   []string // kinds
}

// SceneCounts says how much was written.
type SceneCounts struct {
	People, Accounts, Rings, Groups int
	Rows                            int64
}

// WriteScene makes a world and writes it through a function that opens files by name, with slashes: the observations (in a
// folder for each batch, when there are batches), edges.csv and, last, truth.json. The same options give the same bytes.
// It stops at the first error. The world is made block by block, twice: for the observations, and for the accounts of the truth.
func WriteScene(o SceneOptions, create func(name string) (io.WriteCloser, error)) (counts SceneCounts, err error) {
	if err := o.Validate(); err != nil {
		return counts, err
	}
	s := newScene(o)
	out, err := newOutput(o.Batches, o.Exports, create)
	defer func() {
		if out != nil {
			err = errors.Join(err, out.close())
		}
	}()
	if err != nil {
		return counts, err
	}
	truth := truthParts{}
	for n := range s.blocks {
		b := s.block(n)
		b.build()
		b.write(out)
		if b.overdrawn() {
			return counts, fmt.Errorf("block %d needs more values than it may have", n)
		}
		truth.add(b)
		counts.People += len(b.people)
		counts.Rings += len(b.rings)
		counts.Groups += len(b.groups)
		if err := out.flush(); err != nil {
			return counts, err
		}
	}
	counts.Rows = out.rows
	err = out.close()
	out = nil
	if err != nil {
		return counts, err
	}
	counts.Accounts, err = s.writeTruth(truth, create)
	return counts, err
}

func newScene(o SceneOptions) *scene {
	s := &scene{o: o, seed: o.Seed, public: newPublic(o.Seed, o.People), blocks: max(1, o.People/blockPeople), rotate: o.rotate()}
	s.scenario, _ = o.scenario()
	if s.scenario.perWorld > 0 {
		s.rings = max(s.scenario.perWorld, min(o.People/1000, s.scenario.perWorld*o.People/blockPeople))
	}
	return s
}

// block returns an empty block of the scene.
func (s *scene) block(n int) *block {
	first := n * s.o.People / s.blocks
	b := &block{scene: s, number: n, first: first, size: (n+1)*s.o.People/s.blocks - first}
	b.r = rand.New(rand.NewPCG(mix(s.seed, number(s.o.Scenario)), uint64(n)))
	b.people = make([]*actor, 0, b.size+64)
	return b
}

// stream returns random numbers that a part of the block has for itself.
func (b *block) stream(part string) *rand.Rand {
	return rand.New(rand.NewPCG(mix(mix(b.seed, number(b.o.Scenario)), number(part)), uint64(b.number)))
}

// apart makes a part of the block out of a stream of its own, so that the others come out the same with it and without.
func (b *block) apart(part string, make func()) {
	shared := b.r
	b.r = b.stream(part)
	make()
	b.r = shared
}

// build makes the people of a block: rings first, then those who look like them, then all the others.
func (b *block) build() {
	for i := b.number * b.scene.rings / b.blocks; i < (b.number+1)*b.scene.rings/b.blocks; i++ {
		b.makeRing(b.scenario.rota[i%len(b.scenario.rota)], fmt.Sprintf("r%03d", i+1))
	}
	b.lookalikes()
	b.apart("look-alikes at home", b.lookalikesAtHome)
	b.apart("look-alikes at work", b.lookalikesAtWork)
	for len(b.people) < b.size {
		b.ordinary()
	}
	b.stories()
	b.apart("registered elsewhere", b.registeredElsewhere)
	b.apart("bystanders", b.busyBystanders)
	b.adversaries()
}

// makeRing makes a ring of a kind.
func (b *block) makeRing(kind, id string) {
	make := map[string]func(string){
		"farm": b.makeFarm, "multihost": b.makeMultihost, "home68": b.makeHome68, "lender": b.makeLender, "broker": b.makeBroker, "crypto": b.makeCrypto,
		"compartmented": b.makeCompartmented, "ghosts": b.makeGhosts, "merge-trap": b.makeTrap, "recycled-ips": b.makeRecycled,
	}
	make[kind](id)
}

// lookalikes makes the innocent who look like a ring, once for each 2,000 people. [I]
func (b *block) lookalikes() {
	b.familyBusiness(false)
	b.consultancy(false)
	b.smallAgency()
	b.overEmployed()
	b.payrollCard()
	b.guardian()
	b.dormitory()
	b.church()
	b.neighbours()
	b.kiosksStaff()
	b.reassigned()
	b.namesakes()
	b.couple()
	for _, n := range []int{4, 5, 7} {
		b.sharedHouse(n)
	}
	for _, n := range []int{2, 3, 3, 3} {
		b.flat(n)
	}
	for have := 0.0; have < shareCohabit*float64(b.size); {
		n := 2
		if b.r.Float64() < shareThree {
			n = 3 + b.r.IntN(3)/2
		}
		b.household(n)
		have += float64(n)
	}
}

// stories happen to people who are there: tax preparer, repair shop, library, guests.
func (b *block) stories() {
	b.taxPreparer()
	b.repairShop()
	b.library()
	b.guests()
}

// write settles everybody and writes their rows.
func (b *block) write(out *output) {
	added := b.stream("added")
	for _, a := range b.people {
		b.settle(a)
		for i := range a.accounts {
			b.writeAccount(out, &a.accounts[i], added)
			if out.vendors != nil {
				out.vendors.account(a, &a.accounts[i])
			}
		}
	}
}

// writeAccount writes the rows of one account, now and then one twice. What an adversary added is spelled out of a stream of its own.
func (b *block) writeAccount(out *output, acc *account, added *rand.Rand) {
	id := [2]string{acc.id.Platform, acc.id.Native}
	for k := range acc.claims {
		c := &acc.claims[k]
		r := b.r
		if c.added {
			r = added
		}
		noise(r, c)
		twice := c.sheet != sheetSignins && r.Float64() < shareTwice
		if out.only && carried(acc.id, c) {
			continue
		}
		out.row(id, c)
		if twice {
			out.row(id, c)
		}
	}
}
