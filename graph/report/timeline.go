package report

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// timeline is a strip of when each shared value was seen with whom.
type timeline struct {
	W, H    float64
	Ticks   []tick
	Rows    []timeRow
	Dropped int  // values and accounts that are left out; the evidence below has them
	Assumed bool // some are taken as still held after they were seen
	Unknown int  // values without a known time
}

type tick struct {
	X, Top, Bottom, LabelY float64
	Label                  string
	Anchor                 string // of the label; near the right edge it ends at the mark
}

type timeRow struct {
	Head         bool // names a value; else an account under it
	Y, Base      float64
	Label, Full  string
	Kind         string
	Points       string // polygon of a head
	X, W         float64
	BarY         float64
	Period       string
	HeldX, HeldW float64 // where it is taken as still held; width 0 when nothing is assumed
}

// Measures of the strip, and how much of it a page shows.
const (
	stripLeft, stripWidth = 300.0, 1000.0
	headHeight, barHeight = 22.0, 13.0
	stripValues           = 12 // values shown
	stripAccounts         = 14 // accounts shown for each
)

// timelineOf lays out the strip of a cluster; one without known times has no rows.
func timelineOf(c Cluster) timeline {
	tl := timeline{W: stripWidth}
	first, last := stripSpan(c)
	if first == last {
		first, last = first-43_200, last+43_200
	}
	at := func(sec int64) float64 {
		x := stripLeft + (stripWidth-stripLeft-36)*float64(sec-first)/float64(last-first)
		return math.Round(x*10) / 10
	}
	y := 30.0
	heads := 0
	for _, e := range c.Evidence {
		uses := timedUses(e)
		if len(uses) == 0 {
			tl.Unknown++
			continue
		}
		if heads++; heads > stripValues {
			tl.Dropped += 1 + len(uses)
			continue
		}
		y += headHeight
		k := e.Value.kind
		tl.Rows = append(tl.Rows, timeRow{Head: true, Y: y, Base: y, Kind: k.String(), Points: polygon(k, 8, y-4, 6),
			Label: clip(e.Value.Shown, 46), Full: valueWords(e)})
		y += 3
		for i, u := range uses {
			if i == stripAccounts {
				tl.Dropped += len(uses) - i
				break
			}
			y += barHeight
			x := at(u.times.first)
			row := timeRow{Y: y, Base: y, Kind: k.String(), Label: clip(useLabel(c, u), 40), Full: u.Account.Shown,
				X: x, W: max(3, math.Round((at(u.times.last)-x)*10)/10), BarY: y - 8, Period: span(u.First, u.Last) + heldWords(u.HeldUntil)}
			if u.times.held > u.times.last {
				row.HeldX = row.X + row.W
				row.HeldW = math.Round(max(0, at(u.times.held)-row.HeldX)*10) / 10
				tl.Assumed = tl.Assumed || row.HeldW > 0
			}
			tl.Rows = append(tl.Rows, row)
		}
	}
	tl.H = y + 12
	if len(tl.Rows) > 0 {
		tl.Ticks = ticks(first, last, at, tl.H)
	}
	return tl
}

// stripSpan is the time that the strip covers: that of the uses it shows.
func stripSpan(c Cluster) (first, last int64) {
	for _, e := range c.Evidence {
		for _, u := range timedUses(e) {
			if first == 0 && last == 0 || u.times.first < first {
				first = u.times.first
			}
			last = max(last, u.times.last, u.times.held)
		}
	}
	return first, last
}

// timedUses gathers the uses with a known time, one for each account, by when they begin.
func timedUses(e Evidence) []Use {
	var out []Use
	for _, u := range e.Uses {
		if !u.times.known() {
			continue
		}
		if u.times.first == 0 {
			u.times.first = u.times.last
		}
		u.times.last = max(u.times.last, u.times.first)
		if n := len(out) - 1; n >= 0 && accountKey(out[n].Account) == accountKey(u.Account) {
			out[n] = joined(out[n], u)
			continue
		}
		out = append(out, u)
	}
	slices.SortStableFunc(out, func(a, b Use) int { return cmp.Compare(a.times.first, b.times.first) })
	return out
}

func joined(a, b Use) Use {
	if b.times.first < a.times.first {
		a.times.first, a.First = b.times.first, b.First
	}
	if b.times.last > a.times.last {
		a.times.last, a.Last = b.times.last, b.Last
	}
	if b.times.held > a.times.held {
		a.times.held, a.HeldUntil = b.times.held, b.HeldUntil
	}
	if a.times.held <= a.times.last {
		a.times.held, a.HeldUntil = 0, ""
	}
	return a
}

// useLabel names the account of a use as the picture does.
func useLabel(c Cluster, u Use) string {
	for _, m := range c.Members {
		if accountKey(m.Account) == accountKey(u.Account) {
			return accountLabel(m)
		}
	}
	return u.Account.Shown
}

// ticks marks the first days of months, quarters or years, so that there are at most ten; a strip that has none inside is marked at both ends.
func ticks(first, last int64, at func(int64) float64, height float64) []tick {
	start, end := time.Unix(first, 0).UTC(), time.Unix(last, 0).UTC()
	months := (end.Year()-start.Year())*12 + int(end.Month()) - int(start.Month())
	step := 1
	for _, s := range []int{1, 2, 3, 6, 12, 24, 60, 120, 1200, 12000} {
		if step = s; months/s <= 10 {
			break
		}
	}
	var out []tick
	mark := func(t time.Time, format string) {
		out = append(out, tickAt(at(t.Unix()), height, t.Format(format)))
	}
	m := start.Year()*12 + int(start.Month()) - 1
	for m = (m/step + 1) * step; len(out) < 12; m += step {
		t := time.Date(m/12, time.Month(m%12+1), 1, 0, 0, 0, 0, time.UTC)
		if !t.Before(end) {
			break
		}
		mark(t, map[bool]string{true: "2006", false: "Jan 2006"}[step >= 12])
	}
	if len(out) == 0 {
		mark(start, "2006-01-02")
		if end.Sub(start) > 24*time.Hour {
			out = append(out, tickAt(at(last), height, end.Format("2006-01-02")))
		}
	}
	return out
}

// tickAt is a mark with its label in the middle of it, or before it where the middle would run over the edge.
func tickAt(x, height float64, label string) tick {
	const room = 70 // pixels of the longest label, in the widest of the fonts
	anchor := "middle"
	if x > stripWidth-room {
		anchor = "end"
	}
	return tick{X: x, Top: 26, Bottom: height - 6, LabelY: 18, Label: label, Anchor: anchor}
}
