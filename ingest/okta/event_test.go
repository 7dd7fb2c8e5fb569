package okta

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/ingest"
	"samehand/ingest/ingesttest"
)

// decodeOne reads one event.
func decodeOne(t *testing.T, text string) ingesttest.Result {
	t.Helper()
	return ingesttest.Decode(t, Format(), ingesttest.File{Name: "x", Data: []byte(strings.Join(strings.Fields(text), " "))})
}

func TestEvents(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"an address that is no login is no e-mail", `{"eventType":"user.session.start","actor":{"type":"User","alternateId":"jdoe","id":"00u1"}}`, nil},
		{"the id where there is no login", `{"eventType":"user.session.end","actor":{"type":"User","alternateId":"unknown","id":"00u1"},"client":{"ipAddress":"51.2.3.4"}}`,
			[]string{"00u1 ip uses 51.2.3.4"}},
		{"an app", `{"eventType":"app.oauth2.token.grant","actor":{"type":"PublicClientApp","alternateId":"a@b.net","id":"x"},"client":{"ipAddress":"51.2.3.4"}}`, nil},
		{"no actor", `{"eventType":"system.email.send","client":{"ipAddress":"51.2.3.4"}}`, nil},
		{"a failure keeps the device away too", `{"eventType":"user.session.start","outcome":{"result":"FAILURE"},"actor":{"type":"User","id":"u"},
			"client":{"ipAddress":"51.2.3.4"},"device":{"id":"guo1"},"debugContext":{"debugData":{"deviceFingerprint":"abc"}}}`,
			[]string{"u ip attempt 51.2.3.4", "u device attempt guo1", "u device attempt fp:abc"}},
		{"keys in lower case", `{"eventtype":"user.session.start","outcome":{"result":"SUCCESS"},"actor":{"type":"User","id":"u"},"debugcontext":{"debugData":{"deviceFingerprint":"abc"}}}`,
			[]string{"u device uses fp:abc"}},
		{"debug data that is a text", `{"eventType":"user.session.start","outcome":{"result":"SUCCESS"},"actor":{"type":"User","id":"u"},"debugContext":{"debugData":""},"device":{},"client":null}`, nil},
		{"unknown words", `{"eventType":"user.session.end","actor":{"type":"User","id":"u","displayName":"unknown"},"client":{"ipAddress":"null"},"device":{"id":"Unknown"}}`, nil},
		{"only the first hop", `{"eventType":"user.session.end","actor":{"type":"User","id":"u"},"request":{"ipChain":[{"ip":"51.2.3.4"},{"ip":"51.2.3.5"}]}}`,
			[]string{"u ip uses 51.2.3.4"}},
		{"a factor that failed", `{"eventType":"user.mfa.factor.activate","outcome":{"result":"FAILURE"},"actor":{"type":"User","id":"u"},"target":[{"type":"Device","id":"guo1"}]}`, nil},
		{"a device of one's own", `{"eventType":"device.user.add","outcome":{"result":"SUCCESS"},"actor":{"type":"User","id":"u"},"target":[{"type":"User","id":"u"},{"type":"Device","id":"guo1"}]}`,
			[]string{"u device mfa guo1"}},
		{"a device of somebody else", `{"eventType":"device.user.add","outcome":{"result":"SUCCESS"},"actor":{"type":"User","id":"u"},"target":[{"type":"Device","id":"guo1"},{"type":"AppUser","id":"v"}]}`, nil},
		{"a password is no device", `{"eventType":"user.mfa.factor.activate","outcome":{"result":"SUCCESS"},"actor":{"type":"User","id":"u"},
			"target":[{"type":"AuthenticatorEnrollment","id":"lae1","alternateId":"unknown","displayName":"Password"}]}`, nil},
		{"targets that are no list", `{"eventType":"user.mfa.factor.activate","outcome":{"result":"SUCCESS"},"actor":{"type":"User","id":"u"},"target":{"type":"Device","id":"guo1"}}`, nil},
		{"targets of another event", `{"eventType":"user.session.end","outcome":{"result":"SUCCESS"},"actor":{"type":"User","id":"u"},"target":[{"type":"Device","id":"guo1"}]}`, nil},
	}
	for _, tc := range tests {
		got := decodeOne(t, tc.text)
		if len(got.Records) != 1 || len(got.Errors) > 0 || got.Final != "" {
			t.Errorf("%s: %d records, errors %v, final %q", tc.name, len(got.Records), got.Errors, got.Final)
			continue
		}
		if d := cmp.Diff(tc.want, said(got.Records)); d != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, d)
		}
	}
}

// TestKeysTwice checks that an object that is read may not have a key twice, wherever it is; others may.
func TestKeysTwice(t *testing.T) {
	const actor = `"eventType":"user.session.end","actor":{"type":"User","id":"u"}`
	for text, want := range map[string]string{
		`{` + actor + `,"client":{"ipAddress":"51.2.3.4","ipAddress":"51.2.3.5"}}`:                                      "event.client",
		`{` + actor + `,"debugContext":{"debugData":{"deviceFingerprint":"a","deviceFingerprint":"b"}}}`:                "event.debugContext.debugData",
		`{` + actor + `,"outcome":{"result":"SUCCESS","result":"FAILURE"}}`:                                             "event.outcome",
		`{"log":{` + actor + `},"log":{}}`:                                                                              "event",
		`{` + actor + `,"client":{"ipAddress":"51.2.3.4","userAgent":{"os":"a","os":"b"}}}`:                             "",
		`{` + actor + `,"debugContext":{"debugData":{"a":1,"\u0061":2}}}`:                                               "event.debugContext.debugData",
		`{` + actor + `,"legacyEventType":"x","transaction":{"a":1,"a":2},"client":{"ipAddress":"51.2.3.4"},"p_x":"x"}`: "",
	} {
		got := decodeOne(t, text)
		field := ""
		if len(got.Errors) > 0 {
			field = got.Errors[0].Field
		}
		if field != want || len(got.Errors)+len(got.Records) != 1 {
			t.Errorf("%s: rejected for %q, want %q", text, field, want)
		}
	}
}

// TestTextsThatAreNone checks that a NUL or half a character is a fault of its value and not of the event.
func TestTextsThatAreNone(t *testing.T) {
	for _, bad := range []string{`\u0000`, `\ud800`} {
		text := fmt.Sprintf(`{"eventType":"user.session.end","actor":{"type":"User","id":"u","displayName":"A%s B"},"client":{"ipAddress":"51.2.3.4"}}`, bad)
		got := decodeOne(t, text)
		if len(got.Records) != 1 {
			t.Fatalf("%s: %v", bad, got.Errors)
		}
		r := got.Records[0]
		switch {
		case bad == `\u0000` && (len(r.Faults) != 1 || r.Faults[0] != ingest.Fault{Field: "actor.displayName", Reason: "not text: a NUL or half a character"}):
			t.Errorf("%s: faults %v", bad, r.Faults)
		case len(r.Claims) == 0 || r.Claims[len(r.Claims)-1].Value != "51.2.3.4":
			t.Errorf("%s: claims %v", bad, said(got.Records))
		}
	}
}
