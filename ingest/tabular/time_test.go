package tabular

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"samehand/graph"
)

func TestParseTime(t *testing.T) {
	for in, want := range map[string]struct {
		out    string
		local  bool
		reason bool
	}{
		"":                              {},
		"  ":                            {},
		"2024-02-29T23:59:59Z":          {out: "2024-02-29T23:59:59Z"},
		"2024-02-29 23:59:59Z":          {out: "2024-02-29T23:59:59Z"},
		" 2024-02-29T23:59:59Z ":        {out: "2024-02-29T23:59:59Z"},
		"2024-05-31T09:30:00+02:00":     {out: "2024-05-31T07:30:00Z"},
		"2024-05-31T09:30:00":           {out: "2024-05-31T09:30:00Z", local: true},
		"2024-05-31 09:30:00.123":       {out: "2024-05-31T09:30:00Z", local: true},
		"1971-01-01T00:00:00Z":          {out: "1971-01-01T00:00:00Z"},
		"2200-12-31T23:59:59Z":          {out: "2200-12-31T23:59:59Z"},
		"1970-12-31T23:59:59Z":          {reason: true},
		"1970-01-01T00:00:00Z":          {reason: true},
		"1970-01-01T01:00:00+01:00":     {reason: true},
		"0001-01-01T00:00:00Z":          {reason: true},
		"2201-01-01T00:00:00Z":          {reason: true},
		"2023-02-29T00:00:00Z":          {reason: true},
		"2024-13-01T00:00:00Z":          {reason: true},
		"2024-00-01T00:00:00Z":          {reason: true},
		"2024-01-00T00:00:00Z":          {reason: true},
		"2024-01-01T24:00:00Z":          {reason: true},
		"2024-01-01T00:60:00Z":          {reason: true},
		"2024-01-01T00:00:60Z":          {reason: true},
		"2024-01-01":                    {reason: true},
		"01/02/2024":                    {reason: true},
		"20240101T000000Z":              {reason: true},
		"2024-01-01T00:00:0/Z":          {reason: true},
		"2024-01-01T00:00:00Z2024-01-0": {reason: true},
		"1704067200":                    {reason: true},
	} {
		got, local, reason := ParseTime(in)
		if got.String() != want.out || local != want.local || (reason != "") != want.reason {
			t.Errorf("ParseTime(%q) = %v, %v, %q; want %+v", in, got, local, reason, want)
		}
	}
}

// The quick path and time.Parse agree on every second, and on what is no time.
func TestQuickTimeIsTimeParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		std := time.Unix(rapid.Int64Range(earliest.Std().Unix(), tooLate.Std().Unix()-1).Draw(t, "second"), 0).UTC()
		s := std.Format(time.RFC3339)
		if got, ok := quickTime(s); !ok || got != graph.TimeOf(std) {
			t.Fatalf("quickTime(%q) = %v, %v", s, got, ok)
		}
		b := []byte(s)
		b[rapid.IntRange(0, len(b)-1).Draw(t, "place")] = rapid.Byte().Draw(t, "byte")
		std, err := time.Parse(time.RFC3339, string(b))
		got, ok := quickTime(string(b))
		if b[10] != ' ' && ok && (err != nil || got != graph.TimeOf(std)) {
			t.Fatalf("quickTime(%q) = %v; time.Parse gives %v, %v", b, got, std, err)
		}
	})
}

func TestDays(t *testing.T) {
	day := time.Date(1971, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := 365; day.Year() <= 2200; n++ {
		if got := days(day.Year(), int(day.Month()), day.Day()); got != n {
			t.Fatalf("days(%v) = %d, want %d", day, got, n)
		}
		day = day.AddDate(0, 0, 1)
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"", "2024-02-29T23:59:59Z", "2024-05-31 09:30:00.123+02:00", "1970-01-01T00:00:00Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, _, reason := ParseTime(s)
		if reason == "" && got != 0 && (got < earliest || got >= tooLate) {
			t.Errorf("ParseTime(%q) = %v", s, got)
		}
		if quick, ok := quickTime(s); ok {
			if slow, _, ok := slowTime(s); !ok || slow != quick {
				t.Errorf("%q: quick %v, slow %v, %v", s, quick, slow, ok)
			}
		}
	})
}
