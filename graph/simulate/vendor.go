package simulate

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"samehand/graph"
)

// The values of [SceneOptions].Exports.
const (
	ExportsObservations = "observations" // all of it in samehand's own form; "" means this
	ExportsVendor       = "vendor"       // what an export can carry in its form, the rest as observations
	ExportsBoth         = "both"         // all of it as observations, and the exports beside them
)

// maxVendorPeople bounds a world in exports: each employer has a log of its own, and all are open at a time.
const maxVendorPeople = 20_000

// vendors writes sign-ins as the Okta System Log of each employer, payroll and shipments as tables with their mappings.
// Devices, applications, directories, marketplaces and services have no export among the formats.
type vendors struct {
	open      func(name, head string) (*outFile, error)
	logs      []*outFile // in the order in which employers are met
	byTenant  map[string]*outFile
	events    map[string][]oktaEvent // of the block
	payroll   *outFile
	shipments *outFile
	guide     []string // how to read each
	r         *rand.Rand
	err       error
}

// newVendors opens the tables, and writes their mappings.
func newVendors(o *output) (*vendors, error) {
	v := &vendors{open: o.open, byTenant: map[string]*outFile{}, events: map[string][]oktaEvent{}, r: rand.New(rand.NewPCG(1, number("exports")))}
	var err error
	if v.payroll, err = o.open("vendor/payroll.csv", "company,employee_id,full_name,email,mobile,address,deposit,document,client,hired,last_paid\n"); err != nil {
		return v, err
	}
	if v.shipments, err = o.open("vendor/shipments.csv", "company,login,to_address,to_phone,shipped\n"); err != nil {
		return v, err
	}
	for name, text := range map[string]string{"vendor/payroll.map.yaml": scenePayroll, "vendor/shipments.map.yaml": sceneShipments} {
		err = errors.Join(err, writeFile(o.create, Export{Name: name, write: func(to io.Writer) error { _, err := io.WriteString(to, text); return err }}))
	}
	v.guide = append(v.guide, "samehand ingest --map payroll.map.yaml payroll.csv", "samehand ingest --map shipments.map.yaml shipments.csv")
	return v, err
}

const scenePayroll = `# Payroll of all employers and agencies.
version: 1
platform: payroll
platform_column: company
account: employee_id
first_seen: {column: hired, layout: us-date}
last_seen: {column: last_paid, layout: us-date}
values:
  - {columns: full_name, kind: name, relation: registered}
  - {columns: email, kind: email, relation: registered}
  - {columns: mobile, kind: phone, relation: registered}
  - {columns: address, kind: address, relation: registered}
  - {columns: deposit, kind: payment, relation: payout}
  - {columns: document, kind: document, relation: registered}
  - {columns: client, kind: employer, relation: employed_by}
`

const sceneShipments = `# Laptops sent out. The account is the recipient's login.
version: 1
platform: okta
platform_column: company
account: login
first_seen: {column: shipped, layout: us-date}
values:
  - {columns: to_address, kind: address, relation: ship_to}
  - {columns: to_phone, kind: phone, relation: ship_to}
`

// carried reports whether an export can carry a claim.
func carried(id graph.AccountID, c *claim) bool {
	return c.sheet == sheetSignins && id.System() == "okta" || c.sheet == sheetPayroll || c.sheet == sheetShipments
}

// account writes what the exports can carry of an account.
func (v *vendors) account(a *actor, acc *account) {
	var pay, ship []*claim
	for i := range acc.claims {
		c := &acc.claims[i]
		switch {
		case !carried(acc.id, c):
		case c.sheet == sheetSignins:
			v.signIns(a, acc.id, c)
		case c.sheet == sheetPayroll:
			pay = append(pay, c)
		default:
			ship = append(ship, c)
		}
	}
	tables(v.payroll, acc.id, pay, []cellOf{{kindName, ""}, {kindEmail, ""}, {kindPhone, ""}, {kindAddress, ""}, {kindPayment, ""}, {kindDocument, ""}, {kindEmployer, ""}}, true)
	tables(v.shipments, acc.id, ship, []cellOf{{kindAddress, ""}, {kindPhone, ""}}, false)
}

