package okta

import (
	"strings"
	"unicode/utf8"

	"github.com/valyala/fastjson"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/ingest"
)

// attempt is the relation of what an event was tried with that failed, or that anybody can bring about.
const attempt graph.Relation = "attempt"

// event is one event of the log.
type event struct {
	v        *fastjson.Value // its object
	typ      string
	result   string // of outcome
	repeated string // path of an object that has a key twice; "" when there is none
}

// newEvent finds the event in v, which may have it under a key of its own.
func newEvent(v *fastjson.Value) event {
	e := event{v: v}
	for _, key := range [...]string{"log", "event", "detail"} {
		if in := v.Get(key); in != nil && in.Type() == fastjson.TypeObject && v.Get("eventType") == nil && v.Get("eventtype") == nil {
			e.v = in
			break
		}
	}
	if twice(v) {
		e.repeated = "event"
	}
	for _, path := range [...][]string{{}, {"actor"}, {"client"}, {"device"}, {"outcome"}, {"request"}, {"securityContext"}, {"debugContext"}, {"debugContext", "debugData"}} {
		if twice(e.get(path...)) {
			e.repeated = strings.Join(append([]string{"event"}, path...), ".")
		}
	}
	e.typ, _ = str(e.get("eventType"))
	e.result, _ = str(e.get("outcome", "result"))
	return e
}

// get returns what is under the path, or nil. The first key may be written in lower case.
func (e event) get(path ...string) *fastjson.Value {
	if len(path) == 0 {
		return e.v
	}
	v := e.v.Get(path[0])
	if v == nil {
		v = e.v.Get(strings.ToLower(path[0]))
	}
	if v == nil || len(path) == 1 {
		return v
	}
	return v.Get(path[1:]...)
}

// twice reports whether v is an object that has a key twice.
func twice(v *fastjson.Value) bool {
	if v == nil || v.Type() != fastjson.TypeObject {
		return false
	}
	o, _ := v.Object()
	seen := make(map[string]struct{}, o.Len())
	o.Visit(func(key []byte, _ *fastjson.Value) { seen[string(key)] = struct{}{} })
	return len(seen) < o.Len()
}

// str returns the text of a string or number without blanks around it, "" for all else and for the words that stand
// for no value. It reports false when the text has a NUL or half a character in it.
func str(v *fastjson.Value) (string, bool) {
	if v == nil {
		return "", true
	}
	var s string
	switch v.Type() {
	case fastjson.TypeString:
		b, _ := v.StringBytes()
		s = strings.TrimSpace(string(b))
	case fastjson.TypeNumber:
		s = string(v.MarshalTo(nil))
	}
	switch strings.ToLower(s) {
	case "unknown", "null":
		return "", true
	}
	return s, utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}

// text returns the text under the path; one that cannot be read is a fault of the record.
func (d *decoder) text(e event, path ...string) string {
	s, ok := str(e.get(path...))
	if ok {
		return s
	}
	d.fault(strings.Join(path, "."), "not text: a NUL or half a character")
	return ""
}

func (d *decoder) fault(field, reason string) {
	d.rec.Faults = append(d.rec.Faults, ingest.Fault{Field: field, Reason: reason})
}

// event adds the claims of an event, or says why it is none.
func (d *decoder) event(e event) (field, reason string) {
	if e.typ == "" {
		return "eventType", "missing: not an event of the Okta System Log"
	}
	if typ, _ := str(e.get("actor", "type")); typ != "User" {
		return "", ""
	}
	login, sound := str(e.get("actor", "alternateId"))
	id, soundID := str(e.get("actor", "id"))
	switch {
	case !sound || !soundID:
		return "actor", "a name that is not text: a NUL or half a character"
	case login == "" && id == "":
		return "actor", "a user without alternateId and id"
	}
	native := login
	if native == "" {
		native = id
	}
	if strings.Contains(login, "@") {
		d.profile(native, ident.Email, login, "actor.alternateId")
	}
	if name := d.text(e, "actor", "displayName"); name != "" {
		d.profile(native, ident.Name, name, "actor.displayName")
	}
	at := d.time(e)
	d.uses(e, native, at)
	d.factors(e, native, login, id, at)
	if p := e.get("securityContext", "isProxy"); p != nil && p.Type() == fastjson.TypeTrue {
		d.proxied++
	}
	return "", ""
}

