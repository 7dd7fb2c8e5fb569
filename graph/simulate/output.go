package simulate

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// output is the files of a scenario. What a block says is gathered in memory, and written when the block is done.
type output struct {
	create  func(name string) (io.WriteCloser, error)
	batches int
	sheets  []*outFile // by batch, then sheet
	edges   *outFile
	days    []string // "2025-01-06", from firstDay on
	rows    int64
	vendors *vendors // nil: no exports
	only    bool     // what an export carries is not an observation, too
}

// outFile is one file, with what the current block has for it.
type outFile struct {
	name    string
	to      io.WriteCloser
	buf     *bufio.Writer
	pending []byte
	natures []nature
	line    int64 // of the last row; the header is line 1
}

// firstDay is the earliest day that a row can have, counted from the beginning of the world.
const firstDay = -2200

// header is the first line of the files.
const header = "platform,account,kind,value,relation,first_seen,last_seen,count\n"

// EdgesName is the name of the file that says what each row really is.
const EdgesName = "edges.csv"

// sceneStart is the first day of every scenario, a Monday.
var sceneStart = time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC)

// newOutput opens the files of all batches, and edges.csv.
func newOutput(batches int, exports string, create func(name string) (io.WriteCloser, error)) (*output, error) {
	o := &output{create: create, batches: max(batches, 1), only: exports == ExportsVendor}
	top, vendor := "", exports == ExportsVendor || exports == ExportsBoth
	if vendor {
		top = "observations/"
	}
	for d := firstDay; d <= daysSeen+60; d++ {
		o.days = append(o.days, sceneStart.AddDate(0, 0, d).Format(time.DateOnly))
	}
	for k := range o.batches {
		folder := top
		if batches > 1 {
			folder = fmt.Sprintf("batch-%03d/", k+1)
		}
		for _, name := range sheetNames {
			f, err := o.open(folder+name, header)
			if err != nil {
				return o, err
			}
			o.sheets = append(o.sheets, f)
		}
	}
	var err error
	if o.edges, err = o.open(EdgesName, "file,row,nature\n"); err == nil && vendor {
		o.vendors, err = newVendors(o)
	}
	return o, err
}

func (o *output) open(name, head string) (*outFile, error) {
	to, err := o.create(name)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	f := &outFile{name: name, to: to, buf: bufio.NewWriterSize(to, 32<<10), line: 1}
	_, err = f.buf.WriteString(head)
	return f, err
}

// timeOf returns a second of the world as a time.
func timeOf(at int64) time.Time { return sceneStart.Add(time.Duration(at) * time.Second) }

// batch returns the batch of a second of the world.
func (o *output) batch(at int64) int {
	k := int(at * int64(o.batches) / (daysSeen * secondsOf))
	if at < 0 {
		k = 0
	}
	return min(k, o.batches-1)
}

// border returns the first second of a batch.
func (o *output) border(batch int) int64 {
	n := int64(o.batches)
	return (int64(batch)*daysSeen*secondsOf + n - 1) / n
}

// row writes one claim of an account. A window of sign-ins that crosses the border of batches is cut there, and its count with it.
func (o *output) row(id [2]string, c *claim) {
	if c.sheet != sheetSignins {
		o.append(id, c, c.from, c.to, c.count, o.batch(max(c.from, c.to)))
		return
	}
	first, last := o.batch(c.from), o.batch(c.to)
	from, left := c.from, c.count
	for k := first; k <= last; k++ {
		to, n := c.to, left
		if k < last {
			to = o.border(k+1) - 1
			n = int(float64(c.count) * float64(to-from+1) / float64(c.to-c.from+1))
			n = min(max(n, 1), left-1)
		}
		if n <= 0 { // too few sign-ins for all the batches between: the window begins later
			from = max(from, o.border(last))
			continue
		}
		left -= n
		o.append(id, c, from, to, n, k)
		from = to + 1
	}
}

// append adds a row to what the block has for its file.
func (o *output) append(id [2]string, c *claim, from, to int64, n, batch int) {
	f := o.sheets[batch*int(sheets)+int(c.sheet)]
	p := f.pending
	p = appendCell(append(appendCell(p, id[0]), ','), id[1])
	p = append(append(append(p, ','), c.kind.String()...), ',')
	p = append(append(append(appendCell(p, c.val.text), ','), c.relation...), ',')
	p = append(o.appendTime(p, from), ',')
	if to > from {
		p = o.appendTime(p, to)
	}
	p = append(p, ',')
	p = strconv.AppendInt(p, int64(n), 10)
	f.pending = append(p, '\n')
	f.natures = append(f.natures, c.val.nature)
}

// appendTime writes a second of the world in RFC 3339.
func (o *output) appendTime(p []byte, at int64) []byte {
	if at == noTime {
		return p
	}
	day := at / secondsOf
	if at%secondsOf < 0 {
		day--
	}
	s := int(at - day*secondsOf)
	p = append(p, o.days[min(max(day-firstDay, 0), int64(len(o.days)-1))]...)
	two := func(sep byte, n int) { p = append(p, sep, byte('0'+n/10), byte('0'+n%10)) }
	two('T', s/3600)
	two(':', s/60%60)
	two(':', s%60)
	return append(p, 'Z')
}

// appendCell writes a cell of a CSV row, quoted where it must be.
func appendCell(p []byte, s string) []byte {
	quote := false
	for i := range len(s) {
		quote = quote || s[i] == ',' || s[i] == '"'
	}
	if !quote {
		return append(p, s...)
	}
	p = append(p, '"')
	for i := range len(s) {
		if s[i] == '"' {
			p = append(p, '"')
		}
		p = append(p, s[i])
	}
	return append(p, '"')
}

// flush writes what the block had.
func (o *output) flush() error {
	for _, f := range o.sheets {
		if _, err := f.buf.Write(f.pending); err != nil {
			return fmt.Errorf("write %s: %w", f.name, err)
		}
		e := o.edges.pending[:0]
		for _, n := range f.natures {
			f.line++
			e = append(append(append(strconv.AppendInt(append(append(e, f.name...), ','), f.line, 10), ','), natureNames[n]...), '\n')
		}
		if _, err := o.edges.buf.Write(e); err != nil {
			return fmt.Errorf("write %s: %w", o.edges.name, err)
		}
		o.rows += int64(len(f.natures))
		o.edges.pending = e
		f.pending, f.natures = f.pending[:0], f.natures[:0]
	}
	if o.vendors != nil {
		return o.vendors.flush()
	}
	return nil
}

// close closes all files; what closing says counts.
func (o *output) close() (err error) {
	for _, f := range append(o.sheets, o.edges) {
		if f != nil {
			err = errors.Join(err, f.buf.Flush(), f.to.Close())
		}
	}
	if o.vendors != nil {
		err = errors.Join(err, o.vendors.close(o.create))
	}
	return err
}

// SceneFiles lists the names of the files that a scenario writes, without their folders.
func SceneFiles() []string {
	return append(append([]string(nil), sheetNames[:]...), EdgesName, TruthName)
}
