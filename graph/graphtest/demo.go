package graphtest

import (
	"fmt"

	"samehand/graph"
	"samehand/graph/ident"
)

// Demo is a world with a laptop farm and a payment ring, and all the innocent people that look like them.
type Demo struct {
	*World
	Farm    []graph.AccountID // accounts of the nine personas and their host
	Ring    []graph.AccountID // accounts of the six who are paid into shared purses
	Victim  graph.AccountID   // whose name and home a persona of the farm uses
	VPN     string            // an exit that farm personas and others use
	FarmIP  string
	next    int // number of the next person
	nextIP  int
	nextAdr int
}

// NewDemo builds the world.
func NewDemo(w *World) *Demo {
	d := &Demo{World: w, VPN: IP(9_000_001), FarmIP: IP(9_000_000), nextIP: 1, nextAdr: 1}
	d.farm()
	d.ring()
	for i := range 25 {
		d.household(2+i%4, i)
	}
	d.office(40)
	d.vpn(60)
	d.coworking(30)
	d.mailboxShop(24)
	d.reassigned(8)
	d.recycled(8)
	for i := range 6 {
		d.overemployed(2 + i%3)
	}
	return d
}

// worker is a person with a home, a home line and a job.
func (d *Demo) worker(employer string) (Account, string, string) {
	i := d.next
	d.next++
	ip, home := d.line(), d.address()
	a := d.Account("okta:"+employer, fmt.Sprintf("user%d", i), Name(i))
	return a, ip, home
}

func (d *Demo) line() string {
	d.nextIP += 7
	return IP(d.nextIP)
}

func (d *Demo) address() string {
	d.nextAdr += 3
	return Address(d.nextAdr)
}

func employer(i int) string { return fmt.Sprintf("employer%d", i) }

// farm adds nine personas on one line; laptops are sent there; a few share a purse, a device, a phone.
func (d *Demo) farm() {
	door := "77 Hollow Rd, Springfield, IL 62701"
	for i := range 9 {
		a, _, home := d.worker(employer(i % 6))
		a.Login(d.FarmIP, 10+i, 200+i, 150).Login(d.VPN, 30, 180, 30)
		a.Device(fmt.Sprintf("serial:FARM%05d", i), 10+i, 200+i)
		name := Name(d.next - 1)
		p := d.Account("gusto:"+employer(i%6), fmt.Sprintf("emp%d", i), name)
		p.Home(home).Payout(Bank(i/3), 20, 200).Phone(Phone(9000+i/4), 10).Email(fmt.Sprintf("persona%d@gmail.com", i))
		a.Email(fmt.Sprintf("persona%d@gmail.com", i))
		p.ShipTo(door, 9+i)
		d.Farm = append(d.Farm, a.id, p.id)
		if i == 0 {
			v := d.Account("okta:honest", "victim", name).Home(home).Login(d.line(), 5, 300, 200)
			d.Victim = v.id
		}
	}
	host := d.Account("acme-isp", "host", "Hollow Facilitator")
	host.Home(door).Login(d.FarmIP, 1, 300, 400)
	d.Farm = append(d.Farm, host.id)
}

// ring adds six people on lines of their own, paid into two purses; devices and a mailbox go round among them.
func (d *Demo) ring() {
	for i := range 6 {
		a, ip, home := d.worker(employer(10 + i))
		name := Name(d.next - 1)
		a.Login(ip, 20, 220, 150).Email(fmt.Sprintf("ring%d@outlook.com", i))
		a.Device(fmt.Sprintf("serial:RING%05d", i/2), 20, 220)
		p := d.Account("adp:"+employer(10+i), fmt.Sprintf("r%d", i), name)
		p.Home(home).Payout(Bank(100), 30, 220).Email(fmt.Sprintf("ring%d@outlook.com", i))
		if i%2 == 1 {
			a.See(ident.Phone, graph.MFA, Phone(9100+i/3), 25, 200, 10)
		}
		d.Ring = append(d.Ring, a.id, p.id)
	}
}

// household adds people of one home: one line, one joint purse, one phone plan, often one employer each.
func (d *Demo) household(n, salt int) {
	ip, home := d.line(), d.address()
	for i := range n {
		a := d.Account("okta:"+employer(20+(salt*5+i)%30), fmt.Sprintf("user%d", d.next), Name(d.next))
		a.Login(ip, 5+i, 300, 220).Home(home)
		if i < 2 {
			a.Payout(Bank(1000+salt), 5, 300).Phone(Phone(1000+salt), 3)
		}
		if salt%5 == 0 {
			a.See(ident.Device, graph.Login, fmt.Sprintf("serial:TABLET%05d", salt), 50, 250, 20)
		}
		a.ShipTo(home, 4)
		d.next++
	}
}

// office adds people of one employer who sign in at work and at home.
func (d *Demo) office(n int) {
	nat := d.line()
	for range n {
		a, ip, home := d.worker("bigco")
		a.Login(nat, 2, 300, 300).Login(ip, 2, 300, 100).Home(home)
	}
}

// vpn adds people who pass through a VPN exit now and then.
func (d *Demo) vpn(n int) {
	for i := range n {
		a, ip, home := d.worker(employer(50 + i%25))
		a.Login(d.VPN, 10+i%20, 250, 20).Login(ip, 2, 300, 200).Home(home)
	}
}

// coworking adds people of many employers who share a line by day, and have one at home.
func (d *Demo) coworking(n int) {
	desk := d.line()
	for i := range n {
		a, ip, home := d.worker(employer(80 + i))
		a.Login(desk, 10, 200, 60).Login(ip, 2, 300, 150).Home(home)
	}
}

// mailboxShop adds people whose equipment goes to boxes of one shop, some without the number of the box.
func (d *Demo) mailboxShop(n int) {
	for i := range n {
		a, ip, home := d.worker(employer(120 + i))
		a.Login(ip, 2, 300, 150).Home(home)
		shop := fmt.Sprintf("500 Postal Plaza PMB %d, Springfield, IL 62704", 10+i)
		if i%4 == 0 {
			shop = "500 Postal Plaza, Springfield, IL 62704"
		}
		a.ShipTo(shop, 3)
	}
}

// reassigned adds people who had one laptop after each other.
func (d *Demo) reassigned(n int) {
	for i := range n {
		a, ip, home := d.worker("bigco")
		a.Login(ip, 2, 300, 150).Home(home).Device(fmt.Sprintf("serial:LAPTOP%05d", i/2), 10+150*(i%2), 140+150*(i%2))
	}
}

// recycled adds pairs of strangers who had one IP after each other.
func (d *Demo) recycled(n int) {
	for i := range n {
		ip := IP(8_000_000 + i/2)
		a, _, home := d.worker(employer(150 + i))
		a.Login(ip, 10+150*(i%2), 140+150*(i%2), 100).Home(home)
	}
}

// overemployed adds one genuine person with several jobs.
func (d *Demo) overemployed(jobs int) {
	ip, home, i := d.line(), d.address(), d.next
	d.next++
	for j := range jobs {
		a := d.Account("okta:"+employer(170+3*i+j), fmt.Sprintf("user%d", i), Name(i))
		a.Login(ip, 2, 300, 150).Home(home).Email(fmt.Sprintf("own%d@gmail.com", i)).Payout(Bank(2000+i), 2, 300)
	}
}
