package tabular

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"samehand/ingest"
)

// xlsxReader reads one sheet of a workbook, row by row. Dates come as RFC 3339 without a zone, numbers as they are stored,
// with the leading zeros that their format shows.
type xlsxReader struct {
	f         *excelize.File
	at        *faultReader
	temp      string         // directory of the library's temporary files
	shown     *excelize.Rows // cells as they are shown
	stored    *excelize.Rows // cells as they are stored
	sheet     string
	date1904  bool
	limit     int
	limits    ingest.Limits
	size      int64 // of the file
	given     int64 // bytes of the cells given, as they would be in CSV
	columns   []string
	line      int64
	row       Row
	blank     int64
	truncated int64 // numbers with more digits than a spreadsheet keeps
	final     error
}

// Bounds on a workbook: what is held in memory, and what goes to a temporary file.
const (
	xlsxBytes    = 512 << 20 // the packed file
	xlsxPartHeld = 16 << 20  // a sheet larger than that is unpacked to a temporary file
	xlsxRest     = 128 << 20 // all parts that are not sheets or their texts, unpacked
)

// A spreadsheet has no more rows and columns than these; programs refuse to write more.
const (
	xlsxRows    = 1 << 20
	xlsxColumns = 1 << 14
)

// xlsxRatio is how many times its packed size a workbook may unpack to. Of sheets that openpyxl 3 wrote with 150,000 rows of
// eight cells, that with the same row again and again came to 16 times, that with rows that differ to 9 times: each cell
// carries its own address. The limit leaves ten times as much.
const xlsxRatio = 200

// newXLSX opens a workbook. Bombs are refused before anything is unpacked to memory.
func newXLSX(in ingest.Input, o Options) (x *xlsxReader, err error) {
	if in.At == nil {
		return nil, errNoAt
	}
	at := &faultReader{r: in.At}
	defer at.fault(&err)
	l := in.Limits.WithDefaults()
	if err := checkWorkbook(at, in.Size, l); err != nil {
		return nil, err
	}
	x = &xlsxReader{at: at, size: in.Size, limits: l, limit: int(min(l.RecordBytes, 1<<30))}
	if err := x.unpack(in.Size, l); err != nil {
		x.Close()
		return nil, fmt.Errorf("not a sound XLSX file: %w", err)
	}
	if err := x.open(o); err != nil {
		x.Close()
		return nil, err
	}
	return x, nil
}

// unpack hands the workbook to the library, with a directory for its temporary files: those of a workbook that
// it gives up on it leaves behind.
func (x *xlsxReader) unpack(size int64, l ingest.Limits) (err error) {
	if x.temp, err = os.MkdirTemp("", "samehand-*.tmp"); err != nil {
		return err
	}
	x.f, err = excelize.OpenReader(io.NewSectionReader(x.at, 0, size),
		excelize.Options{UnzipSizeLimit: l.FileBytes, UnzipXMLSizeLimit: min(xlsxPartHeld, l.FileBytes), TmpDir: x.temp})
	return err
}

// checkWorkbook reads all parts once: the library takes damage in them for their end. A part that
// is larger than it says ends the zip reader's reading there.
func checkWorkbook(at io.ReaderAt, size int64, l ingest.Limits) error {
	if size > xlsxBytes {
		return &ingest.LimitError{What: "the XLSX file", Limit: xlsxBytes, Advice: asCSV}
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return fmt.Errorf("not a sound XLSX file: %w", err)
	}
	var all, rest int64
	for _, part := range z.File {
		n := int64(min(part.UncompressedSize64, math.MaxInt64/2))
		all += min(n, math.MaxInt64-all)
		if !hasCells(part.Name) {
			rest += n
		}
		if err := checkUnpacked("the XLSX file, unpacked,", all, size, l.FileBytes, min(l.Ratio, xlsxRatio)); err != nil {
			return err
		}
		if rest > xlsxRest || rest < 0 {
			return &ingest.LimitError{What: "what the XLSX file holds beside its sheets", Limit: xlsxRest, Advice: asCSV}
		}
	}
	for _, part := range z.File {
		if err := checkPart(part); err != nil {
			return err
		}
	}
	return nil
}

// hasCells tells the parts that hold cells or their texts, which the library reads bit by bit.
func hasCells(name string) bool {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	return strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml"
}

