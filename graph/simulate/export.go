package simulate

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"samehand/graph"
)

// Export is one file of the export set.
type Export struct {
	Name    string
	Tenant  string // the employer to read it for; "" when the file says it
	Mapping string // name of the file that says what its columns are; "" when the format is told by the content
	write   func(io.Writer) error
}

// TruthName is the name of the file that has the answer.
const TruthName = "truth.json"

// Exports lists the files to read, in order. Mappings and truth.json are not among them.
func (w *World) Exports() []Export {
	var out []Export
	for i, e := range w.Employers {
		out = append(out, Export{Name: "okta-" + e.Tenant + ".jsonl", Tenant: e.Tenant, write: func(to io.Writer) error { return w.writeOkta(to, i) }})
	}
	return append(out,
		Export{Name: "payroll.csv", Mapping: "payroll.map.yaml", write: w.writePayroll},
		Export{Name: "shipments.csv", Mapping: "shipments.map.yaml", write: w.writeShipments},
		Export{Name: "observations.csv", write: w.writeObservations},
	)
}

// WriteExports writes the export set, its mappings and truth.json, each through a file that create opens by name.
// It stops at the first error.
func (w *World) WriteExports(create func(name string) (io.WriteCloser, error)) error {
	files := w.Exports()
	for name, text := range mappings {
		files = append(files, Export{Name: name, write: func(to io.Writer) error { _, err := io.WriteString(to, text); return err }})
	}
	files = append(files, Export{Name: TruthName, write: w.Truth().write})
	slices.SortFunc(files, func(a, b Export) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range files {
		if err := writeFile(create, f); err != nil {
			return fmt.Errorf("write %s: %w", f.Name, err)
		}
	}
	return nil
}

// writeFile writes one file; what closing it says counts.
func writeFile(create func(name string) (io.WriteCloser, error), f Export) (err error) {
	to, err := create(f.Name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := to.Close(); err == nil {
			err = cerr
		}
	}()
	b := bufio.NewWriterSize(to, 64<<10)
	if err := f.write(b); err != nil {
		return err
	}
	return b.Flush()
}

// mappings say what the columns of the tables mean.
var mappings = map[string]string{
	"payroll.map.yaml": `# Payroll of all employers: who is paid, into which account, and where they are registered.
version: 1
platform: payroll
platform_column: company
account: employee_id
first_seen: {column: hired, layout: us-date}
last_seen: {column: last_paid, layout: us-date}
values:
  - {columns: [first_name, last_name], kind: name, relation: registered}
  - {columns: work_email, kind: email, relation: registered}
  - {columns: mobile, kind: phone, relation: registered}
  - {columns: [street, city, state, zip], join: ", ", kind: address, relation: registered}
  - {columns: [routing, account], join: ":", zeros: 9, kind: payment, relation: payout}
ignore: [gross]
`,
	"shipments.map.yaml": `# Laptops sent out: to whom, where, and which machine. The account is the recipient's login.
version: 1
platform: okta
platform_column: company
account: customer_email
first_seen: {column: shipped, layout: us-date}
skip:
  - {column: voided, values: ["true"]}
values:
  - {columns: [to_street, to_city, to_state, to_zip], join: ", ", kind: address, relation: ship_to}
  - {columns: to_phone, kind: phone, relation: ship_to}
  - {columns: serial, kind: device, relation: uses, prefix: "serial:"}
ignore: [order, to_name, carrier, tracking]
`,
}

// usDate is how American tables write a day.
const usDate = "1/2/2006"

// seats calls f for every job, in the order of people.
func (w *World) seats(f func(p *Person, j *Job) error) error {
	for i := range w.People {
		p := &w.People[i]
		for k := range p.Jobs {
			if err := f(p, &p.Jobs[k]); err != nil {
				return err
			}
		}
	}
	return nil
}

// writePayroll writes who is paid. Zeros at the beginning of routing numbers are lost, as spreadsheets lose them.
func (w *World) writePayroll(out io.Writer) error {
	r := rand.New(rand.NewPCG(w.Seed, number("payroll")))
	c := csv.NewWriter(out)
	c.Write([]string{"company", "employee_id", "first_name", "last_name", "work_email", "mobile", "street", "city", "state", "zip", "routing", "account", "gross", "hired", "last_paid"})
	err := w.seats(func(p *Person, j *Job) error {
		if !j.Payroll {
			return nil
		}
		hired := j.From
		if hired.Equal(w.From) { // was there before the logs begin
			hired = hired.AddDate(0, 0, -r.IntN(900))
		}
		return c.Write([]string{
			w.Employers[j.Employer].Tenant, j.EmployeeID, p.First, p.Last, recase(r, j.Login), dial(r, p.Phone),
			p.Home.spell(r), p.Home.City, p.Home.State, p.Home.Zip, strings.TrimLeft(p.Bank.Routing, "0"), p.Bank.Account,
			fmt.Sprint(3000 + 100*r.IntN(40)), hired.Format(usDate), j.To.AddDate(0, 0, -1).Format(usDate),
		})
	})
	c.Flush()
	if err == nil {
		err = c.Error()
	}
	return err
}

// recase writes an e-mail address in capitals now and then.
func recase(r *rand.Rand, s string) string {
	if r.Float64() < .05 {
		return strings.ToUpper(s)
	}
	return s
}

// writeShipments writes which laptops went where. Some labels were voided and say nothing.
func (w *World) writeShipments(out io.Writer) error {
	r := rand.New(rand.NewPCG(w.Seed, number("shipments")))
	c := csv.NewWriter(out)
	c.Write([]string{"order", "company", "customer_email", "to_name", "to_street", "to_city", "to_state", "to_zip", "to_phone", "serial", "carrier", "tracking", "voided", "shipped"})
	n := 0
	err := w.seats(func(p *Person, j *Job) error {
		if p.NoParcel || p.Role == "" && r.Float64() < .3 {
			return nil
		}
		to, phone := p.Home, p.Phone
		if p.ShipTo != nil {
			to = *p.ShipTo
		}
		if p.ShipPhone != "" {
			phone = p.ShipPhone
		}
		serial := j.Serial
		if r.Float64() < .03 {
			serial = "To be filled by O.E.M."
		}
		n++
		row := []string{
			fmt.Sprintf("SO-%05d", 4000+3*n), w.Employers[j.Employer].Tenant, j.Login, p.Name(), to.spell(r), to.City, to.State, to.Zip, dial(r, phone),
			serial, pick(r, []string{"ups", "fedex"}), fmt.Sprintf("%012d", r.Int64N(1e12)), "false", j.From.AddDate(0, 0, -2-r.IntN(5)).Format(usDate),
		}
		if r.Float64() < .04 {
			void := slices.Clone(row)
			void[12] = "true"
			if err := c.Write(void); err != nil {
				return err
			}
		}
		return c.Write(row)
	})
	c.Flush()
	if err == nil {
		err = c.Error()
	}
	return err
}

// writeObservations writes what the tools of recruiters and of the service desk know, in samehand's own form.
func (w *World) writeObservations(out io.Writer) error {
	r := rand.New(rand.NewPCG(w.Seed, number("observations")))
	c := csv.NewWriter(out)
	c.Write([]string{"platform", "account", "kind", "value", "relation", "first_seen", "last_seen", "count"})
	err := w.seats(func(p *Person, j *Job) error {
		say := func(a graph.AccountID, kind, value, relation string, at time.Time) {
			if value != "" {
				c.Write([]string{a.Platform, a.Native, kind, value, relation, at.Format(time.RFC3339), "", "1"})
			}
		}
		if j.Applied {
			w.application(r, p, j, say)
		}
		a := w.Account(*j)
		say(a, "device", prefixed("serial:", p.Token), "mfa", j.From.Add(15*time.Hour))
		say(a, "email", p.RecoveryEmail, "recovery", j.From.Add(15*time.Hour))
		say(a, "phone", dial(r, p.RecoveryPhone), "recovery", j.From.Add(15*time.Hour))
		say(a, "payment", prefixed("ETH ", p.Wallet), "payout", j.From.AddDate(0, 0, 14))
		return c.Error()
	})
	c.Flush()
	if err == nil {
		err = c.Error()
	}
	return err
}

// prefixed puts a prefix before a text, unless there is none.
func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// application writes what an applicant's file says.
func (w *World) application(r *rand.Rand, p *Person, j *Job, say func(a graph.AccountID, kind, value, relation string, at time.Time)) {
	a := w.ApplicantAccount(*j)
	at := j.From.AddDate(0, 0, -20-r.IntN(30)).Add(time.Duration(r.IntN(600)) * time.Minute)
	phone := p.Phone
	if p.Odd != "" {
		phone = p.Odd
	}
	e := &w.Employers[j.Employer]
	say(a, "name", p.Name(), "registered", at)
	say(a, "email", recase(r, p.Email), "registered", at)
	say(a, "phone", dial(r, phone), "registered", at)
	say(a, "address", p.Home.spell(r)+", "+p.Home.City+", "+p.Home.State+" "+p.Home.Zip, "registered", at)
	say(a, "employer", e.Name, "employed_by", j.From)
	say(a, "email", p.Referee, "referee", at)
	say(a, "document", prefixed("sha256:", p.CV), "uses", at)
	say(a, "email", "talent."+fmt.Sprint(1+number(j.Login)%3)+"@"+e.Domain, "recruiter", at)
}
