package ofac

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/ingest"
)

// XML returns the format of the classic sdn.xml.
func XML() ingest.Format { return xmlFormat{} }

type xmlFormat struct{}

// Name implements [ingest.Format].
func (xmlFormat) Name() string { return "ofac-sdn-xml" }

// About implements [ingest.Format].
func (xmlFormat) About() string {
	return "OFAC's list of Specially Designated Nationals as the classic sdn.xml (not the advanced one)"
}

// roots are the beginnings of the root elements of the classic and of the advanced list.
var (
	classicRoot  = regexp.MustCompile(`^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<sdnList[\s>]`)
	advancedRoot = regexp.MustCompile(`^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:\w+:)?Sanctions[\s>]`)
)

// Match takes the advanced list too, so that it is met with an error that says what to do and not with "no format matches".
func (xmlFormat) Match(_ string, head []byte) bool {
	return classicRoot.Match(head) || advancedRoot.Match(head) && bytes.Contains(head, []byte("ADVANCED_XML"))
}

// errAdvanced refuses the other XML.
var errAdvanced = errors.New("this is the advanced XML (root element Sanctions), which is not read; download the classic sdn.xml or SDN.CSV")

// NewDecoder fails when the root element is another one.
func (xmlFormat) NewDecoder(r io.Reader, in ingest.Input) (ingest.Decoder, error) {
	l := in.Limits.WithDefaults()
	d := &xmlDecoder{in: newMeter(r, l.RecordBytes), depth: l.Depth}
	d.x = xml.NewDecoder(d.in)
	d.x.CharsetReader = charset
	for {
		t, err := d.token()
		if err == io.EOF {
			return nil, errors.New("there is no XML element in the file")
		}
		if err != nil {
			return nil, err
		}
		start, ok := t.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "Sanctions":
			return nil, errAdvanced
		case start.Name.Local != "sdnList":
			return nil, errors.New("the root element is not sdnList: not the classic sdn.xml")
		default:
			return d, nil
		}
	}
}

// charset accepts the encodings that lists are published in. The text is UTF-8 already: UTF-16 was
// turned into it before it got here, Windows-1252 by the [meter].
func charset(name string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "utf-8", "utf8", "utf-16", "us-ascii", "iso-8859-1", "latin1", "windows-1252":
		return r, nil
	}
	return nil, errors.New("an encoding that is not read: convert the file to UTF-8")
}

// xmlDecoder reads the entries one by one.
type xmlDecoder struct {
	in    *meter
	x     *xml.Decoder
	depth int
	rec   ingest.Record
	final error

	announced int64 // Record_Count; 0 when it is not there
	entries   int64
}

// Next implements [ingest.Decoder].
func (d *xmlDecoder) Next() (*ingest.Record, error) {
	if d.final != nil {
		return nil, d.final
	}
	rec, err := d.next()
	if _, ok := err.(*ingest.RecordError); err != nil && !ok {
		d.final = err
	}
	return rec, err
}

// next reads up to the end of the next entry.
func (d *xmlDecoder) next() (*ingest.Record, error) {
	for {
		d.in.begin()
		t, err := d.token()
		if err == io.EOF {
			return nil, io.EOF
		}
		if err != nil {
			return nil, err
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		line, _ := d.x.InputPos()
		n, err := d.tree(start, 2)
		if err != nil {
			return nil, err
		}
		switch start.Name.Local {
		case "sdnEntry":
			d.entries++
			return d.entry(n, int64(line))
		case "publshInformation":
			fmt.Sscan(n.get("Record_Count"), &d.announced) // stays 0 when it is not a number
		}
	}
}

// token returns the next token; its error has a place and no text of the file.
func (d *xmlDecoder) token() (xml.Token, error) {
	t, err := d.x.Token()
	if err == nil {
		return t, nil
	}
	line, _ := d.x.InputPos()
	var syntax *xml.SyntaxError
	switch {
	case err == io.EOF:
		return nil, err
	case d.in.err != nil:
		return nil, fmt.Errorf("line %d: %w", line, d.in.err)
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"):
		return nil, fmt.Errorf("line %d: the file ends before its root element does: it was cut short; download it again", line)
	case errors.As(err, &syntax):
		return nil, fmt.Errorf("line %d: not sound XML", line)
	}
	return nil, fmt.Errorf("line %d: not XML that can be read (its encoding, perhaps)", line)
}

// node is an element without its attributes.
type node struct {
	name string
	text string // of the element itself; "" when it has children
	kids []node
}

// tree reads the rest of an element that began at the given depth.
func (d *xmlDecoder) tree(start xml.StartElement, depth int) (node, error) {
	n := node{name: start.Name.Local}
	if depth > d.depth {
		return n, fmt.Errorf("line %d: nested deeper than %d", d.line(), d.depth)
	}
	var text strings.Builder
	for {
		t, err := d.token()
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return n, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			kid, err := d.tree(t, depth+1)
			if err != nil {
				return n, err
			}
			n.kids = append(n.kids, kid)
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if len(n.kids) == 0 {
				n.text = strings.TrimSpace(text.String())
			}
			return n, nil
		}
	}
}

