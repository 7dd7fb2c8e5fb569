package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strconv"
	"strings"

	"samehand/graph/explain"
)

// HTML is the encoder for reading and printing: one page that opens from a disk without a network.
//
// Everything is in the file: style, script, and cytoscape.js (MIT; its licence text is in it) for pictures that can be
// moved. Without scripts, and on paper, a still picture drawn here stands in their place. A policy in the page forbids everything that is not
// in it (default-src 'none'), and runs only the scripts and styles whose SHA-256 it names.
//
// Values reach the page as text only, escaped by html/template, in elements that isolate their direction; they never
// become an attribute that acts, a link, or script. The data of the moving pictures is JSON in which < > & are escapes, and is put on the page with textContent.
type HTML struct{}

// Name returns "html".
func (HTML) Name() string { return "html" }

// About says what the format is for.
func (HTML) About() string { return "for reading and printing: one page that opens without a network" }

// Ext returns ".html".
func (HTML) Ext() string { return ".html" }

// folded is how many values, or cited lines, a page shows before it folds the rest away: about a screenful.
const folded = 40

var (
	//go:embed assets/page.tmpl
	pageTemplate string
	//go:embed assets/page.css
	pageCSS string
	//go:embed assets/page.js
	pageJS string
	//go:embed assets/cytoscape.min.js
	cytoscapeJS string
	//go:embed assets/cytoscape.LICENSE.txt
	cytoscapeLicence string
)

// frame is what the template is given.
type frame struct {
	page
	Policy          string
	Style           template.CSS
	Cytoscape, Code template.JS
	Data            template.JS
	Licence         string
}

var pageParsed = template.Must(template.New("page").Funcs(template.FuncMap{
	"points": explain.Points, "day": day, "span": span, "when": when, "dates": dates, "cited": citedFiles, "held": heldWords, "number": number, "kindWords": kindWords,
	"spellings": func(cs []Citation) []string {
		shown, more := spellings(cs, 5)
		if more > 0 {
			shown = append(shown, fmt.Sprintf("… and %d more", more))
		}
		return shown
	},
	"platform": func(a Account) string { return a.platform },
	"native":   func(a Account) string { return a.native },
	"short":    func(sha string) string { return clip(sha, 13) },
	"pct":      func(f float64) string { return strconv.FormatFloat(f*100, 'f', 0, 64) },
	"fixed":    func(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) },
	"many":     func(n int) bool { return n > folded },
	"first":    func(is []item) []item { return is[:min(len(is), folded)] },
	"rest":     func(is []item) []item { return is[min(len(is), folded):] },
	"roleWords": func(standing string) string {
		return strings.TrimPrefix(strings.TrimPrefix(standing, "shown, not flagged"), "; ")
	},
	"sentence":   explain.AsSentence,
	"steadiness": explain.Steadiness,
	"head":       func(os []Outsider) []Outsider { return os[:min(len(os), folded)] },
	"tail":       func(os []Outsider) []Outsider { return os[min(len(os), folded):] },
	"nothing":    func(p frame) string { return nothingFound(p.Model) },
	"looked":     lookedAt,
}).Parse(pageTemplate))

// Encode writes the page.
func (HTML) Encode(w io.Writer, m Model) error {
	f := frame{
		page: pageOf(m), Style: template.CSS(pageCSS), Cytoscape: template.JS(inline(cytoscapeJS)), Code: template.JS(inline(pageJS)),
		Licence: cytoscapeLicence,
	}
	data, err := graphJSON(f.page)
	if err != nil {
		return fmt.Errorf("report: html: %w", err)
	}
	f.Data = template.JS(data)
	f.Policy = policy(pageCSS, string(f.Cytoscape), string(f.Code))
	var b bytes.Buffer
	if err := pageParsed.Execute(&b, f); err != nil {
		return fmt.Errorf("report: html: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// policy is the Content-Security-Policy of the page: nothing but the inline style and scripts with these hashes.
func policy(style string, scripts ...string) string {
	var hashes []string
	for _, s := range scripts {
		hashes = append(hashes, hashOf(s))
	}
	return "default-src 'none'; script-src " + strings.Join(hashes, " ") + "; style-src " + hashOf(style) +
		"; img-src data:; base-uri 'none'; form-action 'none'"
}

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// inline makes a script safe to stand in a page: in JavaScript, <\/script is the same as </script inside strings and patterns, and
// so is <\!-- for <!--. Neither occurs elsewhere in the scripts we embed, which a test checks.
func inline(js string) string { return endsScript.ReplaceAllString(js, `<\$1`) }

var endsScript = regexp.MustCompile(`(?i)<(/script|!--)`)

// when is a period in pieces that must not be broken.
func when(first, last string) []string {
	from, to, ok := strings.Cut(span(first, last), " to ")
	if !ok {
		return []string{from}
	}
	return []string{from + " to", to}
}

var oneDate = regexp.MustCompile(`\d{4}-\d\d-\d\d`)

// dates cuts our own words where dates are, which are marked, so that a line does not end within one.
func dates(s string) []Part {
	var out []Part
	from := 0
	for _, at := range oneDate.FindAllStringIndex(s, -1) {
		out = append(out, Part{Text: s[from:at[0]]}, Part{Text: s[at[0]:at[1]], Value: true})
		from = at[1]
	}
	return append(out, Part{Text: s[from:]})
}

func kindWords(v Value) string { return explain.KindWords(v.kind) }

// number writes a whole number in groups of three digits.
func number(n any) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