// uses adds the addresses and devices that an event came from.
func (d *decoder) uses(e event, native string, at graph.Time) {
	how := relation(e.typ, e.result)
	used := how
	if how == graph.Login {
		used = graph.Uses
	}
	ip := d.text(e, "client", "ipAddress")
	if ip != "" {
		d.claim(native, ident.IP, ip, how, at, "client.ipAddress")
	}
	if hop := d.text(e, "request", "ipChain", "0", "ip"); hop != "" && hop != ip {
		d.claim(native, ident.IP, hop, used, at, "request.ipChain.0.ip")
	}
	if id := d.text(e, "device", "id"); id != "" {
		d.claim(native, ident.Device, id, used, at, "device.id")
	}
	if fp := d.text(e, "debugContext", "debugData", "deviceFingerprint"); fp != "" {
		d.claim(native, ident.Device, "fp:"+fp, used, at, "debugContext.debugData.deviceFingerprint")
	}
}

// relation says what an event's address is to its actor.
func relation(typ, result string) graph.Relation {
	succeeded := result == "SUCCESS" || result == "ALLOW"
	switch {
	case result != "" && !succeeded, byAnybody(typ):
		return attempt
	case !signIn(typ):
		return graph.Uses
	case succeeded:
		return graph.Login
	}
	return attempt // a sign-in that does not say how it ended
}

// signIn reports whether an event of that type is a sign-in or a step of one.
func signIn(typ string) bool {
	return typ == "user.session.start" || typ == "policy.evaluate_sign_on" || strings.HasPrefix(typ, "user.authentication.")
}

// byAnybody reports whether somebody who knows no more than a login name can bring about an event of that type.
func byAnybody(typ string) bool {
	for _, p := range [...]string{"security.", "user.account.lock", "user.account.unlock", "user.account.reset_password", "user.account.report_suspicious", "system."} {
		if strings.HasPrefix(typ, p) {
			return true
		}
	}
	return false
}

// factors adds the devices and telephones that an event enrols as second factors of its actor.
func (d *decoder) factors(e event, native, login, id string, at graph.Time) {
	switch e.typ {
	case "user.mfa.factor.activate", "user.mfa.factor.update", "device.enrollment.create", "device.user.add":
	default:
		return
	}
	targets := list(e.get("target"))
	if e.result != "SUCCESS" || forOthers(targets, login, id) {
		return
	}
	for _, t := range targets {
		typ, _ := str(t.Get("type"))
		tid, soundID := str(t.Get("id"))
		alt, sound := str(t.Get("alternateId"))
		switch {
		case !sound || !soundID:
			d.fault("target", "not text: a NUL or half a character")
		case typ == "Device" && tid != "":
			d.claim(native, ident.Device, tid, graph.MFA, at, "target.id")
		case telephone(alt):
			d.claim(native, ident.Phone, alt, graph.MFA, at, "target.alternateId")
		}
	}
}

// list returns the elements of an array, none for all else.
func list(v *fastjson.Value) []*fastjson.Value {
	if v == nil {
		return nil
	}
	vs, _ := v.Array()
	return vs
}

// forOthers reports whether one of the targets is a user other than the actor.
func forOthers(targets []*fastjson.Value, login, id string) bool {
	for _, t := range targets {
		if typ, _ := str(t.Get("type")); typ != "User" && typ != "AppUser" {
			continue
		}
		tid, _ := str(t.Get("id"))
		alt, _ := str(t.Get("alternateId"))
		same := tid != "" && tid == id || alt != "" && strings.EqualFold(alt, login)
		if !same {
			return true
		}
	}
	return false
}

// telephone reports whether s is written like a telephone number: at least seven digits and nothing but what stands between them.
func telephone(s string) bool {
	digits := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case strings.IndexByte(" +-().", c) < 0:
			return false
		}
	}
	return digits >= 7
}
