// Package report prints what a detection found, for people and for machines.
//
// [Build] makes one sorted [Model] from a run and the observations of its accounts; encoders only print it. The same
// input gives the same bytes.
//
// Everything in the data may come from an adversary. No value becomes markup, a link, a formula or a terminal escape:
// characters that do not print are shown as their numbers in every format ([explain.Visible]), and each encoder defuses the rest as its doc comment says.
package report

import "io"

// Encoder prints a model in one format.
type Encoder interface {
	Name() string  // what --format takes: lower case
	About() string // one line on what it is for
	Ext() string   // the customary ending of file names, with its dot
	// Encode writes the whole report. It fails only when writing does.
	Encode(w io.Writer, m Model) error
}

// Encoders lists all formats.
func Encoders() []Encoder {
	return []Encoder{HTML{}, Markdown{}, JSON{}, CSV{}}
}
