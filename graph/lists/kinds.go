package lists

import "samehand/graph/ident"

// The classes that [Lists.Class] gives.
const (
	Anonymiser  = "anonymiser"
	Hosting     = "hosting"
	SponsorBank = "sponsor-bank"
	BotMailbox  = "bot-mailbox"
	Exchange    = "exchange"
	MailboxShop = "mailbox-shop"
)

// Network is the kind of list that is a MaxMind DB. It may say that a line is an anonymiser's or a hosting company's.
const Network = "network"

// Kind is a kind of list. All but [Network] have the name of the class that they give.
type Kind struct {
	Name string
	Line string // what a line holds, in words
	What string // what the values are, as in "no list of ..."
}

// Kinds lists the kinds of lists, in the order in which they are shown.
func Kinds() []Kind {
	return []Kind{
		{Network, "a MaxMind DB (.mmdb) that says of networks whether they are a VPN's, a proxy's, Tor's or a hosting company's", ""},
		{Anonymiser, "an IP address or network (198.18.7.0/24) of a VPN, proxy or relay", "anonymisers"},
		{Hosting, "an IP address or network of rented servers", "hosting networks"},
		{SponsorBank, "a US routing number of a bank that holds accounts for payment providers", "sponsor banks"},
		{BotMailbox, "an e-mail address of a program, or @domain for all of a domain's", "bot mailboxes"},
		{Exchange, "a wallet that an exchange uses for all its customers; never the deposit address of one customer", "exchange wallets"},
		{MailboxShop, "the street address of a shop or agent that rents out boxes, without the box", "mailbox shops"},
	}
}

// kindNamed returns the kind of that name.
func kindNamed(name string) (Kind, bool) {
	for _, k := range Kinds() {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// book is what the text lists of one class hold.
type book interface {
	// add takes the text of a line; the error says what is wrong with it, without the text.
	add(line string) error
	// reason says why a value is of the class, a phrase without values; "" when the lists do not have it.
	reason(id ident.ID) string
}

func newBook(class string) book {
	switch class {
	case Anonymiser:
		return &netBook{why: "it is a VPN's, a proxy's or a relay's, and strangers share it"}
	case Hosting:
		return &netBook{why: "it is a rented server's, and nobody lives there"}
	case SponsorBank:
		return sponsorBook{}
	case BotMailbox:
		return mailBook{}
	case Exchange:
		return walletBook{}
	}
	return shopBook{}
}
