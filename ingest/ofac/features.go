package ofac

import (
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/ingest"
)

// alias is the relation of another name that an entry is known by.
const alias graph.Relation = "alias"

// account returns the account of an entry of the list.
func account(number string) graph.AccountID {
	return graph.AccountID{Platform: "ofac", Native: number}
}

// entry collects the claims about one entry.
type entry struct {
	account graph.AccountID
	claims  *[]ingest.Claim
}

// claim adds a claim, unless the value is blank.
func (e *entry) claim(k ident.Kind, value string, r graph.Relation, field string) {
	if value = strings.TrimSpace(value); value != "" {
		*e.claims = append(*e.claims, ingest.Claim{Account: e.account, Kind: k, Value: value, Relation: r, Field: field})
	}
}

// address adds an address put together of street, town and country. Without a street there is none.
func (e *entry) address(field, street, town, country string) {
	if street == "" {
		return
	}
	parts := []string{street}
	for _, p := range []string{town, country} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	e.claim(ident.Address, strings.Join(parts, ", "), graph.Registered, field)
}

// remarks adds the features of a text of remarks.
func (e *entry) remarks(text, field string) {
	text = strings.TrimSuffix(strings.TrimSpace(text), ".")
	for piece := range strings.SplitSeq(text, ";") {
		piece = strings.TrimSpace(piece)
		for _, alt := range [...]string{"alt. ", "Alt. "} {
			piece = strings.TrimPrefix(piece, alt)
		}
		for i := range features {
			if f := &features[i]; f.in(piece) {
				e.feature(f, strings.TrimSpace(piece[len(f.label):]), field)
				break
			}
		}
	}
}

// feature adds what follows a label.
func (e *entry) feature(f *feature, text, field string) {
	field += ": " + f.label
	relation := graph.Registered
	switch f.kind {
	case ident.Document:
		text = document(f.paper, text)
	case ident.Phone:
		text = international(strings.TrimLeft(text, ": "))
	case ident.Name:
		relation = alias
		text = strings.Trim(text, "'\" ")
	case ident.Payment:
		_, text, _ = strings.Cut(text, " ") // the asset; the address is the wallet whatever it holds
	default:
		text = strings.TrimLeft(text, ": ")
		if i := strings.IndexByte(text, ' '); i > 0 && strings.HasSuffix(text[:i], ".") { // "www.a.org. Offices worldwide"
			text = text[:i-1]
		}
	}
	e.claim(f.kind, text, relation, field)
}

// feature is a sort of statement in remarks, told by the words it begins with.
type feature struct {
	label string
	kind  ident.Kind
	paper string // what documents are called; see [ident.Parse]
}

// in reports whether a statement is of this sort: its label stands at the beginning and the value apart from it.
func (f *feature) in(piece string) bool {
	rest, ok := strings.CutPrefix(piece, f.label)
	return ok && (rest != "" && strings.IndexByte(" :'(#", rest[0]) >= 0)
}

// features are the statements that are read. Where one label begins another, the longer one is first. Counts are of the list of May 2023.
var features = [...]feature{
	{"Digital Currency Address -", ident.Payment, ""}, // 230
	{"Email Address", ident.Email, ""},                // 237
	{"Email", ident.Email, ""},                        // 4, older entries
	{"Phone Number", ident.Phone, ""},                 // 35
	{"Phone No.", ident.Phone, ""},
	{"Telephone No.", ident.Phone, ""}, // 7
	{"Telephone Number", ident.Phone, ""},
	{"Telephone", ident.Phone, ""}, // 44
	{"Website", ident.Website, ""}, // 782
	{"a.k.a.", ident.Name, ""},     // 2,758
	{"f.k.a.", ident.Name, ""},
	{"n.k.a.", ident.Name, ""},

	{"Diplomatic Passport", ident.Document, "passport"},
	{"Passport", ident.Document, "passport"}, // 1,937
	{"SSN", ident.Document, "ssn"},
	{"Tax ID No.", ident.Document, "tax id"}, // 1,470
	{"NIT", ident.Document, "tax id"},        // 351
	{"R.F.C.", ident.Document, "tax id"},     // 333
	{"RFC", ident.Document, "tax id"},
	{"RUC", ident.Document, "tax id"}, // 126
	{"RIF", ident.Document, "tax id"},
	{"C.U.I.T.", ident.Document, "tax id"},
	{"V.A.T. Number", ident.Document, "tax id"}, // 101
	{"Italian Fiscal Code", ident.Document, "tax id"},
	{"National ID No.", ident.Document, "national id"}, // 894
	{"Cedula No.", ident.Document, "national id"},      // 495
	{"C.U.R.P.", ident.Document, "national id"},        // 370
	{"D.N.I.", ident.Document, "national id"},
	{"Personal ID Card", ident.Document, "national id"},
	{"Citizen's Card Number", ident.Document, "national id"},
	{"Turkish Identification Number", ident.Document, "national id"},
	{"Identification Number", ident.Document, "national id"}, // 244
	{"Driver's License No.", ident.Document, "driver's license"},
	{"Business Registration Number", ident.Document, "registration"}, // 139
	{"Registration Number", ident.Document, "registration"},          // 1,361
	{"Registration ID", ident.Document, "registration"},              // 232
	{"UK Company Number", ident.Document, "registration"},
	{"Company Number", ident.Document, "registration"},             // 142
	{"Commercial Registry Number", ident.Document, "registration"}, // 116
	{"C.R. No.", ident.Document, "registration"},
	{"Folio Mercantil No.", ident.Document, "registration"}, // 135
	{"Enterprise Number", ident.Document, "registration"},
	{"Chamber of Commerce Number", ident.Document, "registration"},
	{"Unified Social Credit Code (USCC)", ident.Document, "registration"},
}

// within are words that stand between a label and the number in older entries.
var within = [...]string{"Booklet:", "CNIC:", "NIC:", "No.:", "Cedula:"}

// document writes a document as [ident.Parse] reads it: "passport:KP:563120368". The list writes
// "563120368 (Korea, North) issued 22 Mar 2013 expires 22 Mar 2018". Numbers repeat between countries, so one without a
// country is weak. A text without a digit ("issued in Sarajevo") has no number in it and gives "".
func document(paper, text string) string {
	for _, word := range [...]string{" issued ", " expires ", "; "} {
		text, _, _ = strings.Cut(text, word)
	}
	text = strings.TrimLeft(strings.TrimSpace(text), "#:. ")
	for _, word := range within {
		text = strings.TrimLeft(strings.TrimPrefix(text, word), " ")
	}
	country := ""
	for strings.HasSuffix(text, ")") { // "(Delaware) (United States)": the last one is the country
		open := strings.LastIndexByte(text, '(')
		if open < 0 {
			break
		}
		if country == "" {
			country = countryCode(text[open+1 : len(text)-1])
		}
		text = strings.TrimSpace(text[:open])
	}
	text = brackets.Replace(text)
	switch {
	case !strings.ContainsAny(text, "0123456789"):
		return ""
	case country == "":
		return paper + " " + text
	}
	return paper + ":" + country + ":" + text
}

// brackets takes the brackets out of numbers: Burmese ones are written 12/YAKANA(N)006981.
var brackets = strings.NewReplacer("(", "-", ")", "-")

// international adds the plus that the list leaves out before a country code.
func international(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			b.WriteByte(c)
		case strings.IndexByte(" ()-.+/", c) < 0:
			return text // words; for the parser of numbers to judge
		}
	}
	const least = 10 // shorter than that is a national number
	if n := b.String(); len(n) >= least && n[0] != '0' {
		return "+" + n
	}
	return text
}
