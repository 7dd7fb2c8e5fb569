package simulate

import (
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"slices"
	"time"
)

// oktaEvent is one event of an Okta System Log, with the fields that exports have and readers look at.
type oktaEvent struct {
	Actor        oktaActor    `json:"actor"`
	Client       oktaClient   `json:"client"`
	Device       *oktaDevice  `json:"device"`
	Outcome      oktaOutcome  `json:"outcome"`
	UUID         string       `json:"uuid"`
	Published    string       `json:"published"`
	EventType    string       `json:"eventType"`
	Version      string       `json:"version"`
	Display      string       `json:"displayMessage"`
	Severity     string       `json:"severity"`
	Security     oktaSecurity `json:"securityContext"`
	Request      oktaRequest  `json:"request"`
	Target       []oktaActor  `json:"target"`
	DebugContext oktaDebug    `json:"debugContext"`
}

type (
	oktaActor struct {
		ID          string `json:"id"`
		Type        string `json:"type"`
		AlternateID string `json:"alternateId"`
		DisplayName string `json:"displayName"`
	}
	oktaClient struct {
		UserAgent oktaAgent `json:"userAgent"`
		Zone      string    `json:"zone"`
		Device    string    `json:"device"`
		IP        string    `json:"ipAddress"`
	}
	oktaAgent struct {
		Raw     string `json:"rawUserAgent"`
		OS      string `json:"os"`
		Browser string `json:"browser"`
	}
	oktaDevice struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		Managed bool   `json:"managed"`
	}
	oktaOutcome struct {
		Result string  `json:"result"`
		Reason *string `json:"reason"`
	}
	oktaSecurity struct {
		IsProxy bool `json:"isProxy"`
	}
	oktaRequest struct {
		IPChain []oktaHop `json:"ipChain"`
	}
	oktaHop struct {
		IP      string `json:"ip"`
		Version string `json:"version"`
	}
	oktaDebug struct {
		Data map[string]string `json:"debugData"`
	}
)

// signIn is one session of one seat.
type signIn struct {
	at     time.Time
	person *Person
	job    *Job
	ip     string
}

// signInShare is the share of working days on which somebody signs in anew; sessions last.
const signInShare = .45

// signIns draws the sessions at one employer, in order.
func (w *World) signIns(employer int, r *rand.Rand) []signIn {
	var out []signIn
	for i := range w.People {
		p := &w.People[i]
		for k := range p.Jobs {
			if j := &p.Jobs[k]; j.Employer == employer {
				out = p.sessions(out, j, r)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b signIn) int { return a.at.Compare(b.at) })
	return out
}

// sessions adds the sessions of one seat.
func (p *Person) sessions(out []signIn, j *Job, r *rand.Rand) []signIn {
	for d := j.From; d.Before(j.To); d = d.AddDate(0, 0, 1) {
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		if x := r.Float64(); x > signInShare || weekend && x > signInShare/10 {
			continue
		}
		// Working hours of the American zones, in UTC: most begin between 13 and 17 o'clock.
		at := d.Add(time.Duration(13*60+r.IntN(240)) * time.Minute).Add(time.Duration(r.IntN(60000)) * time.Millisecond)
		if r.Float64() < .15 { // an evening session
			at = at.Add(time.Duration(5*60+r.IntN(180)) * time.Minute)
		}
		out = append(out, signIn{at, p, j, p.line(r, at)})
	}
	return out
}

// line draws the line that a person signs in from.
func (p *Person) line(r *rand.Rand, at time.Time) string {
	sum := 0.0
	for _, l := range p.Lines {
		if l.at(at) {
			sum += l.Weight
		}
	}
	x := r.Float64() * sum
	ip := p.Lines[len(p.Lines)-1].IP
	for _, l := range p.Lines {
		if l.at(at) {
			if ip = l.IP; x < l.Weight {
				return ip
			}
			x -= l.Weight
		}
	}
	return ip
}

// writeOkta writes the System Log of one employer, an event a line.
func (w *World) writeOkta(out io.Writer, employer int) error {
	e := &w.Employers[employer]
	r := rand.New(rand.NewPCG(w.Seed, number("okta "+e.Tenant)))
	var events []oktaEvent
	add := func(s signIn, typ, result string, after time.Duration) *oktaEvent {
		events = append(events, w.event(r, s, typ, result, after))
		return &events[len(events)-1]
	}
	enrolled := map[string]bool{}
	for _, s := range w.signIns(employer, r) {
		if !enrolled[s.job.Login] {
			enrolled[s.job.Login] = true
			ev := add(s, "user.mfa.factor.activate", "SUCCESS", -time.Minute)
			ev.Target = []oktaActor{ev.Actor, {"lae" + short(s.job.Login, 17), "AuthenticatorEnrollment", "unknown", "Okta Verify"}}
		}
		if r.Float64() < .03 {
			add(s, "user.session.start", "FAILURE", -20*time.Second)
		}
		add(s, "user.session.start", "SUCCESS", 0)
		if r.Float64() < .25 {
			add(s, "user.authentication.auth_via_mfa", "SUCCESS", 9*time.Second)
		}
		if r.Float64() < .12 {
			add(s, "user.authentication.sso", "SUCCESS", time.Duration(1+r.IntN(100))*time.Minute)
		}
	}
	for d := w.From; d.Before(w.To); d = d.AddDate(0, 0, 7) {
		events = append(events, w.systemEvent(r, d.Add(3*time.Hour)))
	}
	slices.SortStableFunc(events, func(a, b oktaEvent) int { return cmp.Compare(a.Published, b.Published) })
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for i := range events {
		if err := enc.Encode(&events[i]); err != nil {
			return err
		}
	}
	return nil
}

// agents are the browsers of the world.
var agents = []oktaAgent{
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "Windows 11", "CHROME"},
	{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "Mac OS 14", "CHROME"},
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0", "Windows 11", "FIREFOX"},
}