// checkPart reads a part to its end. A part that holds cells must be sound; a sheet may have any name.
func checkPart(part *zip.File) error {
	if part.FileInfo().IsDir() {
		return nil
	}
	r, err := part.Open()
	if err != nil {
		return fmt.Errorf("not a sound XLSX file: %w", err)
	}
	defer r.Close()
	if cells := hasCells(part.Name); cells || strings.HasSuffix(strings.ToLower(part.Name), ".xml") {
		err := checkXML(r)
		var limit *ingest.LimitError
		if errors.As(err, &limit) {
			return err
		}
		if err != nil && cells {
			return fmt.Errorf("not a sound XLSX file: a sheet or its texts are damaged: %w", err)
		}
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return fmt.Errorf("not a sound XLSX file: %w", err)
	}
	return nil
}

// checkXML reads a part to its end and counts its rows and their cells.
func checkXML(r io.Reader) error {
	d := xml.NewDecoder(r)
	for depth, rows, cells := 0, 0, 0; ; {
		t, err := d.RawToken()
		var syntax *xml.SyntaxError
		switch {
		case err == io.EOF && depth != 0:
			return errors.New("it ends early")
		case err == io.EOF:
			return nil
		case errors.As(err, &syntax):
			return errors.New("it is not sound XML") // the decoder's error may quote the text
		case err != nil:
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			switch t.Name.Local {
			case "row":
				rows, cells = rows+1, 0
			case "c":
				cells++
			}
			if rows > xlsxRows {
				return &ingest.LimitError{What: "the number of rows in a sheet", Limit: xlsxRows, Advice: asCSV}
			}
			if cells > xlsxColumns && rows > 0 {
				return &ingest.LimitError{What: "the number of columns in a sheet", Limit: xlsxColumns, Advice: asCSV}
			}
		case xml.EndElement:
			depth--
		}
	}
}

// open finds the sheet and reads the header.
func (x *xlsxReader) open(o Options) error {
	sheets := x.f.GetSheetList()
	if len(sheets) == 0 {
		return errors.New("the workbook has no sheet")
	}
	x.sheet = sheets[0]
	if o.Sheet != "" {
		if !slices.Contains(sheets, o.Sheet) {
			return fmt.Errorf("the workbook has no sheet %q; it has %s", o.Sheet, quoteAll(sheets))
		}
		x.sheet = o.Sheet
	}
	if p, err := x.f.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		x.date1904 = *p.Date1904
	}
	var err error
	if x.shown, err = x.f.Rows(x.sheet); err != nil {
		return fmt.Errorf("read the sheet: %w", err)
	}
	if x.stored, err = x.f.Rows(x.sheet); err != nil {
		return fmt.Errorf("read the sheet: %w", err)
	}
	for {
		r, err := x.Next()
		if err == io.EOF {
			return errors.New("the sheet has no row of column names")
		}
		if err != nil {
			return fmt.Errorf("read the header: %w", err)
		}
		if r.Line >= o.Header {
			x.columns = names(trimTail(r.Cells))
			x.blank = 0
			return nil
		}
	}
}

func quoteAll(ss []string) string {
	q := make([]string, 0, len(ss))
	for _, s := range ss[:min(len(ss), 20)] {
		q = append(q, strconv.Quote(s))
	}
	return strings.Join(q, ", ")
}

