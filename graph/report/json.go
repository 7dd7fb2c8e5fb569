package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	_ "embed"

	"samehand/graph/explain"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of what the JSON encoder writes.
func Schema() []byte { return bytes.Clone(schema) }

// JSON is the encoder for machines: complete and exact, as schema.json describes.
//
// Values stand there exactly, with every character that does not print written as a \u escape, so that the file is as
// safe to show in a terminal as the others. Bytes that are not UTF-8, which normalised values do not have, become U+FFFD; the
// shown text beside them gives their numbers.
type JSON struct{}

// Name returns "json".
func (JSON) Name() string { return "json" }

// About says what the format is for.
func (JSON) About() string {
	return "for machines: everything, exact, with a versioned schema"
}

// Ext returns ".json".
func (JSON) Ext() string { return ".json" }

// Encode writes the model as indented JSON.
func (JSON) Encode(w io.Writer, m Model) error {
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return fmt.Errorf("report: json: %w", err)
	}
	_, err = w.Write(append(escapeHidden(data), '\n'))
	return err
}

// MarshalJSON writes the text as one string.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.String()) }

// String returns the text with texts from the data in quotation marks.
func (t Text) String() string {
	s := make(explain.Sentence, len(t))
	for i, p := range t {
		s[i] = explain.Part{Text: p.Text, Value: p.Value}
	}
	return s.String()
}

// escapeHidden writes characters outside ASCII that do not print as \u escapes. Outside its strings, JSON has only ASCII.
func escapeHidden(data []byte) []byte {
	out := make([]byte, 0, len(data)+len(data)/64)
	for i := 0; i < len(data); {
		if c := data[i]; c < utf8.RuneSelf {
			if c == 0x7F {
				out = append(out, `\u007f`...)
			} else {
				out = append(out, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case !explain.Hidden(r):
			out = append(out, data[i:i+n]...)
		case r > 0xFFFF:
			r -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		i += n
	}
	return out
}
