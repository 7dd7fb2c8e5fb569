package table

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"samehand/graph"
	"samehand/ingest/tabular"
)

// layout reads times of one form. local says that the text had no zone and was taken as UTC.
type layout func(s string) (t graph.Time, local bool, reason string)

// dayClocks are the times of day that may follow a date.
var dayClocks = []string{"", " 15:04:05", " 15:04", " 3:04:05 PM", " 3:04 PM", "T15:04:05", "T15:04"}

// layoutNames lists the names of layouts in the order in which [Guess] tries them.
var layoutNames = []string{"rfc3339", "date", "us-date", "eu-date", "unix", "unix-ms", "excel"}

// layoutOf returns the layout of that name, or the one of Go's package time.
func layoutOf(name string) (layout, error) {
	switch name {
	case "rfc3339":
		return tabular.ParseTime, nil
	case "date":
		return dates("2006-01-02"), nil
	case "us-date":
		return dates("1/2/2006"), nil
	case "eu-date":
		return dates("2/1/2006", "2.1.2006"), nil
	case "unix":
		return number(func(n float64) float64 { return n * 1e6 }), nil
	case "unix-ms":
		return number(func(n float64) float64 { return n * 1e3 }), nil
	case "excel":
		// Day 1 is 1900-01-01, and the 29th of February 1900, which never was, counts: 1970-01-01 is day 25569.
		return number(func(n float64) float64 { return math.Round((n-25569)*86400e3) * 1e3 }), nil
	}
	if !strings.Contains(name, "06") {
		return nil, fmt.Errorf("not a layout; want %s, or a layout of Go's package time, such as 2006-01-02 15:04", strings.Join(layoutNames, ", "))
	}
	return stdLayout(name), nil
}

// stdLayout reads by a layout of package time.
func stdLayout(l string) layout {
	zoned := strings.Contains(l, "Z07") || strings.Contains(l, "-07") || strings.Contains(l, "MST")
	return func(s string) (graph.Time, bool, string) {
		t, err := time.Parse(l, s)
		if err != nil {
			return 0, false, "does not have the layout " + strconv.Quote(l)
		}
		return inBounds(t, !zoned)
	}
}

// dates reads dates by any of the layouts, with or without a time of day.
func dates(layouts ...string) layout {
	return func(s string) (graph.Time, bool, string) {
		for _, l := range layouts {
			for _, clock := range dayClocks {
				if t, err := time.Parse(l+clock, s); err == nil {
					return inBounds(t, true)
				}
			}
		}
		return 0, false, "not a date of the layout " + strconv.Quote(layouts[0])
	}
}

// number reads a number, of which micros makes microseconds since 1970.
func number(micros func(float64) float64) layout {
	return func(s string) (graph.Time, bool, string) {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsNaN(n) || math.Abs(n) > 1e15 {
			return 0, false, "not a number that counts time"
		}
		return inBounds(time.UnixMicro(int64(micros(n))).UTC(), false)
	}
}

// inBounds checks the year as [tabular.ParseTime] does.
func inBounds(t time.Time, local bool) (graph.Time, bool, string) {
	switch y := t.UTC().Year(); {
	case y < 1971:
		return 0, false, "before 1971"
	case y > 2200:
		return 0, false, "after 2200"
	}
	return graph.TimeOf(t), local, ""
}
