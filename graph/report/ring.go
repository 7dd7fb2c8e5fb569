package report

import "math"

// place is where a node is drawn, in pixels, y downwards.
type place struct{ x, y float64 }

// ring lays a picture out for the moving graph: accounts on a ring, each value at the middle of the accounts that have
// it, then values pushed apart until their labels do not cover each other. It uses no chance, so the same picture gets
// the same places.
func ring(p picture) (accounts, values []place) {
	radius := ringRadius(p)
	accounts, values = make([]place, len(p.accounts)), make([]place, len(p.values))
	right := (len(accounts) + 1) / 2
	for i := range accounts {
		accounts[i] = onRing(i, right, radius)
		if i >= right { // up again on the left
			accounts[i] = onRing(len(accounts)-1-i, len(accounts)-right, radius)
			accounts[i].x = -accounts[i].x
		}
	}
	degree := make([]float64, len(values))
	for _, l := range p.links {
		values[l.value].x += accounts[l.account].x
		values[l.value].y += accounts[l.account].y
		degree[l.value]++
	}
	for i := range values {
		if degree[i] > 0 {
			values[i].x *= inward / degree[i]
			values[i].y *= inward / degree[i]
		}
	}
	spread(values, radius*inward)
	return round(accounts), round(values)
}

// onRing returns the place of one of n accounts on the right half of the ring, from the top. They are equally far apart in
// height, not in angle, so that labels, which stand beside them, do not cover each other at the top and bottom.
func onRing(i, n int, radius float64) place {
	y := radius * .96 * (2*(float64(i)+.5)/float64(n) - 1)
	return place{math.Sqrt(radius*radius - y*y), y}
}

// inward keeps values off the ring: a value of two neighbours would stand between them otherwise.
const inward = .7

// ringRadius gives every account its piece of the ring and all values with their labels room inside.
func ringRadius(p picture) float64 {
	const (
		apart = 18.0              // pixels of height for one account
		area  = boxW * boxH * 2.4 // of the disc for one value, with air
	)
	return max(200, apart*float64(len(p.accounts))/4, math.Sqrt(area*float64(len(p.values))/math.Pi))
}

// boxW and boxH are the room that a value takes with its label.
const boxW, boxH = 120.0, 46.0

// spread pushes boxes apart along the axis on which they overlap less, within a disc, for a bounded number of rounds.
func spread(ps []place, radius float64) {
	rounds := 200
	if n := len(ps); n > 200 {
		rounds = max(8, 8_000_000/(n*n))
	}
	for range rounds {
		moved := false
		for i := range ps {
			for j := range i {
				moved = push(&ps[i], &ps[j], i, j) || moved
			}
		}
		for i := range ps {
			if d := math.Hypot(ps[i].x, ps[i].y); d > radius {
				ps[i].x, ps[i].y = ps[i].x*radius/d, ps[i].y*radius/d
			}
		}
		if !moved {
			return
		}
	}
}

// push moves two overlapping boxes apart by half of their overlap; boxes on one spot part by their numbers.
func push(a, b *place, i, j int) bool {
	dx, dy := a.x-b.x, a.y-b.y
	ox, oy := boxW-math.Abs(dx), boxH-math.Abs(dy)
	if ox <= 1 || oy <= 1 {
		return false
	}
	if dx == 0 && dy == 0 {
		dy = float64(1 - 2*((i+j)%2))
	}
	if ox/boxW < oy/boxH {
		step := math.Copysign(ox/4, dx)
		a.x, b.x = a.x+step, b.x-step
		return true
	}
	step := math.Copysign(oy/4, dy)
	a.y, b.y = a.y+step, b.y-step
	return true
}

// round keeps a tenth of a pixel, which the last bits of floating point on other machines do not reach.
func round(ps []place) []place {
	for i := range ps {
		ps[i].x, ps[i].y = math.Round(ps[i].x*10)/10+0, math.Round(ps[i].y*10)/10+0
	}
	return ps
}
