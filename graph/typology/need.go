package typology

import (
	"fmt"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// Need is a sort of data that a typology cannot do without. The zero Need is none.
type Need uint8

// The sorts of data.
const (
	SignIns      Need = iota + 1 // sign-ins, from whatever line or device
	Lines                        // lines that accounts signed in from
	Devices                      // devices that accounts signed in with, confirmed with or were given
	Names                        // full names of accounts' holders
	Employers                    // whose account it is: a tenant, or an employer of record
	Records                      // employers of record beside the tenant: who pays, where that is another than where they work
	Deliveries                   // addresses equipment was sent to
	Payouts                      // where accounts are paid
	Transfers                    // payments that money was moved over
	Contacts                     // phones, e-mail addresses, handles
	Files                        // hashes of CVs, photos and portfolios
	Referees                     // contacts of those who vouch for an account
	Applications                 // accounts of applicants
	MachineLines                 // lines that device management last saw a machine on
	RemoteTools                  // identifiers of remote-control tools
	Seeds                        // accounts or values that are known to be bad
	needEnd
)

// evidenceOf says how to tell that a case has the data: some row of one of the kinds (all, when nil) with one of the relations
// (all but a recruiter's, when nil).
type evidenceOf struct {
	name      string // "sign-ins"
	about     string // what is looked for, in words
	kinds     []ident.Kind
	relations []graph.Relation
	also      func(id ident.ID) bool // nil: nothing more
}

// evidence holds one row for each [Need], at its number. Needs without kinds are told in another way; see [NewView].
func evidence() [needEnd]evidenceOf {
	signedIn := []graph.Relation{graph.Login, graph.MFA}
	return [needEnd]evidenceOf{
		SignIns:      {"sign-ins", "lines or devices that accounts signed in with", []ident.Kind{ident.IP, ident.Device}, signedIn, nil},
		Lines:        {"lines", "IP addresses that accounts signed in from", []ident.Kind{ident.IP}, signedIn, nil},
		Devices:      {"devices", "devices of accounts", []ident.Kind{ident.Device}, nil, nil},
		Names:        {"names", "full names of accounts' holders", []ident.Kind{ident.Name}, nil, ident.ID.FullName},
		Employers:    {name: "employers", about: "tenants of accounts, or employers of record"},
		Records:      {"employers of record", "employers that accounts of a directory give", []ident.Kind{ident.Employer}, []graph.Relation{graph.EmployedBy}, nil},
		Deliveries:   {"deliveries", "addresses that equipment was sent to", []ident.Kind{ident.Address}, []graph.Relation{graph.ShipTo}, nil},
		Payouts:      {"payouts", "bank accounts or wallets that accounts are paid into", []ident.Kind{ident.Payment}, []graph.Relation{graph.Payout}, nil},
		Transfers:    {"transfers", "payments that money was moved over", []ident.Kind{ident.Payment}, []graph.Relation{graph.Transfer}, nil},
		Contacts:     {"contacts", "phones, e-mail addresses or handles", []ident.Kind{ident.Phone, ident.Email, ident.Handle}, nil, nil},
		Files:        {"files", "hashes of CVs, photos or portfolios, or their web addresses", []ident.Kind{ident.Document, ident.Website}, nil, isFile},
		Referees:     {"referees", "contacts of those who vouch for accounts", []ident.Kind{ident.Phone, ident.Email, ident.Handle}, []graph.Relation{graph.Referee}, nil},
		Applications: {name: "applications", about: "accounts of applicants"},
		MachineLines: {"machines' lines", "IP addresses that device management saw machines on", []ident.Kind{ident.IP}, []graph.Relation{graph.Uses}, nil},
		RemoteTools:  {"remote tools", "identifiers of remote-control tools, as handles such as anydesk:123456789", []ident.Kind{ident.Handle}, nil, isRemoteTool},
		Seeds:        {name: "seeds", about: "accounts or values that are known to be bad; a detection follows them when asked (samehand seeds) and keeps none"},
	}
}

// Needs lists every sort of data.
func Needs() []Need {
	ns := make([]Need, 0, needEnd-1)
	for n := SignIns; n < needEnd; n++ {
		ns = append(ns, n)
	}
	return ns
}

// String returns the need in a word or two, "sign-ins"; "" for the zero Need.
func (n Need) String() string {
	if n == 0 || n >= needEnd {
		return ""
	}
	return evidence()[n].name
}

// About says what is looked for, in a few words; "" for the zero Need.
func (n Need) About() string {
	if n == 0 || n >= needEnd {
		return ""
	}
	return evidence()[n].about
}

// isFile tells a file or a page from an identity document.
func isFile(id ident.ID) bool {
	return id.Kind() == ident.Website || !strings.HasPrefix(id.Key(), "id:")
}

// remoteTools are the platforms of handles that are remote-control tools: products that let somebody elsewhere work on a
// machine, and the small computers that do so from its sockets (ATT&CK T1219).
var remoteTools = [...]string{
	"anydesk", "teamviewer", "rustdesk", "chromeremotedesktop", "chrome-remote-desktop", "splashtop", "screenconnect", "connectwise", "logmein",
	"jumpconnect", "jumpdesktop", "jump-desktop", "meshcentral", "parsec", "supremo", "dwservice", "ultraviewer", "getscreen",
	"pikvm", "tinypilot", "jetkvm", "glkvm", "gl-kvm", "nanokvm", "blikvm", "kvm",
}

// isRemoteTool reports whether a handle is the identifier of a remote-control tool.
func isRemoteTool(id ident.ID) bool { return toolOf(id) != "" }

// toolOf returns the tool that a handle belongs to, "" when it is none.
func toolOf(id ident.ID) string {
	if id.Kind() != ident.Handle {
		return ""
	}
	platform, _, ok := strings.Cut(id.Key(), ":")
	if !ok {
		return ""
	}
	platform, _, _ = strings.Cut(platform, "/") // a tenant's own server
	for _, t := range remoteTools {
		if platform == t {
			return t
		}
	}
	return ""
}

// marketSystems are the systems whose tenants are marketplaces, not employers: who is hired there works for somebody else.
var marketSystems = [...]string{"market", "marketplace", "freelance", "upwork", "fiverr", "freelancer", "toptal", "guru", "peopleperhour"}

// isMarket reports whether a system is a marketplace.
func isMarket(system string) bool {
	for _, s := range marketSystems {
		if system == s {
			return true
		}
	}
	return false
}

// lacks says what the case does not have of what a typology needs; "" when it has all.
func (v *View) lacks(t Typology) string {
	var no []string
	for _, n := range t.Needs {
		switch {
		case v.has[n]:
		case n == Seeds: // a case may have had some, which only the command that was given them knows
			return "seeds are not kept with a run: see samehand seeds --help"
		default:
			no = append(no, fmt.Sprintf("%s (%s)", n, n.About()))
		}
	}
	if len(no) == 0 {
		return ""
	}
	return "the case has no " + strings.Join(no, ", no ")
}
