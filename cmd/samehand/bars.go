package main

import (
	"path/filepath"
	"sync/atomic"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"samehand/graph/explain"
	"samehand/ingest"
)

// bars shows how far files have been read, on standard error. A nil *bars shows nothing: nobody looks, or --quiet.
type bars struct {
	progress *mpb.Progress
	bar      *mpb.Bar
}

// newBars returns bars when a person looks at standard error and has not asked for quiet.
func newBars(a *app) *bars {
	if a.quiet || a.logFormat != logText || !a.terminal(a.stderr) {
		return nil
	}
	return &bars{progress: mpb.New(mpb.WithOutput(a.stderr), mpb.WithWidth(64))}
}

// add begins the bar of a file and returns what moves it; nil when nothing is shown.
func (b *bars) add(name string) func(ingest.Progress) {
	if b == nil {
		return nil
	}
	b.bar = b.progress.AddBar(0,
		mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(explain.Visible(filepath.Base(name))+" ")),
		mpb.AppendDecorators(decor.CountersKibiByte("% .1f / % .1f")),
	)
	bar := b.bar
	return func(p ingest.Progress) {
		bar.SetTotal(p.Total, false)
		bar.SetCurrent(p.Bytes)
	}
}

// done removes the bar of the file.
func (b *bars) done() {
	if b != nil && b.bar != nil {
		b.bar.Abort(true)
		b.bar = nil
	}
}

// newStages returns what shows the stage that a long work is in, and what ends the display. Both do nothing when nobody looks, or with --quiet.
func newStages(a *app) (stage func(string), done func()) {
	b := newBars(a)
	if b == nil {
		return func(string) {}, func() {}
	}
	var now atomic.Value
	now.Store("")
	bar := b.progress.AddSpinner(0, mpb.BarRemoveOnComplete(), mpb.AppendDecorators(decor.Any(func(decor.Statistics) string {
		return now.Load().(string)
	})))
	return func(name string) { now.Store(name) }, func() {
		bar.Abort(true)
		b.wait()
	}
}

// wait ends the display, so that what is printed next does not run into it.
func (b *bars) wait() {
	if b != nil {
		b.progress.Wait()
	}
}
