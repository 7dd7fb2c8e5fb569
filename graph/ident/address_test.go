package ident

import "testing"

func mustParse(t *testing.T, k Kind, raw string) ID {
	t.Helper()
	id, err := Parse(k, raw)
	if err != nil {
		t.Fatalf("%s %q: %v", k, raw, err)
	}
	return id
}

// Spellings of one address are one address.
func TestAddressSpellings(t *testing.T) {
	for want, spellings := range map[string][]string{
		"45 w oak ave unit 7 springfield il 62701": {
			"45 West Oak Avenue, Apartment 7, Springfield, Illinois 62701",
			"45 W. OAK AVE., APT 7, SPRINGFIELD, IL 62701-1234", "45 W Oak Ave Unit #7\nSpringfield IL 62701 USA", "45 w oak ave, apt. no. 7, springfield, il, 62701, United States of America",
			"45 W Oak Ave Apt7 Springfield IL 627011234", "45 W. Oak Ave #7; Springfield, IL 62701 U.S.A.", "45 W Oak Ave, Suite-7, Springfield, IL 62701",
		},
		"po box 9 fargo nd 58102":                 {"P.O. Box 9, Fargo, North Dakota 58102", "PO BOX 9 Fargo ND 58102", "Post Office Box 9, Fargo, ND 58102", "POBox 9, Fargo, ND 58102"},
		"1 oak st fl 3 miami fl 33101":            {"1 Oak St, 3rd Floor, Miami, FL 33101", "1 Oak Street Floor 3 Miami Florida 33101", "1 Oak St 3rd Fl, Miami, FL 33101"},
		"8 n 1st st bldg 2 unit c tulsa ok 74103": {"8 North First Street, Building 2, Apt C, Tulsa, OK 74103", "8 N. 1st St. Bldg 2 #C Tulsa, Oklahoma 74103"},
	} {
		for _, raw := range spellings {
			if id := mustParse(t, Address, raw); id.key != want || id.mark != Ordinary {
				t.Errorf("%q: %q %q, want %q", raw, id.key, id.mark, want)
			}
		}
	}
}

func TestAddressParts(t *testing.T) {
	for _, c := range []struct{ raw, street, unit, home string }{
		{"45 W Oak Ave Apt 7, Springfield, IL 62701", "45 w oak ave springfield il 62701", "unit 7", "45|unit 7|62701"},
		{"45 W Oak Ave, Springfield, IL 62701", "45 w oak ave springfield il 62701", "", "45||62701"},
		{"45 West Oka Av., Springfeild, IL 62701", "45 w oka ave springfeild il 62701", "", "45||62701"}, // spelling slips do not make another home
		{"45 W Oak Ave PMB 7, Springfield, IL 62701", "45 w oak ave springfield il 62701", "pmb 7", "45|pmb 7|62701"},
		{"45 W Oak Ave Ste 3 PMB 7, Springfield, IL 62701", "45 w oak ave springfield il 62701", "unit 3 pmb 7", "45|unit 3 pmb 7|62701"},
		{"Apt 7, 45 W Oak Ave, Springfield, IL 62701", "45 w oak ave springfield il 62701", "unit 7", "45|unit 7|62701"},
		{"PO Box 71345, Springfield, IL 62701", "po box 71345 springfield il 62701", "", "box 71345||62701"},
		{"45 W Oak Ave, Springfield", "45 w oak ave springfield", "", ""},
		{"5th Ave, New York, NY 10001", "5th ave new york ny 10001", "", ""},
		{"12A Mill Lane, Ashby, AB1 2CD, United Kingdom", "12a ml ln ashby ab1 2cd united kingdom", "", "12a||ab12cd"},
		{"100 Main Rd, Ottawa ON K1A0B1, Canada", "100 main rd ottawa on k1a0b1 canada", "", "100||k1a0b1"},
		{"Hauptstr. 12, 10115 Berlin", "hauptstr 12 10115 berlin", "", "12||10115"},
	} {
		id := mustParse(t, Address, c.raw)
		if id.Street() != c.street || id.Unit() != c.unit || id.Home() != c.home {
			t.Errorf("%q: street %q, unit %q, home %q; want %q, %q, %q", c.raw, id.Street(), id.Unit(), id.Home(), c.street, c.unit, c.home)
		}
	}
	if id := mustParse(t, Name, "Jane Roe"); id.Street() != "" || id.Unit() != "" || id.Home() != "" {
		t.Error("a name has parts of an address")
	}
}

// What names a place but no door never links.
func TestAddressOfAPlace(t *testing.T) {
	for _, raw := range []string{"Springfield", "Springfield, IL 62701", "USA", "United States", "10115 Berlin", "London SW1A 1AA", "Sault Ste. Marie, MI 49783", "St. Louis, MO 63101-0001", "New York, New York 10001"} {
		if id := mustParse(t, Address, raw); id.mark != Shared || id.Home() != "" {
			t.Errorf("%q: %q %q, home %q", raw, id.key, id.mark, id.Home())
		}
	}
}
