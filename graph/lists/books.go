package lists

import (
	"errors"
	"strings"

	"samehand/graph/ident"
)

// sponsorBook holds routing numbers. A whole account at such a bank is its holder's own, so only what says less than a whole
// account is of the class.
type sponsorBook map[string]bool

func (b sponsorBook) add(line string) error {
	id, err := ident.Parse(ident.Payment, line)
	if err != nil || id.Kind() != ident.Payment || id.Mark() != ident.Shared {
		return errors.New("not a US routing number: nine digits with the right check digit")
	}
	b[id.Key()] = true
	return nil
}

func (b sponsorBook) reason(id ident.ID) string {
	routing, _, _ := strings.Cut(id.Key(), ":")
	if id.Kind() != ident.Payment || id.Mark() != ident.Masked && id.Mark() != ident.Shared || !b[routing] {
		return ""
	}
	return "a part of the account number is hidden, and the bank holds accounts of many payment providers' customers"
}

// mailBook holds mailboxes, and domains as "@domain".
type mailBook map[string]bool

func (b mailBook) add(line string) error {
	mailbox := line
	whole := strings.HasPrefix(line, "@")
	if whole {
		mailbox = "somebody" + line
	}
	id, err := ident.Parse(ident.Email, mailbox)
	if err != nil || id.Kind() != ident.Email {
		return errors.New("not an e-mail address, and not @domain")
	}
	key := id.Key()
	if whole {
		key = domainOf(key)
	}
	b[key] = true
	return nil
}

func (b mailBook) reason(id ident.ID) string {
	if id.Kind() != ident.Email || !b[id.Key()] && !b[domainOf(id.Key())] {
		return ""
	}
	return "a program reads it, and it stands in the records of strangers"
}

// domainOf returns the domain of a mailbox, with its @.
func domainOf(mailbox string) string { return mailbox[max(0, strings.LastIndexByte(mailbox, '@')):] }

// walletBook holds wallets.
type walletBook map[ident.ID]bool

func (b walletBook) add(line string) error {
	id, err := ident.Parse(ident.Payment, line)
	if err != nil || id.Kind() != ident.Payment || id.Mark() != ident.Ordinary {
		return errors.New("not a wallet that can be read")
	}
	b[id] = true
	return nil
}

func (b walletBook) reason(id ident.ID) string {
	if !b[id] {
		return ""
	}
	return "it is an exchange's, which uses it for all its customers"
}

// shopBook holds addresses: by street, the units that the shop itself has, "" for none. A box in the shop is its renter's own.
type shopBook map[string]map[string]bool

func (b shopBook) add(line string) error {
	id, err := ident.Parse(ident.Address, line)
	if err != nil || id.Kind() != ident.Address || id.Mark() != ident.Ordinary {
		return errors.New("not a street address with a number")
	}
	street := id.Street()
	if b[street] == nil {
		b[street] = map[string]bool{}
	}
	b[street][id.Unit()] = true
	return nil
}

func (b shopBook) reason(id ident.ID) string {
	if id.Kind() != ident.Address {
		return ""
	}
	units, ok := b[id.Street()]
	if unit := id.Unit(); !ok || unit != "" && !units[unit] {
		return ""
	}
	return "it is a mailbox shop's, and it does not say which box"
}
