package okta

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/valyala/fastjson"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/ingest"
	"samehand/ingest/tabular"
)

// Format returns the format of the Okta System Log.
func Format() ingest.Format { return format{} }

type format struct{}

// Name implements [ingest.Format].
func (format) Name() string { return "okta" }

// About implements [ingest.Format].
func (format) About() string {
	return "Okta System Log as JSON, one event a line or an array; give --tenant, the employer whose org it is"
}

// Match looks for the keys that each event has, in any wrapping.
func (format) Match(_ string, head []byte) bool {
	if formOf(head) == noForm {
		return false
	}
	has := func(key string) bool { return bytes.Contains(head, []byte(`"`+key+`"`)) }
	return has("actor") && has("alternateId") && (has("eventType") || has("eventtype")) &&
		(has("published") || has("outcome") || has("displayMessage") || has("legacyEventType"))
}

// NewDecoder fails when the file does not begin like JSON.
func (format) NewDecoder(r io.Reader, in ingest.Input) (ingest.Decoder, error) {
	l := in.Limits.WithDefaults()
	b := bufio.NewReaderSize(r, ingest.HeadBytes)
	head, err := b.Peek(ingest.HeadBytes)
	if err != nil && err != io.EOF && len(head) == 0 {
		return nil, fmt.Errorf("read the beginning: %w", err)
	}
	f := formOf(head)
	if f == noForm {
		return nil, errors.New("not JSON: want Okta System Log events, one a line or in an array")
	}
	platform := "okta"
	if in.Tenant != "" {
		platform += ":" + strings.ToLower(in.Tenant)
	}
	return &decoder{
		elements: elements{r: b, form: f, limit: int(min(l.RecordBytes, 1<<30)), line: 1, first: true},
		depth:    l.Depth, platform: platform, seen: map[statement]struct{}{},
	}, nil
}

// decoder reads one file.
type decoder struct {
	elements elements
	depth    int
	platform string
	parser   fastjson.Parser
	rec      ingest.Record
	final    error
	seen     map[statement]struct{} // profile values that were given already

	proxied, timeless, zoneless int64
}

// statement is a profile value of an account.
type statement struct {
	native string
	kind   ident.Kind
	value  string
}

// maxSeen bounds how many statements are remembered; beyond it they are given again with each event, which says nothing new.
const maxSeen = 1 << 20

// Next implements [ingest.Decoder].
func (d *decoder) Next() (*ingest.Record, error) {
	if d.final != nil {
		return nil, d.final
	}
	text, line, err := d.elements.next()
	if re, ok := err.(*ingest.RecordError); ok {
		return nil, re
	}
	if err != nil {
		d.final = err
		return nil, err
	}
	d.rec = ingest.Record{Line: line, Raw: text, Claims: d.rec.Claims[:0], Faults: d.rec.Faults[:0]}
	if field, reason := d.read(text); reason != "" {
		return nil, &ingest.RecordError{Line: line, Field: field, Reason: reason, Raw: text}
	}
	return &d.rec, nil
}

// read fills the record from the text of an event, or says what is wrong with it.
func (d *decoder) read(text string) (field, reason string) {
	if tabular.TooDeep(text, d.depth) {
		return "", fmt.Sprintf("nested deeper than %d", d.depth)
	}
	if fastjson.Validate(text) != nil { // its errors quote the text
		return "", "not sound JSON"
	}
	v, err := d.parser.Parse(text)
	if err != nil {
		return "", "not sound JSON"
	}
	e := newEvent(v)
	if e.repeated != "" {
		return e.repeated, "an object that has the same key twice"
	}
	return d.event(e)
}

// Notes implements [ingest.Noter].
func (d *decoder) Notes() []string {
	var notes []string
	add := func(n int64, what string) {
		if n > 0 {
			notes = append(notes, fmt.Sprintf("%s: %d", what, n))
		}
	}
	add(d.proxied, "events that Okta marks as coming through an anonymising proxy (not read)")
	add(d.timeless, "events without a time")
	add(d.zoneless, "events whose time has no zone, read as UTC")
	add(d.elements.latin, "events that are not UTF-8 and were read as Windows-1252")
	return notes
}

// claim adds a claim with the time of the event.
func (d *decoder) claim(native string, k ident.Kind, value string, r graph.Relation, at graph.Time, field string) {
	d.rec.Claims = append(d.rec.Claims, ingest.Claim{
		Account: graph.AccountID{Platform: d.platform, Native: native},
		Kind:    k, Value: value, Relation: r, First: at, Last: at, Field: field,
	})
}

// profile adds a profile value, once: each event repeats it, and it has no time of its own.
func (d *decoder) profile(native string, k ident.Kind, value, field string) {
	s := statement{native, k, value}
	if _, ok := d.seen[s]; ok {
		return
	}
	if len(d.seen) < maxSeen {
		d.seen[s] = struct{}{}
	}
	d.claim(native, k, value, graph.Registered, 0, field)
}
