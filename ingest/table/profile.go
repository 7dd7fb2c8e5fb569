package table

import (
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"

	"samehand/graph/ident"
	"samehand/ingest"
	"samehand/ingest/tabular"
)

// How much of a table is looked at for a guess.
const (
	sampleRows  = 1000
	sampleBytes = 16 << 20
)

// profile is a table as far as it was sampled.
type profile struct {
	columns []column
	rows    [][]string // cells without blanks around them; rows of JSON lines may be short
}

// column is a column and what was seen of it.
type column struct {
	name   string
	key    string // the name in lower case, letters and digits only
	at     int
	values []string // those that are not empty
	unique int      // different values among them
}

// sample reads the beginning of a table.
func sample(rows tabular.Reader) (*profile, error) {
	p := &profile{}
	for bytes := 0; len(p.rows) < sampleRows && bytes < sampleBytes; {
		r, err := rows.Next()
		if err == io.EOF {
			break
		}
		if errors.As(err, new(*ingest.RecordError)) {
			continue
		}
		if err != nil {
			return nil, err
		}
		cells := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			cells[i] = strings.TrimSpace(c)
			bytes += len(c)
		}
		p.rows = append(p.rows, cells)
	}
	for i, name := range rows.Columns() {
		if tabular.ValueLike(name) != "" {
			continue
		}
		c := column{name: name, key: keyOf(name), at: i}
		seen := map[string]bool{}
		for _, row := range p.rows {
			if i < len(row) && row[i] != "" {
				c.values = append(c.values, row[i])
				seen[row[i]] = true
			}
		}
		c.unique = len(seen)
		p.columns = append(p.columns, c)
	}
	return p, nil
}

// keyOf returns a column's name in the form of the lists in aliases.go. Of a path in JSON, numbers and a last "value" are left out:
// email_addresses.0.value is emailaddresses.
func keyOf(name string) string {
	var parts []string
	for part := range strings.SplitSeq(strings.TrimSuffix(name, ".value"), ".") {
		if strings.Trim(part, "0123456789") != "" {
			parts = append(parts, part)
		}
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, strings.Join(parts, "."))
}

// joined returns what the columns together hold in each row where the first of them holds something.
func (p *profile) joined(at []int, join string, zeros int) []string {
	var out []string
	for _, row := range p.rows {
		if at[0] >= len(row) || row[at[0]] == "" {
			continue
		}
		var parts []string
		for i, a := range at {
			if a < len(row) && row[a] != "" {
				s := row[a]
				if i == 0 && len(s) < zeros {
					s = strings.Repeat("0", zeros-len(s)) + s
				}
				parts = append(parts, s)
			}
		}
		out = append(out, strings.Join(parts, join))
	}
	return out
}

// readable counts the values that can be read as a kind; one that comes out as
// another kind counts too (a profile page is a handle), but for what shape alone cannot tell.
func readable(k ident.Kind, prefix string, values []string) int {
	n := 0
	for _, v := range values {
		if _, err := ident.Parse(k, prefix+v); err == nil && plausible(k, v) {
			n++
		}
	}
	return n
}

// plausible is a second look for the kinds that can be read out of nearly any text.
func plausible(k ident.Kind, v string) bool {
	switch k {
	case ident.Name:
		return !strings.ContainsAny(v, "@/\\") && strings.IndexFunc(v, unicode.IsLetter) >= 0 && !strings.ContainsAny(v, "0123456789")
	case ident.Employer, ident.Handle:
		return strings.IndexFunc(v, unicode.IsLetter) >= 0
	}
	return true
}

// shape is a form of values that can be told without a name of the column.
type shape struct {
	kind   ident.Kind
	prefix string
	about  string
	fits   func(v string) bool
}

// shapes, in the order in which they are tried. A shape must be one that other data rarely has.
var shapes = []shape{
	{ident.Email, "", "e-mail addresses", func(v string) bool { return strings.Count(v, "@") == 1 && !strings.ContainsAny(v, "/: ") }},
	{ident.IP, "", "IP addresses", func(v string) bool { return strings.Count(v, ".") == 3 || strings.Count(v, ":") >= 2 }},
	{ident.Device, "mac:", "MAC addresses", func(v string) bool {
		return len(v) == 17 && (strings.Count(v, ":") == 5 || strings.Count(v, "-") == 5)
	}},
	{ident.Payment, "", "IBANs or wallets", func(v string) bool {
		return len(v) >= 15 && strings.ContainsAny(v, "0123456789") && strings.IndexFunc(v, unicode.IsLetter) >= 0 && !strings.ContainsAny(v, ":@.-/")
	}},
	{ident.Website, "", "web addresses", func(v string) bool { return strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") }},
	{ident.Phone, "", "phone numbers", func(v string) bool {
		return len(v) >= 10 && (v[0] == '+' || v[0] == '(' || strings.Count(v, "-") == 2) && strings.IndexFunc(v, unicode.IsLetter) < 0
	}},
}

// shapeOf returns the shape that at least nine in ten values have, and how many do.
func shapeOf(values []string) (shape, int, bool) {
	for _, s := range shapes {
		var fit []string
		for _, v := range values {
			if s.fits(v) {
				fit = append(fit, v)
			}
		}
		if n := readable(s.kind, s.prefix, fit); n > 0 && n*10 >= len(values)*9 {
			return s, n, true
		}
	}
	return shape{}, 0, false
}

// guessLayout returns the layout that most of the values have, at least eight in ten, and whether day and month could be the other way round.
func guessLayout(values []string) (name string, n int, ambiguous bool) {
	counts := make([]int, len(layoutNames))
	for i, l := range layoutNames {
		read, _ := layoutOf(l)
		for _, v := range values {
			if _, _, reason := read(v); reason == "" {
				counts[i]++
			}
		}
	}
	best := slices.Index(counts, slices.Max(counts))
	if counts[best] == 0 || counts[best]*10 < len(values)*8 {
		return "", counts[best], false
	}
	us, eu := slices.Index(layoutNames, "us-date"), slices.Index(layoutNames, "eu-date")
	return layoutNames[best], counts[best], best == us && counts[eu] == counts[us]
}
