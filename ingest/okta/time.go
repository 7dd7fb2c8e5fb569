package okta

import (
	"time"

	"samehand/graph"
)

// zonedTimes and zonelessTimes are the ways in which times are written. Parsing takes any number of decimals after the seconds.
var (
	zonedTimes    = [...]string{time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02T15:04:05Z0700"}
	zonelessTimes = [...]string{"2006-01-02 15:04:05", "2006-01-02T15:04:05"}
)

// time returns when the event was published, 0 when it does not say so or cannot be read, which is a fault.
func (d *decoder) time(e event) graph.Time {
	s := d.text(e, "published")
	if s == "" {
		d.timeless++
		return 0
	}
	t, zoned, ok := parseTime(s)
	if !ok {
		d.fault("published", "not a time like 2024-05-01T10:00:00.000Z")
		return 0
	}
	if !zoned {
		d.zoneless++
	}
	return t
}

// parseTime reads a time; zoned says that it has a zone. Times before 1970 are none.
func parseTime(s string) (t graph.Time, zoned, ok bool) {
	for _, layout := range zonedTimes {
		if t, err := time.Parse(layout, s); err == nil {
			return graph.TimeOf(t), true, t.UnixMicro() > 0
		}
	}
	for _, layout := range zonelessTimes {
		if t, err := time.Parse(layout, s); err == nil {
			return graph.TimeOf(t), false, t.UnixMicro() > 0
		}
	}
	return 0, false, false
}
