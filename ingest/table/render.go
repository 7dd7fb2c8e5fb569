package table

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// render writes the guess as YAML with its reasons.
func (g *guess) render() []byte {
	var b bytes.Buffer
	b.WriteString("# A proposal, made from the names of the columns and from " + strconv.Itoa(len(g.rows)) + " rows. Check each line; then:\n")
	b.WriteString("#   samehand ingest --map THIS-FILE THE-TABLE\n")
	fmt.Fprintf(&b, "version: %d\n", Version)
	fmt.Fprintf(&b, "platform: %s # %s\n", scalar(g.platformOf), g.why["platform"])
	if g.accountOf == "" {
		b.WriteString("account: [] # no column names the account: write one here\n")
	} else {
		fmt.Fprintf(&b, "account: %s # %s\n", scalar(g.accountOf), g.why["account"])
	}
	g.renderMoment(&b, "first_seen", g.first)
	g.renderMoment(&b, "last_seen", g.last)
	if len(g.skip) > 0 {
		b.WriteString("skip:\n")
	}
	for _, s := range g.skip {
		fmt.Fprintf(&b, "  - {column: %s, values: %s} # %s\n", scalar(s.Column), list(s.Values), g.why["skip."+s.Column])
	}
	if len(g.list) == 0 {
		b.WriteString("values: [] # no column was understood: write here what each row says\n")
	} else {
		b.WriteString("values:\n")
	}
	for _, v := range g.list {
		renderValue(&b, v)
	}
	g.renderRest(&b)
	return b.Bytes()
}

func (g *guess) renderMoment(b *bytes.Buffer, key string, m *Moment) {
	if m == nil {
		fmt.Fprintf(b, "# %s: {column: \"\", layout: rfc3339} # no column was found\n", key)
		return
	}
	fmt.Fprintf(b, "%s: {column: %s, layout: %s} # %s\n", key, scalar(m.Column), m.Layout, g.why[key])
}

func renderValue(b *bytes.Buffer, v guessed) {
	fmt.Fprintf(b, "  - columns: %s # %s\n", list(v.Columns), v.why)
	if v.Join != nil {
		fmt.Fprintf(b, "    join: %s\n", strconv.Quote(*v.Join))
	}
	if v.Zeros > 0 {
		fmt.Fprintf(b, "    zeros: %d\n", v.Zeros)
	}
	fmt.Fprintf(b, "    kind: %s\n    relation: %s\n", v.Kind, v.Relation)
	if v.Prefix != "" {
		fmt.Fprintf(b, "    prefix: %s\n", strconv.Quote(v.Prefix))
	}
}

// renderRest lists what is not mapped: first what a person may want to map, which continues the list of values.
func (g *guess) renderRest(b *bytes.Buffer) {
	for _, o := range g.odd {
		fmt.Fprintf(b, "#  - columns: %s # %s\n", list([]string{o.name}), o.why)
		if o.kind.Valid() {
			fmt.Fprintf(b, "#    kind: %s\n#    relation: uses\n", o.kind)
		}
		if o.prefix != "" {
			fmt.Fprintf(b, "#    prefix: %s\n", strconv.Quote(o.prefix))
		}
	}
	if len(g.dull) > 0 {
		fmt.Fprintf(b, "ignore: %s # known to hold nothing to link by\n", list(g.dull))
	}
}

// plainScalar is text that YAML needs no quotes for, whatever follows.
var plainScalar = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*(:[A-Za-z0-9_.-]+)?$`)

// yamlWords are words that YAML, old or new, takes for something else than text.
var yamlWords = map[string]bool{"true": true, "false": true, "yes": true, "no": true, "on": true, "off": true, "null": true, "y": true, "n": true, ".nan": true, ".inf": true}

// scalar writes text as YAML. Quotes of Go are quotes of YAML: both write control characters as \x1b and \u2028.
func scalar(s string) string {
	if plainScalar.MatchString(s) && !yamlWords[strings.ToLower(s)] {
		return s
	}
	return strconv.Quote(s)
}

// list writes texts as a YAML list in one line.
func list(ss []string) string {
	q := make([]string, len(ss))
	for i, s := range ss {
		q[i] = scalar(s)
	}
	return "[" + strings.Join(q, ", ") + "]"
}
