package okta

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/ingest"
	"samehand/ingest/ingesttest"
)

// file returns a fixture as the export of the org acme.
func file(name string) ingesttest.File {
	f := ingesttest.MustRead("testdata/" + name)
	f.Tenant = "Acme"
	return f
}

// fixtures are invented events.
var fixtures = ingesttest.Fixtures{
	Good:    []ingesttest.File{file("good.jsonl"), file("good.json")},
	Corrupt: []ingesttest.File{file("corrupt.jsonl"), file("corrupt.json")},
	Secrets: []string{"ana.silva", "ben okoye", "51.20.30", "yesterday", "nonsense", "x1", "303 555"},
}

func TestFormat(t *testing.T) { ingesttest.Run(t, Format(), fixtures) }

func FuzzFormat(f *testing.F) { ingesttest.Fuzz(f, Format(), fixtures) }

// said writes claims as "account kind relation value".
func said(recs []ingest.Record) []string {
	var out []string
	for _, r := range recs {
		for _, c := range r.Claims {
			out = append(out, fmt.Sprintf("%s %v %s %s", c.Account.Native, c.Kind, c.Relation, c.Value))
		}
	}
	return out
}

// want is what the good fixtures say, whatever their wrapping.
var want = []string{
	"ana.silva@acme-corp.net email registered ana.silva@acme-corp.net",
	"ana.silva@acme-corp.net name registered Ana Silva",
	"ana.silva@acme-corp.net ip login 51.20.30.40",
	"ana.silva@acme-corp.net device uses guo1anaDevice01",
	"ana.silva@acme-corp.net ip login 51.20.30.40",
	"ben.okoye@acme-corp.net email registered ben.okoye@acme-corp.net",
	"ben.okoye@acme-corp.net name registered Ben Okoye",
	"ben.okoye@acme-corp.net ip attempt 77.1.2.3", // the sign-in failed: it may be somebody else's
	"ben.okoye@acme-corp.net ip login 51.20.30.41",
	"ben.okoye@acme-corp.net device uses fp:009988771abc",
	"ben.okoye@acme-corp.net ip uses 51.20.30.41",
	"ben.okoye@acme-corp.net device mfa guo2phone",
	"ben.okoye@acme-corp.net phone mfa +1 303 555 7421",
	"ana.silva@acme-corp.net ip uses 51.20.30.40", // Ana enrols a device of Ben: it is not hers
	"ana.silva@acme-corp.net ip attempt 77.1.2.3", // a lock-out
	"ana.silva@acme-corp.net ip attempt 77.1.2.4", // a reset that anybody can ask for
	"ana.silva@acme-corp.net ip uses 51.20.30.40",
	"ana.silva@acme-corp.net ip uses 10.0.0.7",
	"ana.silva@acme-corp.net ip login 51.20.30.40",
	"ana.silva@acme-corp.net ip uses 88.7.6.5", // the first hop is never a sign-in
	"111111111111111111111 name registered Cy Marsh",
	"111111111111111111111 ip login 51.20.30.42",
}

