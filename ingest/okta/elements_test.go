package okta

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/ingest/tabular"
)

func TestFormOf(t *testing.T) {
	for head, want := range map[string]form{
		"":                           noForm,
		"\n\n":                       noForm,
		"a,b":                        noForm,
		"<x/>":                       noForm,
		"[":                          array,
		" \r\n[{":                    array,
		`{"a":1}`:                    lines,
		`{"target":[{}],"actor":{}}`: lines,
		"{\n  \"actor\"":             values,
		"{\r\n":                      values,
		`{"events":[`:                wrapper,
		"{ \"value\" :\n [":          wrapper,
		`{"events":{}}`:              lines,
	} {
		if got := formOf([]byte(head)); got != want {
			t.Errorf("formOf(%q) = %d, want %d", head, got, want)
		}
	}
}

// cut reads all elements of a text.
func cut(text string, limit int) (out []string, final error) {
	e := elements{r: bufio.NewReaderSize(strings.NewReader(text), 16), form: formOf([]byte(text)), limit: limit, line: 1, first: true}
	for {
		s, _, err := e.next()
		if err != nil {
			return out, err
		}
		out = append(out, s)
	}
}

// anyEvent draws an object of texts with everything in them that could mislead a reader of brackets and quotes.
func anyEvent() *rapid.Generator[string] {
	text := rapid.StringOf(rapid.SampledFrom([]rune("ab\"\\[]{},:\n\t é0")))
	return rapid.Custom(func(t *rapid.T) string {
		m := map[string]any{}
		for i := range rapid.IntRange(0, 4).Draw(t, "keys") {
			var v any = text.Draw(t, "text")
			if rapid.Bool().Draw(t, "nested") {
				v = []any{map[string]any{text.Draw(t, "key"): v}, 1.5, nil}
			}
			m[fmt.Sprint("k", i, text.Draw(t, "name"))] = v
		}
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	})
}

// TestElementsComeOutAsTheyWentIn checks every wrapping against the events that were put into it.
func TestElementsComeOutAsTheyWentIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 1, 6).Draw(t, "events")
		blank := rapid.SampledFrom([]string{"", " ", "\n", "\r\n\t"})
		join := func(sep string) string {
			var b strings.Builder
			for i, e := range events {
				if i > 0 {
					b.WriteString(blank.Draw(t, "before") + sep + blank.Draw(t, "after"))
				}
				b.WriteString(e)
			}
			return b.String()
		}
		for name, text := range map[string]string{
			"array":   "[" + blank.Draw(t, "first") + join(",") + "]",
			"lines":   strings.Join(events, "\n"),
			"wrapper": `{"events":[` + join(",") + `],"next":{"a":"]}"}}`,
			"pages":   "[" + strings.Join(events, "]\n[") + "]",
		} {
			got, err := cut(text, 1<<20)
			if err != io.EOF {
				t.Fatalf("%s: %v", name, err)
			}
			if d := cmp.Diff(events, got); d != "" {
				t.Fatalf("%s (-want +got):\n%s", name, d)
			}
		}
	})
}

// TestCutArrays checks that an array cut anywhere keeps its whole elements and does not end as if nothing were wrong.
func TestCutArrays(t *testing.T) {
	text := "[" + one + ",\n" + one + ",\n" + one + "]"
	for n := 1; n < len(text); n++ {
		got, err := cut(text[:n], 1<<20)
		if err == nil || err == io.EOF {
			t.Fatalf("cut after %d bytes: %v", n, err)
		}
		if want := strings.Count(text[:n], `40"}}`); len(got) != want {
			t.Errorf("cut after %d bytes: %d elements, want %d", n, len(got), want)
		}
	}
}

func TestDeeper(t *testing.T) {
	for _, tc := range []struct {
		s    string
		at   int
		want bool
	}{
		{"[[[]]]", 3, false}, {"[[[]]]", 2, true}, {"[][][]", 1, false}, {`"[[["`, 1, false}, {`["\"[[["]`, 1, false}, {"", 1, false}, {"]]]][[", 1, false},
	} {
		if got := tabular.TooDeep(tc.s, tc.at); got != tc.want {
			t.Errorf("tabular.TooDeep(%q, %d) = %v", tc.s, tc.at, got)
		}
	}
}