const oktaTime = "2006-01-02T15:04:05.000Z"

// event makes one event of a session. Device ids are the org's own: the same laptop has another one elsewhere.
func (w *World) event(r *rand.Rand, s signIn, typ, result string, after time.Duration) oktaEvent {
	tenant := w.Employers[s.job.Employer].Tenant
	ev := oktaEvent{
		Actor:     oktaActor{"00u" + short(s.job.Login, 17), "User", s.job.Login, s.person.Name()},
		Client:    oktaClient{agents[number(s.job.Serial)%uint64(len(agents))], "null", "Computer", s.ip},
		Device:    &oktaDevice{"guo" + short(tenant+"/"+s.job.Serial, 17), "LT-" + s.job.Serial, true},
		Outcome:   oktaOutcome{Result: result},
		UUID:      uuid(r),
		Published: s.at.Add(after).Format(oktaTime),
		EventType: typ, Version: "0", Display: displays[typ], Severity: "INFO",
		Request:      oktaRequest{[]oktaHop{{s.ip, "V4"}}},
		DebugContext: oktaDebug{map[string]string{"requestUri": "/idp/idx/identify"}},
	}
	if result == "FAILURE" {
		reason := "INVALID_CREDENTIALS"
		ev.Outcome.Reason, ev.Device = &reason, nil
	}
	return ev
}

var displays = map[string]string{
	"user.session.start": "User login to Okta", "user.authentication.auth_via_mfa": "Authentication of user via MFA",
	"user.authentication.sso": "User single sign on to app", "user.mfa.factor.activate": "Activate factor or authenticator enrollment method for user",
	"system.email.send": "Send email",
}

// systemEvent makes an event that no user is behind.
func (w *World) systemEvent(r *rand.Rand, at time.Time) oktaEvent {
	return oktaEvent{
		Actor:   oktaActor{"00u_system", "SystemPrincipal", "system@okta.com", "Okta System"},
		Outcome: oktaOutcome{Result: "SUCCESS"}, UUID: uuid(r), Published: at.Format(oktaTime),
		EventType: "system.email.send", Version: "0", Display: displays["system.email.send"], Severity: "INFO",
	}
}

// number returns a number that a text always has.
func number(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// short returns n letters and digits that a text always has.
func short(s string, n int) string {
	const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	r := rand.New(rand.NewPCG(number(s), 1))
	b := make([]byte, n)
	for i := range b {
		b[i] = letters[r.IntN(len(letters))]
	}
	return string(b)
}

// uuid draws a random UUID (RFC 9562, version 4).
func uuid(r *rand.Rand) string {
	hi, lo := r.Uint64()&^0xf000|0x4000, r.Uint64()>>2|1<<63
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", hi>>32, hi>>16&0xffff, hi&0xffff, lo>>48, lo&0xffffffffffff)
}