// tables writes claims as rows of a table: the first row has one of each kind, further ones have what is left, for another time.
func tables(f *outFile, id graph.AccountID, cs []*claim, columns []cellOf, until bool) {
	for len(cs) > 0 {
		first := cs[0]
		p := append(appendCell(append(append(f.pending, id.Tenant()...), ','), id.Native), ',')
		var rest []*claim
		cells := slices.Clone(columns)
		for _, c := range cs {
			i := slices.IndexFunc(cells, func(x cellOf) bool { return x.kind == c.kind && x.text == "" })
			if i < 0 || dayText(c.from) != dayText(first.from) || until && dayText(c.to) != dayText(first.to) {
				rest = append(rest, c)
				continue
			}
			cells[i].text = c.val.text
		}
		for _, x := range cells {
			p = append(appendCell(p, x.text), ',')
		}
		p = append(p, dayText(first.from)...)
		if until {
			p = append(append(p, ','), dayText(first.to)...)
		}
		f.pending, cs = append(p, '\n'), rest
	}
}

// cellOf is a cell for a kind of value.
type cellOf struct {
	kind kindOf
	text string
}

// dayText writes the day of a second of the world as American tables do.
func dayText(at int64) string { return timeOf(at).Format(usDate) }

// signIns adds as many sessions as a window has, the first and the last at its ends.
func (v *vendors) signIns(a *actor, id graph.AccountID, c *claim) {
	t := id.Tenant()
	if v.byTenant[t] == nil {
		name := "okta-" + t + ".jsonl"
		f, err := v.open("vendor/"+name, "")
		if v.err = errors.Join(v.err, err); err != nil {
			return
		}
		v.byTenant[t], v.logs = f, append(v.logs, f)
		v.guide = append(v.guide, "samehand ingest --tenant "+t+" "+name)
	}
	name := ""
	for _, acc := range a.accounts {
		for _, x := range acc.claims {
			if acc.id == id && x.kind == kindName {
				name = x.val.text
			}
		}
	}
	for i := range c.count {
		at := c.from
		if c.count > 1 {
			at += (c.to - c.from) * int64(i) / int64(c.count-1)
		}
		v.events[t] = append(v.events[t], oktaEvent{
			Actor:   oktaActor{"00u" + short(id.Native, 17), "User", id.Native, name},
			Client:  oktaClient{agents[a.number%len(agents)], "null", "Computer", c.val.text},
			Outcome: oktaOutcome{Result: "SUCCESS"}, UUID: uuid(v.r), Published: timeOf(at).Format(oktaTime),
			EventType: "user.session.start", Version: "0", Display: displays["user.session.start"], Severity: "INFO",
			Request: oktaRequest{[]oktaHop{{c.val.text, "V4"}}}, DebugContext: oktaDebug{map[string]string{"requestUri": "/idp/idx/identify"}},
		})
	}
}

// flush writes what a block had. Events are in order within a block.
func (v *vendors) flush() error {
	if v.err != nil {
		return v.err
	}
	for _, f := range v.logs {
		t := strings.TrimSuffix(strings.TrimPrefix(f.name, "vendor/okta-"), ".jsonl")
		slices.SortStableFunc(v.events[t], func(a, b oktaEvent) int { return cmp.Compare(a.Published, b.Published) })
		enc := json.NewEncoder(f.buf)
		enc.SetEscapeHTML(false)
		for i := range v.events[t] {
			if err := enc.Encode(&v.events[t][i]); err != nil {
				return fmt.Errorf("write %s: %w", f.name, err)
			}
		}
		v.events[t] = v.events[t][:0]
	}
	for _, f := range []*outFile{v.payroll, v.shipments} {
		if _, err := f.buf.Write(f.pending); err != nil {
			return fmt.Errorf("write %s: %w", f.name, err)
		}
		f.pending = f.pending[:0]
	}
	return nil
}

// close writes how the exports are read, and closes them.
func (v *vendors) close(create func(name string) (io.WriteCloser, error)) error {
	err := writeFile(create, Export{Name: "vendor/README.txt", write: func(to io.Writer) error {
		w := bufio.NewWriter(to)
		fmt.Fprintln(w, "Made-up exports. Give each file what it does not say itself; what no export carries is in ../observations.")
		for _, line := range v.guide {
			fmt.Fprintln(w, line)
		}
		return w.Flush()
	}})
	for _, f := range append(v.logs, v.payroll, v.shipments) {
		if f != nil {
			err = errors.Join(err, f.buf.Flush(), f.to.Close())
		}
	}
	return err
}