func TestWhatEventsSay(t *testing.T) {
	for _, name := range []string{"good.jsonl", "good.json", "good-wrapped.json"} {
		got := ingesttest.Decode(t, Format(), file(name))
		if got.Final != "" || len(got.Errors) > 0 {
			t.Errorf("%s: %s %v", name, got.Final, got.Errors)
		}
		if d := cmp.Diff(want, said(got.Records)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		for _, r := range got.Records {
			for _, c := range r.Claims {
				if c.Account.Platform != "okta:acme" {
					t.Errorf("platform %q", c.Account.Platform)
				}
			}
		}
		wantNotes := []string{"events that Okta marks as coming through an anonymising proxy (not read): 1", "events whose time has no zone, read as UTC: 2"}
		if d := cmp.Diff(wantNotes, got.Notes); d != "" {
			t.Errorf("%s: notes (-want +got):\n%s", name, d)
		}
	}
}

func TestProfileHasNoTimeAndUseHas(t *testing.T) {
	got := ingesttest.Decode(t, Format(), file("good.jsonl")).Records[0].Claims
	for _, c := range got {
		if (c.Relation == graph.Registered) != (c.First == 0) {
			t.Errorf("%v %s has the time %v", c.Kind, c.Relation, c.First)
		}
	}
}

func TestRejectedEvents(t *testing.T) {
	got := ingesttest.Decode(t, Format(), file("corrupt.jsonl"))
	var reasons []string
	for _, e := range got.Errors {
		reasons = append(reasons, e.Error())
	}
	want := []string{
		"line 2: not sound JSON",
		"line 3, actor: a user without alternateId and id",
		"line 4, eventType: missing: not an event of the Okta System Log",
		"line 5: not a JSON object",
		"line 6: not a JSON object",
		"line 7, event: an object that has the same key twice",
		"line 8, event.actor: an object that has the same key twice",
		"line 10, actor: a name that is not text: a NUL or half a character",
		"line 11: nested deeper than 32",
	}
	if d := cmp.Diff(want, reasons); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	i := slices.IndexFunc(got.Records, func(r ingest.Record) bool { return r.Line == 9 })
	if i < 0 || len(got.Records[i].Faults) != 1 || got.Records[i].Faults[0].Field != "published" {
		t.Errorf("the event with a bad time: %+v", got.Records)
	}
	inArray := ingesttest.Decode(t, Format(), file("corrupt.json"))
	if len(inArray.Errors) != len(got.Errors) || len(inArray.Records) != len(got.Records) {
		t.Errorf("in an array: %d errors and %d records, one a line: %d and %d", len(inArray.Errors), len(inArray.Records), len(got.Errors), len(got.Records))
	}
	for i, e := range inArray.Errors { // the array begins a line later
		if i > 0 && e.Line != got.Errors[i].Line+1 {
			t.Errorf("in an array: %v, one a line: %v", e.Error(), got.Errors[i].Error())
		}
	}
}

const one = `{"eventType":"user.session.start","actor":{"type":"User","id":"u"},"outcome":{"result":"SUCCESS"},"client":{"ipAddress":"51.20.30.40"}}`

func TestWrappings(t *testing.T) {
	tests := []struct {
		name, text string
		records    int
		final      string // part of the error that ends it
	}{
		{"empty array", "[]", 0, ""},
		{"array", "[" + one + "," + one + "]", 2, ""},
		{"pages", "[" + one + "]\n[" + one + "]\n", 2, ""},
		{"line ends anywhere", "\n\n[\n" + one + "\n,\r\n" + one + "]", 2, ""},
		{"wrapped", `{"value":[` + one + `],"@odata.nextLink":"a]}"}`, 1, ""},
		{"printed", "{\n" + one[1:] + "\n{\n" + one[1:], 2, ""},
		{"under a key", `{"event":` + one + `,"p_x":1}`, 1, ""},
		{"blank lines", "\n" + one + "\n\n" + one, 2, ""},
		{"cut after an element", "[" + one + ",", 1, "cut short"},
		{"cut in an element", "[" + one + "," + one[:40], 1, "cut short"},
		{"cut in a text", "[" + one + "," + one[:5], 1, "cut short"},
		{"cut after the array of a wrapper", `{"events":[` + one + `]`, 1, "cut short"},
		{"an open text", "[" + one + ",\n{\"a\":\"b\n}," + one + "]", 1, "not closed"},
		{"more after the array", "[" + one + "] x", 1, "after the end"},
		{"more after the wrapper", `{"events":[` + one + `]}{"events":[` + one + `]}`, 1, "after the end"},
		{"not JSON", "a,b,c\n1,2,3\n", 0, "not JSON"},
	}
	for _, tc := range tests {
		got := ingesttest.Decode(t, Format(), ingesttest.File{Name: tc.name, Data: []byte(tc.text)})
		if len(got.Records) != tc.records || (tc.final == "") != (got.Final == "") || !strings.Contains(got.Final, tc.final) {
			t.Errorf("%s: %d records, final %q; want %d, %q", tc.name, len(got.Records), got.Final, tc.records, tc.final)
		}
	}
}

func TestTooLong(t *testing.T) {
	long := strings.Replace(one, `"u"`, `"u","pad":"`+strings.Repeat("p", 70_000)+`"`, 1)
	for _, text := range []string{one + "\n" + long + "\n" + one, "[" + one + ",\n" + long + ",\n" + one + "]"} {
		got := ingesttest.Decode(t, Format(), ingesttest.File{Name: "x", Data: []byte(text)})
		if len(got.Records) != 2 || len(got.Errors) != 1 || got.Errors[0].Error() != "line 2: longer than 65536 bytes" || got.Final != "" {
			t.Errorf("%d records, errors %v, final %q", len(got.Records), got.Errors, got.Final)
		}
	}
}

func TestLineOfElements(t *testing.T) {
	text := "[\n" + one + ",\n\n  " + strings.ReplaceAll(one, `,"actor"`, ",\n\"actor\"") + ", " + one + "\n]"
	got := ingesttest.Decode(t, Format(), ingesttest.File{Name: "x.json", Data: []byte(text)})
	var at []int64
	for _, r := range got.Records {
		at = append(at, r.Line)
	}
	if d := cmp.Diff([]int64{2, 4, 5}, at); d != "" {
		t.Errorf("lines (-want +got):\n%s", d)
	}
}

func TestWindows1252(t *testing.T) {
	text := strings.Replace(one, `"id":"u"`, `"id":"u","displayName":"Jos`+"\xe9"+` D`+"\x92"+`Arc"`, 1)
	got := ingesttest.Decode(t, Format(), ingesttest.File{Name: "x", Data: []byte(text)})
	if d := cmp.Diff([]string{"u name registered José D’Arc", "u ip login 51.20.30.40"}, said(got.Records)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestRelation(t *testing.T) {
	for _, tc := range []struct {
		typ, result string
		want        graph.Relation
	}{
		{"user.session.start", "SUCCESS", graph.Login},
		{"user.session.start", "FAILURE", attempt},
		{"user.session.start", "", attempt},
		{"user.authentication.sso", "SUCCESS", graph.Login},
		{"policy.evaluate_sign_on", "ALLOW", graph.Login},
		{"policy.evaluate_sign_on", "CHALLENGE", attempt},
		{"policy.evaluate_sign_on", "DENY", attempt},
		{"user.session.end", "", graph.Uses},
		{"application.user_membership.add", "SUCCESS", graph.Uses},
		{"app.token.reuse", "FAILURE", attempt},
		{"user.account.reset_password", "SUCCESS", attempt},
		{"security.threat.detected", "ALLOW", attempt},
	} {
		if got := relation(tc.typ, tc.result); got != tc.want {
			t.Errorf("relation(%q, %q) = %s, want %s", tc.typ, tc.result, got, tc.want)
		}
	}
}

func TestParseTime(t *testing.T) {
	for s, want := range map[string]string{
		"2024-05-02T18:46:21.121Z":           "2024-05-02T18:46:21Z",
		"2024-05-02T18:46:21+02:00":          "2024-05-02T16:46:21Z",
		"2024-05-02 18:46:21.121000000":      "2024-05-02T18:46:21Z",
		"2024-05-02T18:46:21":                "2024-05-02T18:46:21Z",
		"2024-05-02 18:46:21 +0000":          "2024-05-02T18:46:21Z",
		"2024-05-02 18:46:21.123456789-0500": "",
		"1969-01-01T00:00:00Z":               "",
		"redacted":                           "",
	} {
		got, _, ok := parseTime(s)
		if ok != (want != "") || ok && got.String() != want {
			t.Errorf("parseTime(%q) = %v, %v, want %q", s, got, ok, want)
		}
	}
}

func TestTelephone(t *testing.T) {
	for s, want := range map[string]bool{"+1 303-555-7421": true, "3035557421": true, "unknown": false, "": false, "12-34": false, "ana@x.org": false} {
		if got := telephone(s); got != want {
			t.Errorf("telephone(%q) = %v", s, got)
		}
	}
}

func TestStatementsAreBounded(t *testing.T) {
	d := &decoder{seen: map[statement]struct{}{}}
	for range 3 {
		d.profile("u", 1, "v", "f")
	}
	if len(d.rec.Claims) != 1 {
		t.Errorf("a profile value is given %d times, want once", len(d.rec.Claims))
	}
}

// TestVendorLog reads events that somebody else made.
func TestVendorLog(t *testing.T) {
	dir := os.Getenv("SAMEHAND_SHARED_DATA")
	if dir == "" {
		t.Skip("SAMEHAND_SHARED_DATA is not set: the vendor's events are not there to be read")
	}
	f, err := os.Open(filepath.Join(dir, "vendor-logs/Okta.SystemLog.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d, err := Format().NewDecoder(f, ingest.Input{Tenant: "duff"})
	if err != nil {
		t.Fatal(err)
	}
	accepted, silent := 0, 0
	var rejects []string
	for {
		r, err := d.Next()
		if err == io.EOF {
			break
		}
		if re, ok := errors.AsType[*ingest.RecordError](err); ok {
			rejects = append(rejects, re.Error())
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		accepted++
		if len(r.Claims) == 0 {
			silent++
		}
	}
	// Lines 36 and 42 have no event in them at all.
	if accepted != 42 || len(rejects) != 2 {
		t.Errorf("%d accepted, rejected %v", accepted, rejects)
	}
	t.Log(accepted, silent, rejects, d.(ingest.Noter).Notes())
}
