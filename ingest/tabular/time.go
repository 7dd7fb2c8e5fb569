package tabular

import (
	"strings"
	"time"

	"samehand/graph"
)

// Times before and from which nothing is believed: clocks that were never set, and numbers that are no times.
var (
	earliest = graph.TimeOf(time.Date(1971, 1, 1, 0, 0, 0, 0, time.UTC))
	tooLate  = graph.TimeOf(time.Date(2201, 1, 1, 0, 0, 0, 0, time.UTC))
)

// ParseTime reads an RFC 3339 time, with a T or a blank between date and time. An empty text
// is the zero Time. local says that it had no zone and was taken as UTC. reason is "" unless the text is not such a
// time, or is one before 1971 or after 2200. What is smaller than a microsecond is cut off.
func ParseTime(s string) (t graph.Time, local bool, reason string) {
	if s == "" {
		return 0, false, ""
	}
	t, ok := quickTime(s)
	if !ok {
		if t, local, ok = slowTime(strings.TrimSpace(s)); !ok {
			return 0, false, "not an RFC 3339 time (2024-05-31T09:30:00Z)"
		}
		if t == 0 {
			return 0, false, ""
		}
	}
	if t < earliest {
		return 0, false, "before 1971"
	}
	if t >= tooLate {
		return 0, false, "after 2200"
	}
	return t, local, ""
}

// unset stands for 1970-01-01T00:00:00Z itself, whose number means "not known": it is before 1971 in any case.
const unset = graph.Time(-1)

// slowTime reads all forms. Blank text is the zero Time.
func slowTime(s string) (t graph.Time, local, ok bool) {
	if s == "" {
		return 0, false, true
	}
	if len(s) > 10 && s[10] == ' ' {
		s = s[:10] + "T" + s[11:]
	}
	std, err := time.Parse(time.RFC3339, s)
	if err != nil {
		std, err = time.Parse("2006-01-02T15:04:05", s)
		local = true
	}
	if err != nil {
		return 0, false, false
	}
	if t = graph.TimeOf(std); t == 0 {
		t = unset
	}
	return t, local, true
}

// quickTime reads 2006-01-02T15:04:05Z, which nearly all times look like, and leaves all else to slowTime.
func quickTime(s string) (graph.Time, bool) {
	if len(s) != 20 || s[4] != '-' || s[7] != '-' || (s[10] != 'T' && s[10] != ' ') || s[13] != ':' || s[16] != ':' || s[19] != 'Z' {
		return 0, false
	}
	var bad byte // above 9 when a digit is none
	two := func(i int) int {
		a, b := s[i]-'0', s[i+1]-'0'
		bad = max(bad, a, b)
		return int(a)*10 + int(b)
	}
	year, month, day := two(0)*100+two(2), two(5), two(8)
	hour, minute, second := two(11), two(14), two(17)
	if bad > 9 || year < 1971 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	return graph.Time((int64(days(year, month, day))*86400 + int64(hour*3600+minute*60+second)) * 1_000_000), true
}

// monthDays holds the days before each month in a year that is not a leap year.
var monthDays = [...]int{1: 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(year, month int) int {
	n := monthDays[month+1] - monthDays[month]
	if month == 2 && leap(year) {
		n++
	}
	return n
}

// days counts the days from 1970-01-01 to a day of 1971 or later. Leap days before
// a year are those of the years up to the one before, of which 1969 had had 477.
func days(year, month, day int) int {
	y := year - 1
	n := (year-1970)*365 + (y/4 - y/100 + y/400) - 477 + monthDays[month] + day - 1
	if month > 2 && leap(year) {
		n++
	}
	return n
}
