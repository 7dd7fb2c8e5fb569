package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"samehand/graph"
	"samehand/graph/ident"
)

// payloads are values as an adversary would choose them. Each holds "pwn", so that it can be found wherever it went.
var payloads = []string{
	`</script><script>window.pwned=1</script>`,
	`"><img src=x onerror="window.pwned=1">`,
	`'><svg onload=window.pwned=1>`,
	`javascript:window.pwned=1`,
	`--></style></title></textarea><script>pwned=1</script>`,
	`<!--<script>pwned=1`,
	`=HYPERLINK("http://pwn.example","click")`,
	`+1415555pwn`, `-pwn+cmd|' /C calc'!A0`, `@SUM(pwn)`, "\tpwn", "\rpwn", "\n=pwn", ` =pwn`, `'pwn`, `＝pwn`,
	"\x1b[31mpwn\x1b]8;;http://pwn.example\x07", "pwn\u202egnp.exe\u202c", "pw\u200bn pwn", "\x00pwn\x00", "pwn\xff\xfe", "\u2028pwn\u2029", "\u0085pwn\u009b1m",
	"![pwn](http://pwn.example/x.png)", "[pwn](javascript:pwned)", "`pwn` | pwn | <b>pwn</b>", "https://pwn.example www.pwn.example pwn@pwn.example",
	"| pwn |\n|---|\n", "# pwn", "${pwn} {{pwn}} {{.pwn}}", `\`, "pwn\\", "``pwn```",
	strings.Repeat("pwn ", 25_000),
	"עברית pwn العربية",
}

// hostileRun is a case in which every text is a payload.
func hostileRun(t *testing.T) (graph.Run, *graph.Table) {
	t.Helper()
	var b graph.Builder
	all := strings.Join(payloads[:len(payloads)-2], " ")
	c := graph.Cluster{ID: payloads[0], Flagged: true, Score: 12, Reasons: payloads, Families: []graph.Family{graph.Family(payloads[1])}, Tags: payloads[:4], Persons: 3, Names: 3}
	run := graph.Run{ID: payloads[0], Method: payloads[1], Options: map[string]string{payloads[0]: payloads[1], payloads[6]: payloads[17]}, Sources: []string{payloads[2]}}
	var who []graph.AccountID
	for i, p := range payloads {
		a := graph.AccountID{Platform: "sys:" + p, Native: p}
		who = append(who, a)
		c.Members = append(c.Members, graph.Member{Account: a, Person: fmt.Sprint(p, i%3), Role: p, Site: p, Points: 3, Confidence: .5})
	}
	for i, p := range payloads {
		kind := ident.Kinds()[i%len(ident.Kinds())]
		v := id(t, kind, ident.Ordinary, p+" "+kind.String())
		for k, a := range []graph.AccountID{who[i], who[(i+1)%len(who)], who[(i+2)%len(who)]} {
			b.Observe(graph.Observation{Account: a, Identifier: v, Raw: all, Relation: graph.Relation(p), First: day2024(i), Last: day2024(i + 40), Count: 1,
				Ref: graph.Ref{Source: payloads[(i+k)%3], File: p, Line: int64(100*i + k)}})
			b.Observe(graph.Observation{Account: a, Identifier: id(t, ident.Name, ident.Ordinary, p), Relation: graph.Registered, Count: 1, Ref: graph.Ref{Source: p, File: p, Line: 1}})
		}
		c.Evidence = append(c.Evidence, graph.Evidence{Identifier: v, Family: graph.Family(p), Class: p, Points: float64(i % 9), Holders: 3, Inside: 3, Note: p})
		alone := who[i : i+1]
		c.Candidates = append(c.Candidates, graph.Candidate{Person: fmt.Sprint(p, i%3), Accounts: alone, Score: 3, Reasons: []string{p}})
		c.Sites = append(c.Sites, graph.Site{ID: p, Identifiers: []ident.ID{v}, Persons: 1})
		c.Apart = append(c.Apart, graph.Apart{Account: who[i], Person: p, Role: p, Reason: p})
		c.Considered = append(c.Considered, graph.LookAlike{Name: p, Holds: i%2 == 0, Reason: p})
		c.Patterns = append(c.Patterns, graph.Pattern{ID: p, Name: p, Strength: p, Reason: p, Accounts: alone, Identifiers: []ident.ID{v, {}}})
		c.Dropped = append(c.Dropped, graph.WhatIf{Identifier: v, Family: graph.Family(p), Pieces: []int{i}, Lost: i})
		run.Alarms = append(run.Alarms, p)
		run.Missing = append(run.Missing, graph.Missing{Pattern: p, Name: p, Lacks: p})
		run.Hubs = append(run.Hubs, graph.HubValue{Identifier: v, Class: p, Holders: i, Reason: p})
	}
	run.Clusters = []graph.Cluster{c}
	table := b.Table()
	for i := range table.Sources {
		table.Sources[i].SHA256, table.Sources[i].Format, table.Sources[i].Notes = payloads[0], payloads[1], payloads[:9]
	}
	table.Canonical()
	return run, table
}

