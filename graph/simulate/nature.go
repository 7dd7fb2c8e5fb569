package simulate

// nature says what a row really is: why an account has a value. It is the third column of edges.csv; its second is the line of
// the row in the file that the first names, the header being line 1.
type nature uint8

// The natures. Those from natureOffice to naturePublic are of values that the public shares.
const (
	natureOwn         nature = iota // the person's own
	natureWork                      // given by the employer: a login, a laptop
	natureHome                      // shared with those who live there, or next door
	natureFamily                    // shared in a family: a joint account, a family's number
	natureRing                      // shared in a ring
	natureFarm                      // line or door of a farm
	natureStolen                    // a victim's name, home or document
	natureLent                      // a lender's own, used by others
	natureGuest                     // of somebody else's home, on a visit
	natureRecycled                  // had by a stranger before
	natureReassigned                // a machine that somebody else had before
	natureService                   // left by somebody who serves many: a tax preparer, a repair shop, a guardian
	natureFirm                      // of a small firm
	natureCover                     // added by a persona to look innocent
	naturePlanted                   // put on an innocent person's account
	natureSlip                      // misspelled
	naturePlaceholder               // typed to fill a field
	natureOffice                    // an employer's line
	natureTransit                   // a line that many pass through: carrier, exit, coworking, university
	natureCounter                   // a mailbox shop, an agency, a dormitory, a building of many units
	naturePublic                    // a recruiter, a referee of many, a template, an exchange's deposit address
	natures
)

var natureNames = [natures]string{
	"own", "work", "shared-home", "family", "ring", "farm", "stolen", "lent", "guest", "recycled", "reassigned", "service", "firm", "cover",
	"planted", "slip", "placeholder", "office", "transit", "counter", "public",
}

// public reports whether the value is a hub, a placeholder, or was misspelled, so that it ties nobody in the truth.
func (n nature) public() bool { return n >= natureSlip }

// val is a value and what it really is.
type val struct {
	text   string
	nature nature
}

// as returns the value with another nature.
func (v val) as(n nature) val { return val{v.text, n} }