func trimTail(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// Columns implements [Reader].
func (x *xlsxReader) Columns() []string { return x.columns }

// Notes implements [Reader].
func (x *xlsxReader) Notes() []string {
	var notes []string
	if sheets := x.f.GetSheetList(); len(sheets) > 1 {
		notes = append(notes, fmt.Sprintf("of %d sheets, only %q was read", len(sheets), x.sheet))
	}
	if x.blank > 0 {
		notes = append(notes, plural(x.blank, "row", "rows")+" with nothing but empty cells skipped")
	}
	if x.truncated > 0 {
		notes = append(notes, plural(x.truncated, "number has", "numbers have")+" more than the 15 digits that a spreadsheet keeps: the rest of them is lost")
	}
	return notes
}

// Close implements [Reader].
func (x *xlsxReader) Close() error {
	var errs []error
	for _, r := range []*excelize.Rows{x.shown, x.stored} {
		if r != nil {
			errs = append(errs, r.Close())
		}
	}
	x.shown, x.stored = nil, nil
	if x.f != nil {
		errs = append(errs, x.f.Close())
	}
	if x.temp != "" {
		errs = append(errs, os.RemoveAll(x.temp))
		x.temp = ""
	}
	return errors.Join(errs...)
}

// cancelled tells whether the file can still be read. The library has it all in memory or
// in temporary files, where a context that was cancelled goes unnoticed.
func (x *xlsxReader) cancelled() error {
	var b [1]byte
	_, _ = x.at.ReadAt(b[:], 0)
	return x.at.err
}

// Next implements [Reader].
func (x *xlsxReader) Next() (*Row, error) {
	for x.final == nil {
		if !x.shown.Next() || !x.stored.Next() {
			x.final = io.EOF
			if err := errors.Join(x.shown.Error(), x.stored.Error()); err != nil {
				x.final = fmt.Errorf("row %d: %w", x.line+1, err)
			}
			x.Close()
			break
		}
		x.line++
		if x.line%4096 == 0 {
			if x.final = x.cancelled(); x.final != nil {
				x.Close()
				break
			}
		}
		shown, err := x.shown.Columns()
		stored, err2 := x.stored.Columns(excelize.Options{RawCellValue: true})
		if err != nil || err2 != nil {
			return nil, &ingest.RecordError{Line: x.line, Reason: "the cells cannot be read"}
		}
		if blankRow(shown) && blankRow(stored) {
			x.blank++
			continue
		}
		return x.read(shown, stored)
	}
	return nil, x.final
}

// read makes a row of the cells.
func (x *xlsxReader) read(shown, stored []string) (*Row, error) {
	cells, size := x.row.Cells[:0], 0
	for i := range max(len(shown), len(stored)) {
		s := x.cell(at(shown, i), at(stored, i))
		size += len(s)
		if strings.IndexByte(s, 0) >= 0 {
			return nil, &ingest.RecordError{Line: x.line, Field: at(x.columns, i), Reason: "a NUL byte"}
		}
		if !utf8.ValidString(s) {
			s = strings.ToValidUTF8(s, "\uFFFD")
		}
		cells = append(cells, s)
	}
	x.row.Cells = cells
	// a text may be that of a million cells, and a cell far to the right comes with all those before it
	x.given += int64(size + len(cells))
	if x.final = checkUnpacked("the XLSX file, unpacked,", x.given, x.size, x.limits.FileBytes, x.limits.Ratio); x.final != nil {
		x.Close()
		return nil, x.final
	}
	if size > x.limit {
		return nil, &ingest.RecordError{Line: x.line, Reason: fmt.Sprintf("longer than %d bytes", x.limit)}
	}
	if x.columns != nil {
		if cells = trimTail(cells); len(cells) > len(x.columns) {
			return nil, &ingest.RecordError{Line: x.line, Raw: join(cells),
				Reason: fmt.Sprintf("%d cells, but the header has %d", len(cells), len(x.columns))}
		}
		for len(cells) < len(x.columns) {
			cells = append(cells, "")
		}
	}
	x.row = Row{Line: x.line, Lines: 1, Raw: join(cells), Cells: cells}
	return &x.row, nil
}

func at(ss []string, i int) string {
	if i < len(ss) {
		return ss[i]
	}
	return ""
}

// cell chooses between a cell as it is shown and as it is stored.
func (x *xlsxReader) cell(shown, stored string) string {
	if shown == stored { // text, or a number without a format
		return x.counted(stored)
	}
	n, err := strconv.ParseFloat(stored, 64)
	switch {
	case err != nil, shown == "TRUE", shown == "FALSE":
		return shown
	case isDate(n, shown):
		if t, err := excelize.ExcelDateToTime(n, x.date1904); err == nil {
			return t.Round(time.Millisecond).Format("2006-01-02T15:04:05.999")
		}
	case len(shown) > len(stored) && strings.TrimLeft(shown, "0") == stored:
		return shown
	case n == float64(int64(n)) && n > -1e15 && n < 1e15:
		return strconv.FormatInt(int64(n), 10)
	}
	return x.counted(stored)
}

// counted counts the numbers that have lost digits.
func (x *xlsxReader) counted(s string) string {
	if len(s) > 15 && strings.Trim(s, "0123456789.E+") == "" && strings.ContainsAny(s, "E+") {
		x.truncated++
	}
	return s
}

// isDate tells a number that is shown as a date of the years 1950 to 2200.
func isDate(n float64, shown string) bool {
	return n >= 18264 && n < 109939 && strings.ContainsAny(shown, "/-:")
}

var _ Reader = (*xlsxReader)(nil)
