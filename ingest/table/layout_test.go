package table

import (
	"strings"
	"testing"

	"samehand/ingest"
)

func inputOf(text string) ingest.Input {
	return ingest.Input{At: strings.NewReader(text), Size: int64(len(text))}
}

func TestLayouts(t *testing.T) {
	for _, c := range []struct {
		layout, in, want string // want "" means that it cannot be read
		local            bool
	}{
		{"rfc3339", "2024-05-31T09:30:00+02:00", "2024-05-31T07:30:00Z", false},
		{"rfc3339", "2023-07-30", "", false},
		{"date", "2024-05-31", "2024-05-31T00:00:00Z", true},
		{"date", "2024-05-31 09:30", "2024-05-31T09:30:00Z", true},
		{"date", "2024-05-31T09:30:00.0000000", "2024-05-31T09:30:00Z", true},
		{"date", "31.5.2024", "", false},
		{"us-date", "5/31/2024", "2024-05-31T00:00:00Z", true},
		{"us-date", "05/31/2024 9:30 PM", "2024-05-31T21:30:00Z", true},
		{"us-date", "31/05/2024", "", false},
		{"us-date", "5/31/24", "", false},
		{"eu-date", "31/5/2024", "2024-05-31T00:00:00Z", true},
		{"eu-date", "31.05.2024 09:30:15", "2024-05-31T09:30:15Z", true},
		{"unix", "1717147800", "2024-05-31T09:30:00Z", false},
		{"unix", "1717147800.25", "2024-05-31T09:30:00Z", false},
		{"unix", "1717147800000", "", false},
		{"unix", "x", "", false},
		{"unix", "NaN", "", false},
		{"unix-ms", "1717147800000", "2024-05-31T09:30:00Z", false},
		{"unix-ms", "1717147800", "", false},
		{"excel", "45443", "2024-05-31T00:00:00Z", false},
		{"excel", "45443.395833333336", "2024-05-31T09:30:00Z", false},
		{"excel", "1717147800", "", false},
		{"2006-01-02 15h04", "2024-05-31 09h30", "2024-05-31T09:30:00Z", true},
		{"Jan 2, 2006 15:04 -0700", "May 31, 2024 09:30 +0200", "2024-05-31T07:30:00Z", false},
		{"date", "1950-01-01", "", false},
		{"date", "2201-01-01", "", false},
	} {
		read, err := layoutOf(c.layout)
		if err != nil {
			t.Errorf("%s: %v", c.layout, err)
			continue
		}
		got, local, reason := read(c.in)
		if got.String() != c.want || local != c.local || (reason == "") != (c.want != "") {
			t.Errorf("%s reads %q as %v, %v, %q; want %q, %v", c.layout, c.in, got, local, reason, c.want, c.local)
		}
		if strings.Contains(reason, c.in) {
			t.Errorf("%s: the reason holds the value", c.layout)
		}
	}
}

func TestGuessLayout(t *testing.T) {
	for _, c := range []struct {
		values    []string
		want      string
		ambiguous bool
	}{
		{[]string{"2024-05-31T09:30:00Z"}, "rfc3339", false},
		{[]string{"2024-05-31", "2024-06-01"}, "date", false},
		{[]string{"05/31/2024", "06/01/2024"}, "us-date", false},
		{[]string{"31/05/2024", "01/06/2024"}, "eu-date", false},
		{[]string{"05/06/2024", "01/06/2024"}, "us-date", true},
		{[]string{"1717147800"}, "unix", false},
		{[]string{"1717147800000"}, "unix-ms", false},
		{[]string{"45443", "45443.5"}, "excel", false},
		{[]string{"soon", "later", "2024-05-31"}, "", false},
		{nil, "", false},
	} {
		if got, _, ambiguous := guessLayout(c.values); got != c.want || ambiguous != c.ambiguous {
			t.Errorf("guessLayout(%q) = %q, %v; want %q, %v", c.values, got, ambiguous, c.want, c.ambiguous)
		}
	}
}