func hostileModel(t *testing.T) Model {
	t.Helper()
	run, table := hostileRun(t)
	m, err := Build(run, table, nil, Options{Case: payloads[0] + "\x1b[2J", Tool: payloads[1]})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// encoded returns what an encoder writes.
func encoded(t *testing.T, e Encoder, m Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := e.Encode(&b, m); err != nil {
		t.Fatalf("%s: %v", e.Name(), err)
	}
	return b.Bytes()
}

// Every character of every format prints: nothing reaches a terminal that could move its cursor or hide text.
func TestNothingUnprintable(t *testing.T) {
	for _, e := range Encoders() {
		out := encoded(t, e, hostileModel(t))
		if e.Name() == "html" { // the code of cytoscape.js is not ours to judge
			out = bytes.Replace(out, []byte(inline(cytoscapeJS)), nil, 1)
		}
		for i, r := range string(out) {
			if r != '\n' && !unicode.IsPrint(r) && r != '\ufffd' {
				t.Fatalf("%s: character %U at byte %d", e.Name(), r, i)
			}
		}
		if !bytes.Contains(out, []byte("pwn")) {
			t.Errorf("%s: the values are not there at all", e.Name())
		}
		if limit := 8 << 20; e.Name() != "json" && len(out) > limit {
			t.Errorf("%s: %d bytes: a value of 100 KB was not cut", e.Name(), len(out))
		}
	}
}

// okElements are the elements that the page is made of.
var okElements = strings.Fields(`html head meta title style body a header p h1 h2 h3 h4 time aside strong main section div table thead tbody tr th td span bdi
 ul ol li dl dt dd details summary pre footer script figure figcaption svg g path polygon circle rect line text tspan`)

// okAttributes are its attributes.
var okAttributes = strings.Fields(`lang charset http-equiv content name id class href datetime aria-label aria-labelledby aria-hidden tabindex role scope type open data-graph data-label
 rowspan colspan title viewbox width height points d x y dx x1 x2 y1 y2 cx cy r rx transform text-anchor preserveaspectratio`)

func TestPageHoldsValuesAsTextOnly(t *testing.T) {
	out := encoded(t, HTML{}, hostileModel(t))
	doc, err := html.Parse(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	scripts, texts := 0, 0
	for n := range doc.Descendants() {
		switch n.Type {
		case html.ElementNode:
			scripts += one(n.Data == "script")
			checkElement(t, n)
		case html.CommentNode:
			t.Errorf("a comment: %q", clip(n.Data, 60))
		case html.TextNode:
			texts += one(strings.Contains(n.Data, "pwn"))
		}
	}
	if scripts != 3 || texts < len(payloads) {
		t.Errorf("%d scripts, %d texts with values", scripts, texts)
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func checkElement(t *testing.T, n *html.Node) {
	t.Helper()
	if !slices.Contains(okElements, n.Data) {
		t.Errorf("element <%s>", clip(n.Data, 60))
	}
	for _, a := range n.Attr {
		switch key := strings.ToLower(a.Key); {
		case !slices.Contains(okAttributes, key):
			t.Errorf("attribute %s of <%s>", a.Key, n.Data)
		case strings.Contains(strings.ToLower(a.Val), "pwn"):
			t.Errorf("a value is in attribute %s of <%s>", a.Key, n.Data)
		case key == "href" && !strings.HasPrefix(a.Val, "#"):
			t.Errorf("a link to %q", a.Val)
		}
	}
}

// The policy of the page names exactly the scripts and the style that are in it.
func TestPolicyNamesWhatIsThere(t *testing.T) {
	out := encoded(t, HTML{}, hostileModel(t))
	doc, err := html.Parse(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	var policy string
	var blocks []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
		}
		switch {
		case attr["http-equiv"] == "Content-Security-Policy":
			policy = attr["content"]
		case n.Data == "style", n.Data == "script" && attr["type"] == "":
			blocks = append(blocks, n.FirstChild.Data)
		case n.Data == "script":
			var d graphData
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &d); err != nil || len(d.Graphs) != 1 {
				t.Errorf("the data of the pictures: %v", err)
			}
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'; ") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
	if got := strings.Count(policy, "sha256-"); got != len(blocks) || got != 3 {
		t.Errorf("%d hashes for %d blocks", got, len(blocks))
	}
	for _, b := range blocks {
		sum := sha256.Sum256([]byte(b))
		if !strings.Contains(policy, base64.StdEncoding.EncodeToString(sum[:])) {
			t.Errorf("the policy does not name the block %q", clip(b, 40))
		}
	}
}

func TestInline(t *testing.T) {
	for in, want := range map[string]string{
		`a < b`: `a < b`, `"</script>"`: `"<\/script>"`, `"</SCRIPT "`: `"<\/SCRIPT "`, `"<!--"`: `"<\!--"`, `<`: `<`, `</`: `</`,
	} {
		if got := inline(in); got != want {
			t.Errorf("inline(%q) = %q, want %q", in, got, want)
		}
	}
	// outside of strings and patterns the escape would change the meaning: keep it from being needed
	for name, js := range map[string]string{"cytoscape.js": cytoscapeJS, "page.js": pageJS} {
		if inline(js) != js {
			t.Errorf("%s holds a script end or a comment start: look at it by hand", name)
		}
	}
}

// No cell of the CSV begins as a formula does, and taking the apostrophe off the guarded cells gives back the text.
func TestCSVIsGuarded(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(encoded(t, CSV{}, hostileModel(t)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[0], csvColumns) || len(rows) < len(payloads) {
		t.Fatalf("%d rows, header %q", len(rows), rows[0])
	}
	for _, row := range rows[1:] {
		guarded := strings.Fields(row[len(row)-1])
		for i, cell := range row {
			named := slices.Contains(guarded, csvColumns[i])
			if named != strings.HasPrefix(cell, "'") {
				t.Errorf("column %s: %q, guarded: %v", csvColumns[i], clip(cell, 40), named)
			}
			if cell != "" && strings.ContainsAny(strings.TrimLeft(cell, " ")[:1], "=+-@\t\r\n") {
				t.Errorf("column %s begins a formula: %q", csvColumns[i], clip(cell, 40))
			}
		}
	}
}

func TestCSVKeepsPhoneNumbers(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(encoded(t, CSV{}, model(t)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, row := range rows {
		if row[3] == "phone" {
			found++
			if row[4] != "'+14155550132" || row[len(row)-1] != "value" {
				t.Errorf("phone number written as %q, guarded %q", row[4], row[len(row)-1])
			}
		}
	}
	if found != 2 {
		t.Errorf("%d rows of phone numbers, want 2", found)
	}
}

// Outside of code spans, Markdown holds no markup, link, mention or table cell that came from a value.
func TestMarkdownHoldsValuesInCodeSpans(t *testing.T) {
	pipes := 0
	for n, line := range strings.Split(string(encoded(t, Markdown{}, hostileModel(t))), "\n") {
		if strings.Count(line, "`")%2 != 0 {
			t.Errorf("line %d: an open code span: %q", n+1, clip(line, 80))
		}
		outside := ""
		for i, part := range strings.Split(line, "`") {
			if i%2 == 0 {
				outside += part
			} else if strings.Contains(part, "|") {
				t.Errorf("line %d: a pipe in a value", n+1)
			}
		}
		plain := strings.NewReplacer(`\\`, "", `\<`, "", `\[`, "", `\]`, "", `\|`, "", `\!`, "").Replace(outside)
		if strings.ContainsAny(plain, "<[]!") || strings.Contains(plain, "://") || strings.Contains(plain, "www.") || strings.Contains(plain, "@") {
			t.Errorf("line %d: markup outside of code spans: %q", n+1, clip(outside, 120))
		}
		if strings.HasPrefix(line, "|") {
			if got := strings.Count(plain, "|"); got != pipes && pipes != 0 {
				t.Errorf("line %d: %d pipes in a table of %d", n+1, got, pipes)
			} else {
				pipes = got
			}
		} else {
			pipes = 0
		}
	}
}

// The JSON report holds values exactly, bytes that are not UTF-8 aside.
func TestJSONIsExact(t *testing.T) {
	var m Model
	if err := json.Unmarshal([]byte(strings.ReplaceAll(string(encoded(t, JSON{}, hostileModel(t))), "\u2028", "")), &textless{&m}); err != nil {
		t.Fatal(err)
	}
	natives := map[string]bool{}
	for _, mem := range m.Clusters[0].Members {
		natives[mem.Account.Native] = true
	}
	for _, p := range payloads {
		if !natives[strings.ToValidUTF8(p, "\ufffd")] && !strings.Contains(p, "\xff") {
			t.Errorf("the account %q is not in the report as it is", clip(p, 40))
		}
	}
}

// textless reads a model without its sentences, which are written as strings.
type textless struct{ m *Model }

func (x *textless) UnmarshalJSON(data []byte) error {
	var raw struct {
		Clusters []struct {
			Members []struct {
				Account Account `json:"account"`
			} `json:"members"`
		} `json:"clusters"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	for _, c := range raw.Clusters {
		var cl Cluster
		for _, m := range c.Members {
			cl.Members = append(cl.Members, Member{Account: m.Account})
		}
		x.m.Clusters = append(x.m.Clusters, cl)
	}
	return nil
}
