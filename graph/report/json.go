package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

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
	_, err = w.Write(append(explain.EscapeJSON(data), '\n'))
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
