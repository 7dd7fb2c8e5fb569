package report

import (
	"fmt"
	"strings"

	"samehand/graph/explain"
	"samehand/graph/ident"
)

// shape is how a kind of value is drawn: corners in a box from -1 to 1, y downwards. An account is a circle and has no corners.
// No two shapes are told apart by colour alone.
type shape struct {
	kind    ident.Kind
	corners []float64 // x, y, x, y ...
}

var shapes = []shape{
	{ident.IP, []float64{0, -1, 1, 0, 0, 1, -1, 0}},                                                                                // diamond
	{ident.Device, []float64{-.85, -.85, .85, -.85, .85, .85, -.85, .85}},                                                          // square
	{ident.Payment, []float64{-.5, -.87, .5, -.87, 1, 0, .5, .87, -.5, .87, -1, 0}},                                                // hexagon
	{ident.Address, []float64{0, -1, .95, -.1, .95, .9, -.95, .9, -.95, -.1}},                                                      // house
	{ident.Email, []float64{0, -.95, 1, .8, -1, .8}},                                                                               // triangle up
	{ident.Phone, []float64{-1, -.8, 1, -.8, 0, .95}},                                                                              // triangle down
	{ident.Handle, []float64{-.4, -1, .4, -1, 1, -.4, 1, .4, .4, 1, -.4, 1, -1, .4, -1, -.4}},                                      // octagon
	{ident.Website, []float64{-.3, -1, .3, -1, .3, -.3, 1, -.3, 1, .3, .3, .3, .3, 1, -.3, 1, -.3, .3, -1, .3, -1, -.3, -.3, -.3}}, // cross
	{ident.Document, []float64{-.7, -1, .25, -1, .7, -.5, .7, 1, -.7, 1}},                                                          // sheet with a corner cut
	{ident.Name, []float64{-.6, -.6, 1, -.6, .6, .6, -1, .6}},                                                                      // slanted
	{ident.Employer, []float64{-.55, -.8, .55, -.8, 1, .8, -1, .8}},                                                                // trapezium
	{ident.Tag, []float64{-1, -.6, .3, -.6, 1, 0, .3, .6, -1, .6}},                                                                 // label
}

// cornersOf returns the corners of a kind; a kind it does not know is a square.
func cornersOf(k ident.Kind) []float64 {
	for _, s := range shapes {
		if s.kind == k {
			return s.corners
		}
	}
	return []float64{-.8, -.8, .8, -.8, .8, .8, -.8, .8}
}

// polygon writes the corners of a kind around a point as the points attribute of SVG.
func polygon(k ident.Kind, x, y, size float64) string {
	var b strings.Builder
	cs := cornersOf(k)
	for i := 0; i+1 < len(cs); i += 2 {
		fmt.Fprintf(&b, "%.1f,%.1f ", x+cs[i]*size, y+cs[i+1]*size)
	}
	return strings.TrimSpace(b.String())
}

// legendEntry is one kind that a picture draws.
type legendEntry struct {
	Kind   string // for the style class
	Words  string
	Points string // of its polygon in a box of 16 by 16; "" for the circle of accounts
}

// legendOf lists the kinds among the evidence, in the order of shapes.
func legendOf(es []Evidence) []legendEntry {
	out := []legendEntry{{Kind: "account", Words: "account"}}
	for _, s := range shapes {
		for _, e := range es {
			if e.Value.kind == s.kind {
				out = append(out, legendEntry{s.kind.String(), explain.KindWords(s.kind), polygon(s.kind, 8, 8, 6.5)})
				break
			}
		}
	}
	return out
}

// clip cuts a label after n characters.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
