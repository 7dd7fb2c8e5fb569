package simulate

import (
	"slices"
	"strings"
)

// rotatedKinds says which values each word of --rotate means.
var rotatedKinds = map[string]kindOf{
	"payment": kindPayment, "phone": kindPhone, "email": kindEmail, "device": kindDevice, "ip": kindIP, "address": kindAddress,
}

// rotateRings gives every member of a ring a value of their own where two or more of the ring have one of a rotated kind. It
// comes after everything else is made and draws nothing that others draw, so a rotated world is the same world without
// these values: the same people, jobs, names, times, and other values.
func (b *block) rotateRings() {
	for _, word := range b.rotate {
		for _, g := range b.rings {
			b.rotateRing(g, rotatedKinds[word])
		}
	}
}

// rotateRing gives the members of one ring values of one kind of their own.
func (b *block) rotateRing(g *ring, k kindOf) {
	keeps := g.keepers(k)
	for _, a := range g.members {
		own := map[string]val{} // what the actor has instead, by key
		for i := range a.accounts {
			claims := a.accounts[i].claims
			for j := range claims {
				c := &claims[j]
				keeper, shared := keeps[c.identity()]
				if c.kind != k || !shared || keeper == a || c.val.nature == natureOffice {
					continue
				}
				if own[c.identity()].text == "" {
					own[c.identity()] = b.ownInstead(*c)
				}
				b.replace(c, own[c.identity()])
			}
		}
	}
}

// keepers returns the values of a kind that two or more of a ring have, each with the member who keeps it: the facilitator
// whose it is, or somebody else whose own it is. Where that is nil, nobody does.
func (g *ring) keepers(k kindOf) map[string]*actor {
	first, shared, keeps := map[string]*actor{}, map[string]bool{}, map[string]*actor{}
	for _, a := range g.members {
		for _, acc := range a.accounts {
			for i := range acc.claims {
				c := &acc.claims[i]
				if c.kind != k || !c.rotates() {
					continue
				}
				key := c.identity()
				if met := first[key]; met == nil {
					first[key] = a
				} else if met != a {
					shared[key] = true
				}
				if keeps[key] == nil && (a.role == roleFacilitator || c.val.nature == natureOwn) {
					keeps[key] = a
				}
			}
		}
	}
	out := make(map[string]*actor, len(shared))
	for key := range shared {
		out[key] = keeps[key]
	}
	return out
}

// rotates reports whether a value counts as shared: what the employer gave does not, nor what all the world has, nor
// that two homes happen to be in one building. A common exit and a common mailbox shop do.
func (c *claim) rotates() bool {
	switch c.val.nature {
	case natureWork, natureOffice, naturePublic, naturePlaceholder, natureSlip, natureCover:
		return false
	case natureCounter:
		return c.relation == relShipTo
	}
	return true
}

// identity returns what all spellings of a claim's value have in common.
func (c *claim) identity() string {
	if c.key != "" {
		return c.key
	}
	return c.val.text
}

// ownInstead draws a value like that of a claim which nobody else has. An address is the key of it.
func (b *block) ownInstead(c claim) val {
	text := c.identity()
	switch c.kind {
	case kindPayment:
		switch {
		case strings.HasPrefix(text, "0x"):
			return b.newWallet()
		case slices.Contains(sponsorBanks, text[:8]):
			return b.newFintech()
		}
		return b.newBank()
	case kindPhone:
		return b.newPhone()
	case kindEmail:
		return b.newRecovery()
	case kindDevice:
		switch {
		case strings.HasPrefix(text, "fp:"):
			return b.newPrint()
		case strings.HasPrefix(text, "serial:YK"):
			return b.newKey()
		}
		return b.newSerial()
	case kindAddress:
		return val{dwelling{place: placeAt(b.seed, b.slot(slotPlace))}.key(), natureOwn}
	}
	return b.newServer()
}

// replace writes another value into a claim. What was masked is masked again; a slip is not made twice.
func (b *block) replace(c *claim, v val) {
	c.key = v.text
	switch {
	case c.kind == kindAddress:
		c.val = val{b.written(placeOf(v.text)), natureOwn}
	case c.kind == kindPayment && c.val.nature == naturePlaceholder:
		c.val = masked(v)
	default:
		c.val = v
	}
}

// placeOf returns the place of a key; see [dwelling.key].
func placeOf(key string) Place {
	p := strings.SplitN(key, "|", 5)
	return Place{Street: p[0], Unit: p[1], City: p[2], State: p[3], Zip: p[4]}
}