func (d *xmlDecoder) line() int {
	line, _ := d.x.InputPos()
	return line
}

// get returns the text of the first child of that name, "" when there is none.
func (n *node) get(name string) string {
	for i := range n.kids {
		if n.kids[i].name == name {
			return n.kids[i].text
		}
	}
	return ""
}

// all returns the children of the child called list, as in akaList > aka.
func (n *node) all(list string) []node {
	for i := range n.kids {
		if n.kids[i].name == list {
			return n.kids[i].kids
		}
	}
	return nil
}

// entry reads one sdnEntry.
func (d *xmlDecoder) entry(n node, line int64) (*ingest.Record, error) {
	raw := d.in.text()
	uid := n.get("uid")
	if !digits(uid) {
		return nil, &ingest.RecordError{Line: line, Field: "uid", Reason: "not a number of an entry", Raw: raw}
	}
	d.rec = ingest.Record{Line: line, Raw: raw, Claims: d.rec.Claims[:0]}
	e := &entry{account: account(uid), claims: &d.rec.Claims}
	e.claim(ident.Name, fullName(&n), graph.Registered, "lastName")
	for _, p := range n.all("programList") {
		e.claim(ident.Tag, p.text, graph.Registered, "program")
	}
	for _, aka := range n.all("akaList") {
		e.claim(ident.Name, fullName(&aka), alias, "aka")
	}
	for _, a := range n.all("addressList") {
		street := join(a.get("address1"), a.get("address2"), a.get("address3"))
		town := join(a.get("city"), strings.TrimSpace(a.get("stateOrProvince")+" "+a.get("postalCode")))
		e.address("address", street, town, a.get("country"))
	}
	for _, id := range n.all("idList") {
		e.numbered(id.get("idType"), id.get("idNumber"), id.get("idCountry"))
	}
	e.remarks(n.get("remarks"), "remarks")
	return &d.rec, nil
}

// fullName puts a name together. Entities have a last name only.
func fullName(n *node) string {
	return strings.TrimSpace(n.get("firstName") + " " + n.get("lastName"))
}

// join joins the parts that are not empty.
func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ", ")
}

// numbered adds an id of the idList, told by its type as features of remarks are by their label.
func (e *entry) numbered(typ, number, country string) {
	for i := range features {
		f := &features[i]
		if strings.TrimSuffix(f.label, ".") != strings.TrimSuffix(typ, ".") && !(f.kind == ident.Payment && strings.HasPrefix(typ, f.label)) {
			continue
		}
		switch {
		case f.kind == ident.Payment:
			number = "- " + number // where remarks have the asset
		case f.kind == ident.Document && country != "":
			number += " (" + country + ")"
		}
		e.feature(f, number, "idList")
		return
	}
}

// Notes implements [ingest.Noter].
func (d *xmlDecoder) Notes() []string {
	if d.announced > 0 && d.announced != d.entries {
		return []string{fmt.Sprintf("the list says it has %d entries, and %d were read", d.announced, d.entries)}
	}
	return nil
}
