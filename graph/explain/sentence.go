package explain

import (
	"strconv"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// Sentence is a sentence, or a few of them, in parts.
type Sentence []Part

// Part is a piece of a sentence: our own words, or a text from the data as [Shown] shows it.
type Part struct {
	Text  string
	Value bool // from the data: never markup, never a link
}

// String returns the sentence as plain text, with texts from the data in quotation marks.
func (s Sentence) String() string {
	var b strings.Builder
	for _, p := range s {
		if p.Value {
			b.WriteString("“" + p.Text + "”")
			continue
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// say begins a sentence with our own words.
func say(text ...string) Sentence { return Sentence(nil).say(text...) }

func (s Sentence) say(text ...string) Sentence {
	return append(s, Part{Text: strings.Join(text, "")})
}

// quote appends a text from the data.
func (s Sentence) quote(v string) Sentence { return append(s, Part{Text: Shown(v), Value: true}) }

// account appends an account: its platform, a slash, its name there.
func (s Sentence) account(a graph.AccountID) Sentence {
	return append(s, Part{Text: Shown(a.Platform) + "/" + Shown(a.Native), Value: true})
}

// identifier appends a kind and the value.
func (s Sentence) identifier(id ident.ID) Sentence {
	return s.say(KindWords(id.Kind()), " ").quote(id.Key())
}

// Count returns "1 account", "2 accounts", of a noun whose plural ends in s, or in es after ss.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "ss") {
		return strconv.Itoa(n) + " " + noun + "es"
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// list joins words as in "a, b and c".
func list(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}
