package report

import (
	_ "embed"
	"html/template"
	"io"
)

// HTML is the encoder for reading: one page that needs nothing else.
type HTML struct{}

// Name returns "html".
func (HTML) Name() string { return "html" }

// About says what the format is for.
func (HTML) About() string { return "for reading and printing: one page that opens without a network" }

// Ext returns ".html".
func (HTML) Ext() string { return ".html" }

var thin = template.Must(template.New("page").Parse(`<!doctype html><meta charset="utf-8"><title>samehand report</title>
<h1>samehand report</h1><p>{{index .Lead 0}}</p>{{range .Clusters}}<h2><bdi>{{.ID}}</bdi></h2><p>{{.Headline}}</p>{{end}}
`))

// Encode writes the page.
func (HTML) Encode(w io.Writer, m Model) error { return thin.Execute(w, m) }
